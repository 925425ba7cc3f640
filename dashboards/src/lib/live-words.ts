import type { LiveView } from '../../../review-api/contract/draft-live.ts';

export type LiveResult = LiveView['result'];
export type LiveReason = NonNullable<LiveView['explanation']>['reason'];

export const liveResultLabels: Record<LiveResult, string> = {
  match: '与定稿一致',
  changed: '发布后有改动',
  'published-without-approval': '未经审校发布',
  'approved-not-published': '已定稿未发布',
  'corrected-with-approval': '经审校更正',
  'not-required': '不需要审校',
};

/** Those that ask somebody for an answer, the gravest first. */
export const openResults = [
  'published-without-approval',
  'changed',
  'approved-not-published',
] as const satisfies readonly LiveResult[];

export const liveNoteLabels: Record<LiveView['notes'][number], string> = {
  'old-version': '线上还是更正以前的版本',
  recalled: '已经撤稿，页面还在',
  gone: '页面已经不在',
  'before-approval': '在定稿之前就发布了',
  excerpt: '只发布了开头一部分',
  'images-not-compared': '图片没有比对',
  'links-not-compared': '链接没有比对',
  'attachments-not-compared': '附件没有比对',
  'another-item': '这个渠道上还有一条与同一篇稿件相同',
  'similar-draft': '有一篇稿件内容相近，但不认为是同一篇',
};

export const liveReasonLabels: Record<LiveReason, string> = {
  'system-page': '系统自动生成的页面',
  'approved-on-paper': '已经线下审批',
  'no-approval-needed': '不需要送审',
  'put-right': '已经改正',
  'put-off': '推迟或取消发布',
  other: '其他',
};

/** What is different beside the words, in sentences. */
export function describeOthers(comparison: NonNullable<LiveView['comparison']>): string[] {
  const { links, attachments, images } = comparison;
  const list = (name: string, { missing, added }: typeof links) => [
    ...(missing.length === 0 ? [] : [`${name}缺少：${missing.join('、')}`]),
    ...(added.length === 0 ? [] : [`${name}多出：${added.join('、')}`]),
  ];
  const pictures =
    images.result === 'changed'
      ? [`图片：定稿 ${images.approved} 张，线上 ${images.published ?? '？'} 张`]
      : [];
  return [...list('链接', links), ...list('附件', attachments), ...pictures];
}
