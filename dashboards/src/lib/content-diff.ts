import { type DraftContent, flattenDocument } from '../../../review-api/contract/draft-text.ts';
import type { VersionDiff } from './draft-api.ts';
import { isSameContent } from './same-content.ts';
import { diffTexts } from './text-diff.ts';

const parts: [keyof DraftContent, string][] = [
  ['genre', '体裁'],
  ['images', '图片登记'],
  ['attachments', '附件'],
  ['channels', '渠道'],
  ['plannedAt', '拟发布时间'],
  ['source', '来源'],
  ['declarations', '申报'],
];

/** Two texts that no version has been made of yet, clause by clause. */
export function diffContents(before: DraftContent, after: DraftContent): VersionDiff {
  const [was, is] = [flattenDocument(before.document), flattenDocument(after.document)];
  const others = parts
    .filter(([key]) => !isSameContent({ ...after, [key]: before[key] }, after))
    .map(([, name]) => `${name}有变化`);
  const isLook = was.text === is.text && !isSameContent({ ...after, document: before.document }, after);
  return {
    title: diffTexts(before.title, after.title),
    body: diffTexts(was.text, is.text),
    others: isLook ? [...others, '正文的版式或图片有变化'] : others,
  };
}
