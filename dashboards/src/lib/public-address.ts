import type { Locale } from '../i18n/t.ts';

/** Below the folder that the pages come from; the service makes them itself, without script. */
export const noticePath = '/public/notice';

export function objectionPath(locale: Locale): string {
  return locale === 'en' ? '/public/request?lang=en' : '/public/request';
}
