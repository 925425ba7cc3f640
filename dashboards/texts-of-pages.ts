import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const source = fileURLToPath(new URL('src/', import.meta.url));
const prefix = 'virtual:texts/';

/**
 * A module that names a text brings its part of the Chinese catalogue along, so that a page loads the texts it shows and not
 * those of all others. A part is a file of `locales/zh-CN`, named as its keys begin.
 */
export function textsOfPages(): Plugin {
  const parts = readdirSync(`${source}locales/zh-CN`)
    .map((file) => file.replace(/\.ts$/, ''))
    .filter((part) => part !== 'index');
  const named = new RegExp(`['"\`](${parts.join('|')})\\.[a-zA-Z]`, 'g');
  return {
    name: 'texts-of-pages',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : null),
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) return null;
      const part = id.slice(prefix.length + 1);
      return [
        `import * as texts from '${source}locales/zh-CN/${part}.ts';`,
        `import { addTexts } from '${source}i18n/t.ts';`,
        'for (const some of Object.values(texts)) addTexts(some);',
      ].join('\n');
    },
    transform(code, id) {
      if (!id.startsWith(source) || id.startsWith(`${source}locales/`)) return null;
      const own = new Set([...code.matchAll(named)].map(([, part]) => part));
      if (own.size === 0) return null;
      // At the end: lines stay where they are, and an import comes before all else wherever it stands.
      const imports = [...own].map((part) => `import '${prefix}${part}';`).join('\n');
      return { code: `${code}\n${imports}\n`, map: null };
    },
  };
}
