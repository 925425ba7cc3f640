import type { CheckResult } from '../../pipeline/domain/check.ts';
import type { Draft, StepPass } from '../../pipeline/domain/draft.ts';
import { DraftContent } from '../../pipeline/domain/draft-content.ts';
import { emptyDocument } from '../../pipeline/domain/draft-document.ts';
import { buildDraft } from '../../pipeline/domain/draft-save.ts';
import type { StepName } from '../../pipeline/domain/review-chain.ts';
import type { ReviewFormFacts } from '../../pipeline/domain/review-form.ts';

const at = '2026-11-20T02:00:00.000Z';
const names: Record<string, string> = {
  editor: '陈晓雨',
  first: '刘建军',
  second: '王丽华',
  final: '赵志远',
  recorder: '孙敏',
};

const pass = (step: StepName, actorId: string, more: Partial<StepPass> = {}): StepPass => ({
  ...{ step, round: 1, contentVersion: 1, actorId, onBehalfOf: null, role: 'unit-head', unitId: 'students' },
  ...{ at, opinion: '', errorsFound: 0, readAloud: true, offline: null, late: false },
  ...more,
});

const formContent = DraftContent.parse({
  title: '关于2026年国家奖学金拟推荐名单的公示',
  document: emptyDocument,
  genre: 'publicity',
  channels: ['main-site', 'wechat'],
  plannedAt: '2026-11-20T06:00:00.000Z',
  images: [
    {
      ...{ hash: 'a'.repeat(64), name: '会场.jpg', mime: 'image/jpeg', bytes: 120_000 },
      ...{ source: '党委宣传部 孙敏', licence: 'own' },
    },
  ],
  attachments: [{ hash: 'b'.repeat(64), name: '拟推荐名单.xlsx', bytes: 18_432 }],
  declarations: {
    personalData: { contains: true, basis: '《普通高等学校国家奖学金评审办法》公示要求', masked: true },
    publicity: { from: '2026-11-20', until: '2026-11-26' },
    secrecy: { reviewed: true, opinion: '不涉密' },
  },
});

const report: CheckResult = {
  findings: [
    {
      ...{ category: 'personal-data', level: 'block', stage: 'personal-data', rule: 'mobile', version: '1' },
      place: { part: 'attachment', ref: 'b'.repeat(64), start: 0, end: 11 },
      ...{
        text: '138****5678',
        suggestion: null,
        message: '附件里有手机号码。',
        key: 'personal-data:mobile',
      },
    },
    {
      ...{ category: 'typo', level: 'warn', stage: 'spelling', rule: 'pair', version: '1' },
      place: { part: 'body', ref: null, start: 3, end: 5 },
      ...{ text: '布署', suggestion: '部署', message: '“布署”应为“部署”。', key: 'typo:布署' },
    },
  ],
  unchecked: [{ stage: 'images', part: '会场.jpg', reason: '图中文字未检查' }],
  stages: [
    { name: 'personal-data', version: '1' },
    { name: 'spelling', version: '1' },
  ],
};

/** A 公示 that was approved, with a stand-in, a signature on paper and a finding that was let through. */
export function buildFormFacts(more: Partial<ReviewFormFacts> = {}): ReviewFormFacts {
  const writer = {
    ...{ id: 'editor', student: false },
    appointments: [{ role: 'editor' as const, unitId: 'students', onBehalfOf: null }],
  };
  const command = { commandId: 'draft', unitId: 'students', content: formContent };
  const made = buildDraft(command, writer, at);
  const offline = {
    ...{ scan: 'c'.repeat(64), recordedBy: 'recorder', signedOn: '2026-11-20' },
    ...{ confirmBy: '2026-11-22T02:00:00.000Z', confirmedAt: null },
  };
  const draft: Draft = {
    ...made.draft,
    ...{ number: '审2026-0042', state: 'published', round: 1, approvedAt: at, publishedAt: at },
    chain: {
      ...{ id: 'usual', name: '三审三校（合并）', mode: 'merged' },
      steps: (['first', 'second', 'final'] as const).map((step) => ({ step, role: null, personIds: [step] })),
    },
    passes: [
      pass('first', 'first', { errorsFound: 2, opinion: '两处错字已改' }),
      pass('second', 'second', { onBehalfOf: 'recorder', opinion: '依据充分，同意公示' }),
      pass('final', 'final', { offline, opinion: '同意发布' }),
    ],
    allowed: [{ key: 'personal-data:mobile', reason: '为公示联系电话，学院办公手机', by: 'final', at }],
    publications: [
      { channelId: 'main-site', url: 'https://www.example.edu.cn/info/1006/10134.htm', at, by: 'editor' },
    ],
    seal: {
      ...{ kid: '20261101T000000Z', algorithm: 'Ed25519', normalForm: 'v1', version: 1, at },
      parts: { title: '', text: '', images: '', links: '', attachments: '', report: '' },
      ...{ digest: '9'.repeat(64), reportDigest: '8'.repeat(64), signature: 'x' },
    },
  };
  return {
    ...{ draft, content: formContent, report, events: [made.event], at: '2026-11-23T02:00:00.000Z' },
    links: [{ href: 'https://www.moe.gov.cn/', tested: '2026-11-20 09:58 正常' }],
    nameOf: (id) => names[id] ?? id,
    unitName: '学生工作部',
    channelName: (id) => (id === 'wechat' ? '学校微信公众号' : '学校主页'),
    ...more,
  };
}
