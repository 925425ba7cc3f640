import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { messages as en } from './en/index.ts';
import { messages as zhCN } from './zh-CN/index.ts';

const root = join(import.meta.dirname, '..');
const keys = Object.keys(zhCN) as (keyof typeof zhCN)[];
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(vue|ts)$/.test(path) && !path.endsWith('.test.ts') && !path.startsWith('locales'))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

/** What reads Chinese as people type it, or writes what leaves the screen in Chinese whatever its language. */
const readsChinese = new Set([
  'lib/answer-draft.ts',
  'lib/authority-draft.ts',
  'lib/instruction-phrases.ts',
  'lib/proof-ticks.ts',
  'lib/shortcut.ts',
  'lib/text-diff.ts',
]);

const placesOf = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort();
const withoutComments = (text: string) =>
  text.replace(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->/g, '').replace(/(^|\s)\/\/.*$/gm, '');

describe('the catalogue', () => {
  it('has the same texts with the same places in both languages', () => {
    expect(Object.keys(en).sort()).toEqual([...keys].sort());
    // A number that English says by its plural alone may be left out; nothing else.
    const differing = keys.filter((key) => {
      const missing = placesOf(en[key]).filter((name) => !placesOf(zhCN[key]).includes(name));
      const lost = placesOf(zhCN[key]).filter((name) => name !== 'n' && !placesOf(en[key]).includes(name));
      return missing.length + lost.length > 0;
    });
    expect(differing).toEqual([]);
  });

  it('holds no text that no page shows', () => {
    const all = sources.map(({ text }) => text).join('\n');
    expect(keys.filter((key) => !all.includes(`'${key}'`))).toEqual([]);
  });

  it('holds every text: none stands in a page', () => {
    const han = /[\u3001-\u303f\u4e00-\u9fff\uff00-\uffef]/;
    const found = sources
      .filter(({ path }) => !readsChinese.has(path))
      .flatMap(({ path, text }) =>
        withoutComments(text)
          .split('\n')
          .filter((line) => han.test(line))
          .map((line) => `${path}: ${line.trim()}`),
      );
    expect(found).toEqual([]);
  });
});
