import { describe, expect, it } from 'vitest';
import { LexiconRule } from '../domain/rule.ts';
import { createJudge } from './judge.ts';

function rule(fields: Partial<LexiconRule>): LexiconRule {
  return LexiconRule.parse({
    id: 'test.rule',
    version: 3,
    state: 'live',
    target: { category: 'spam' },
    severity: 1,
    confidence: 0.9,
    words: ['口交'],
    allow: [],
    pattern: null,
    variants: [],
    conditions: null,
    owner: '测试',
    purpose: '测试',
    example: 'x',
    counterExample: 'y',
    expiresOn: '2027-10-31',
    ...fields,
  });
}

function hits(rules: LexiconRule[], text: string, today?: string): string[] {
  const judge = createJudge({ rules, settingsVersion: 1, ...(today === undefined ? {} : { today }) });
  return judge
    .decide({ stored: text, kind: 'comment', metrics: {}, textVersion: 1 })
    .findings.map(({ start, end }) => text.slice(start, end));
}

describe('word boundaries', () => {
  const strict = [rule({ wordBoundary: true })];
  it.each([
    '路口交通堵塞',
    '路口 交通堵塞',
    '路口*交通堵塞',
    '出口交易额',
    '出口 交易额',
    '窗口交费',
    '人口交流',
  ])('spares %s', (text) => {
    expect(hits(strict, text)).toEqual([]);
  });

  it.each(['看口交视频', '口*交', '看 口 交 视频'])('finds the word itself in %s', (text) => {
    expect(hits(strict, text)).toHaveLength(1);
  });
});

describe('allow-phrases', () => {
  const rules = [rule({ allow: ['路口交通', '出口交易'] })];
  it('spare a word inside them, and only there', () => {
    expect(hits(rules, '路口交通')).toEqual([]);
    expect(hits(rules, '路口交通和口交')).toEqual(['口交']);
    expect(hits(rules, '出口 交易')).toEqual([]);
  });

  it('lose to a longer word of the rule, and the longer word is one hit', () => {
    const longer = [rule({ words: ['刷单', '刷单兼职群'], allow: ['刷单兼职'] })];
    expect(hits(longer, '刷单兼职')).toEqual([]);
    expect(hits(longer, '刷单兼职群')).toEqual(['刷单兼职群']);
  });

  it('speak for their own rule alone', () => {
    expect(hits([...rules, rule({ id: 'test.other' })], '路口交通')).toEqual(['口交']);
  });
});

describe('variants', () => {
  const rules = [rule({ words: ['赌博网站'] })];
  it.each([
    '赌博网站',
    '賭博網站',
    '赌 博 网 站',
    '赌*博*网*站',
    '赌.博网站',
    '赌\u200b博网\u200d站',
    '赌·博_网-站',
    '上赌 博网站吧',
  ])('%j shows what stood in the text', (text) => {
    const found = hits(rules, `来${text}玩`);
    expect(found).toHaveLength(1);
    expect(text.startsWith('上') ? text : found[0]).toContain(text.startsWith('上') ? found[0] : text);
  });

  it('folds width and case', () => {
    expect(hits([rule({ words: ['加VX'] })], '请加ＶＸ详谈')).toEqual(['加ＶＸ']);
  });
});

describe('the life of a rule', () => {
  it('only live rules decide', () => {
    for (const state of ['draft', 'shadow', 'retired'] as const) {
      expect(hits([rule({ state })], '口交')).toEqual([]);
    }
  });

  it('past its date a rule stops, but for safety and personal data', () => {
    const old = { expiresOn: '2026-01-01', words: ['不想活了'] };
    expect(hits([rule(old)], '不想活了', '2026-11-22')).toEqual([]);
    expect(hits([rule(old)], '不想活了', '2026-01-01')).toHaveLength(1);
    expect(
      hits([rule({ ...old, target: { category: 'self-harm' } })], '不想活了', '2026-11-22'),
    ).toHaveLength(1);
    expect(hits([rule({ ...old, target: { category: 'leak' } })], '不想活了', '2026-11-22')).toHaveLength(1);
  });

  it('another rule set has another version', () => {
    const version = (rules: LexiconRule[]): string =>
      createJudge({ rules, settingsVersion: 1 }).versions.rules;
    expect(version([rule({})])).toBe(version([rule({})]));
    expect(version([rule({})])).not.toBe(version([rule({ version: 4 })]));
    expect(version([rule({})])).toBe(version([rule({}), rule({ id: 'test.draft', state: 'draft' })]));
  });
});

it('counts a phrase that is repeated without end as twenty hits, in linear time', () => {
  const rules = [rule({ words: ['好好', '好好好'], allow: ['好好学'] })];
  expect(hits(rules, '好'.repeat(300_000)).length).toBeLessThanOrEqual(20);
});

it('agrees with a plain search over many words that overlap', () => {
  const words = ['ab', 'abc', 'bc', 'b', 'cab', 'aab', 'bca', 'caba'];
  const rules = words.map((word, i) => rule({ id: `test.${i}x`, words: [word] }));
  const text = 'aabcabcacabaabbcab';
  const judge = createJudge({ rules, settingsVersion: 1 });
  const found = judge
    .decide({ stored: text, kind: 'comment', metrics: {}, textVersion: 1 })
    .findings.map(({ id, start }) => `${id}@${start}`)
    .sort();
  const expected = words
    .flatMap((word, i) =>
      [...text].flatMap((_c, at) => (text.startsWith(word, at) ? [`test.${i}x@${at}`] : [])),
    )
    .sort();
  expect(found).toEqual(expected);
});
