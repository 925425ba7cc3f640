import { describe, expect, it } from 'vitest';
import type { LexiconRule } from '../../pipeline/domain/rule.ts';
import { compileLexicon } from '../../pipeline/stages/lexicon-compile.ts';
import { findRuleHits } from '../../pipeline/stages/lexicon-match.ts';
import { TextContext } from '../../pipeline/stages/text-context.ts';
import { openSegmenter } from '../../pipeline/text/segment.ts';
import { buildRule } from '../builders/rule.ts';
import { readSeedRules } from '../builders/seed-rules.ts';
import { disguises, pick, seededRandom } from './disguises.ts';
import { lookAlikes } from './look-alikes.ts';

const words = [
  ...['赌博', '博彩', '刷单', '代考', '代写', '裸贷', '套现', '洗钱', '口交', '办证', '赌球', '替考'],
  ...['赌博网站', '兼职刷单', '加微信', '代写论文', '校园贷款', '刷单返利', '安全账户', '网络赌场'],
];
const own: LexiconRule[] = words.map((word, i) =>
  buildRule({
    id: `test.v${i}`,
    words: [word],
    allow: [],
    wordBoundary: true,
    variants: ['pinyin', 'homophone'],
  }),
);
/** Without their conditions: the words alone are disguised here. */
const seeded = readSeedRules()
  .filter(({ state, variants }) => state === 'live' && variants.length > 0)
  .map((rule) => ({ ...rule, conditions: null }));

const lexicon = compileLexicon([...own, ...seeded], null);
const segmenter = openSegmenter({ dictionaryWords: [] });

function hitsOf(stored: string): string[] {
  const context = new TextContext({ stored, kind: 'comment', metrics: {}, textVersion: 1 }, segmenter);
  return findRuleHits(lexicon, context).map(({ ruleIndex }) => lexicon.rules[ruleIndex]?.rule.id ?? '');
}

const before = [
  '',
  '求',
  '有人',
  '想找',
  '今天看到',
  '群里发的',
  '请问',
  '听说，',
  '“',
  '下课后',
  '他们在',
  'hi ',
  '🙂',
];
const after = [
  '',
  '的',
  '吗',
  '了',
  '，快来',
  '！',
  '。详谈',
  '的私信我',
  '吧',
  '\n第二行',
  ' 123456',
  '🔥🔥',
  '”',
];
const perRule = 6;

describe('words in disguise', () => {
  const missed: string[] = [];
  const tries: Record<string, { tried: number; found: number }> = {};
  const random = seededRandom(20261122);
  const targets = [...own, ...seeded].flatMap((rule) =>
    rule.words.filter((word) => /^\p{Script=Han}{2,8}$/u.test(word)).map((word) => ({ rule, word })),
  );
  for (const [kind, disguise] of Object.entries(disguises)) {
    const count = { tried: 0, found: 0 };
    tries[kind] = count;
    for (const { rule, word } of targets) {
      if (!rule.variants.includes('homophone') && kind === 'homophone') continue;
      if (!rule.variants.includes('pinyin') && /pinyin|letters/.test(kind)) continue;
      for (let i = 0; i < perRule; i += 1) {
        const written = disguise(word, random);
        if (written === null) continue;
        const text = `${pick(before, random)}${written}${pick(after, random)}`;
        count.tried += 1;
        if (hitsOf(text).includes(rule.id)) count.found += 1;
        else missed.push(`${kind}: ${text}`);
      }
    }
  }

  it('are found, all ways taken together', () => {
    const tried = Object.values(tries).reduce((sum, one) => sum + one.tried, 0);
    const found = Object.values(tries).reduce((sum, one) => sum + one.found, 0);
    expect(tried).toBeGreaterThan(1500);
    expect(found / tried, missed.slice(0, 40).join('\n')).toBeGreaterThanOrEqual(0.98);
  });

  it.each(Object.keys(disguises))('are found: %s', (kind) => {
    const { tried, found } = tries[kind] ?? { tried: 0, found: 0 };
    expect(tried).toBeGreaterThan(0);
    const shown = missed.filter((one) => one.startsWith(`${kind}:`));
    expect(found / tried, shown.slice(0, 20).join('\n')).toBeGreaterThanOrEqual(0.9);
  });
});

describe('ordinary sentences that look or sound alike', () => {
  it('are many, and each is there once', () => {
    expect(new Set(lookAlikes).size).toBe(lookAlikes.length);
    expect(lookAlikes.length).toBeGreaterThanOrEqual(150);
  });

  it.each(lookAlikes)('spares %s', (sentence) => {
    expect(hitsOf(sentence)).toEqual([]);
  });
});
