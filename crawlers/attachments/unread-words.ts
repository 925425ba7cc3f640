import type { Unread, UnreadReason } from '../../pipeline/extract/extraction.ts';
import { describeUnread } from '../../pipeline/extract/unread-words.ts';

/** For the ledger: what happened, never what the file says or what its parts are called (R8). */
const ledgerWords: Record<UnreadReason, string> = {
  encrypted: 'locked with a password',
  scanned: 'pictures of text (a scan)',
  garbled: 'text in a font that cannot be told',
  damaged: 'damaged or not complete',
  picture: 'pictures, films or sound',
  unsupported: 'of a kind that is not read (.ppt, .rar, .7z, mail)',
  'unknown-kind': 'of an unknown kind',
  'cut-off': 'longer than what is kept',
  empty: 'nothing to read was found in it',
  'too-large': 'unpacks to more than is allowed',
  'too-many': 'of too many parts',
  'too-deep': 'archives too deep in archives',
  'too-slow': 'takes too long to read',
  'too-hungry': 'takes too much memory to read',
  crashed: 'ended the process that read it',
};

/** Parts named in the text at most; the rest are counted. */
const maxNamed = 10;

export function describeUnreadForLedger(unread: readonly Unread[]): string {
  const reasons = [...new Set(unread.map(({ reason }) => reason))].map((reason) => ledgerWords[reason]);
  return reasons.join('; ');
}

/** Empty when everything was read. What was cut off is marked where it was. */
export function describeUnreadForReviewer(unread: readonly Unread[]): string {
  if (unread.length === 0) return '';
  const named = unread.slice(0, maxNamed).map(describeUnread);
  const more = unread.length > maxNamed ? `；等 ${unread.length} 处` : '';
  return `【未能检查：${named.join('；')}${more}】`;
}
