import { type DraftContent, flattenDocument } from '../../../review-api/contract/draft-text.ts';
import { t } from '../i18n/t.ts';
import type { VersionDiff } from './draft-api.ts';
import { isSameContent } from './same-content.ts';
import { diffTexts } from './text-diff.ts';

const parts: [keyof DraftContent, string][] = [
  ['genre', t('draft-words.genre')],
  ['images', t('draft-words.imageRecords')],
  ['attachments', t('app.attachment')],
  ['channels', t('app.channel')],
  ['plannedAt', t('draft-words.plannedAt')],
  ['source', t('app.source')],
  ['declarations', t('draft-words.declarations')],
];

/** Two texts that no version has been made of yet, clause by clause. */
export function diffContents(before: DraftContent, after: DraftContent): VersionDiff {
  const [was, is] = [flattenDocument(before.document), flattenDocument(after.document)];
  const others = parts
    .filter(([key]) => !isSameContent({ ...after, [key]: before[key] }, after))
    .map(([, name]) => t('draft-words.partChanged', { name }));
  const isLook = was.text === is.text && !isSameContent({ ...after, document: before.document }, after);
  return {
    title: diffTexts(before.title, after.title),
    body: diffTexts(was.text, is.text),
    others: isLook ? [...others, t('draft-words.lookChanged')] : others,
  };
}
