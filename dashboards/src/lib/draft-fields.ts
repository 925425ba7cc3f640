import { t } from '../i18n/t.ts';

/** What the document takes no text with: it would be refused as a whole. */
export const dropControls = (text: string): string => text.replace(/[^\P{Cc}\n\r\t]/gu, '');

const knownAddress = /^(?:https?:\/\/|mailto:|tel:|#)/i;
export const isAddress = (href: string): boolean => href.length <= 2000 && knownAddress.test(href);

/** As the document takes addresses. @returns what is wrong with one, in a sentence; null where nothing is */
export function findAddressFault(text: string): string | null {
  const href = text.trim();
  if (href === '') return t('draft-words.linkMissing');
  if (!isAddress(href)) {
    return t('draft-words.linkScheme');
  }
  if (/^https?:/i.test(href) && !URL.canParse(href)) return t('draft-words.linkIncomplete');
  return null;
}

/** Of a source: a page on the web. */
export function findPageFault(text: string): string | null {
  if (text.trim() === '') return null;
  return /^https?:\/\/[^\s/]+/i.test(text.trim()) && URL.canParse(text.trim())
    ? null
    : t('draft-words.webAddressNeeded');
}

/** A moment on a Shanghai clock as a field for date and time has it, and back. */
const offsetMs = 8 * 3_600_000;
export function toLocalField(instant: string | null): string {
  if (instant === null) return '';
  return new Date(Date.parse(instant) + offsetMs).toISOString().slice(0, 16);
}
export function fromLocalField(text: string): string | null {
  const ms = Date.parse(`${text}:00.000Z`);
  return Number.isNaN(ms) ? null : new Date(ms - offsetMs).toISOString();
}
