import { createI18n } from 'vue-i18n';
import type { messages as zhCN } from '../locales/zh-CN/index.ts';

export type Locale = 'zh-CN' | 'en';
export type MessageKey = keyof typeof zhCN;

const keptAs = 'guanlan.locale';

/** The language chosen on this device; Chinese where none was. */
function readLocale(): Locale {
  return globalThis.localStorage?.getItem(keptAs) === 'en' ? 'en' : 'zh-CN';
}

export const locale: Locale = readLocale();

const i18n = createI18n({
  legacy: false,
  locale,
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': {} } as Record<string, Record<string, string>>,
});

/**
 * A part of the Chinese catalogue, before the first module that names one of its texts.
 * @public called from what `texts-of-pages.ts` writes into the build
 */
export function addTexts(texts: Record<string, string>): void {
  i18n.global.mergeLocaleMessage('zh-CN', texts);
}

/**
 * A text of the catalogue in the language of the page.
 * @param params what stands in its places; `n`, where it is a number, chooses between singular and plural
 */
export function t(key: MessageKey, params: Record<string, unknown> = {}): string {
  return typeof params.n === 'number' ? i18n.global.t(key, params, params.n) : i18n.global.t(key, params);
}

/** English comes whole, before anything asks for a text: tables of names are filled as their modules load. */
export async function loadLocale(): Promise<void> {
  document.documentElement.lang = locale;
  if (locale === 'zh-CN') return;
  const { messages } = await import('../locales/en/index.ts');
  i18n.global.setLocaleMessage('en', messages);
}

/** The whole page is drawn anew in the other language; what is being written is kept as for every reload. */
export function chooseLocale(next: Locale): void {
  localStorage.setItem(keptAs, next);
  location.reload();
}
