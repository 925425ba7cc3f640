import { describe, expect, it } from 'vitest';
import { buildRule } from '../../test/builders/rule.ts';
import { growthOf, mostLinearGrowth } from '../../test/harness/growth.ts';
import { InvalidInput } from '../domain/errors.ts';
import type { LexiconRule } from '../domain/rule.ts';
import type { Verdict } from '../domain/verdict.ts';
import { explainFinding } from './explain-finding.ts';
import { createJudge } from './judge.ts';
import { compileLexicon, matchOneRule } from './lexicon.ts';

function rule(fields: Partial<LexiconRule>): LexiconRule {
  return buildRule({ id: 'test.rule', target: { category: 'spam' }, allow: [], words: ['刷单'], ...fields });
}

function verdictOf(rules: readonly LexiconRule[], stored: string): Verdict {
  return createJudge({ rules, settingsVersion: 1 }).decide({
    stored,
    kind: 'comment',
    metrics: {},
    textVersion: 1,
  });
}

function hits(fields: Partial<LexiconRule>, stored: string): string[] {
  return verdictOf([rule(fields)], stored)
    .findings.filter(({ stage }) => stage === 'lexicon')
    .map(({ start, end }) => stored.slice(start, end));
}

const conditions = { all: [], near: null, not: [], scope: 'sentence' as const };

describe('conditions', () => {
  it.each([
    ['刷单日结，加我微信', true],
    ['刷单日结，找我', false],
    ['刷单日结。加我微信', false],
    ['刷單日結，加 我 微 信', true],
  ])('AND of ORs, within the sentence: %s', (text, isHit) => {
    const all = [
      ['日结', '周结'],
      ['微信', 'qq'],
    ];
    expect(hits({ conditions: { ...conditions, all } }, text)).toEqual(isHit ? [text.slice(0, 2)] : []);
  });

  it.each([
    ['刷单，返佣', true],
    ['返佣的刷单', true],
    ['刷单这件事情我听说很多人在做，后来才说返佣', false],
  ])('NEAR counts characters from the hit: %s', (text, isHit) => {
    const near = { words: ['返佣', '返利'], within: 6 };
    expect(hits({ conditions: { ...conditions, near } }, text)).toHaveLength(isHit ? 1 : 0);
  });

  it('a word inside the hit is not near it', () => {
    const near = { words: ['刷'], within: 6 };
    expect(hits({ conditions: { ...conditions, near } }, '刷单吗')).toEqual([]);
    expect(hits({ conditions: { ...conditions, near } }, '刷单吗，刷')).toEqual(['刷单']);
  });

  it.each([
    ['clause', '刷单，是作业', true],
    ['sentence', '刷单，是作业', false],
    ['sentence', '刷单。是作业', true],
    ['text', '刷单。是作业', false],
  ] as const)('NOT within the %s: %s', (scope, text, isHit) => {
    expect(hits({ conditions: { ...conditions, not: ['作业'], scope } }, text)).toHaveLength(isHit ? 1 : 0);
  });

  it('are asked of every hit by itself', () => {
    const not = ['作业'];
    expect(hits({ conditions: { ...conditions, not } }, '刷单是作业。来刷单吧')).toEqual(['刷单']);
  });
});

describe('patterns', () => {
  it.each([
    ['日赚\\d{3,}', '动动手日赚８００', '日赚８００'],
    ['日赚\\d{3,}', '动动手日 赚８００', '日 赚８００'],
    ['加[微薇威][信X]', '快加薇X吧', '加薇X'],
    ['(?:刷|做)單', '来刷单', '刷单'],
    ['\\d{3}元', '只要100元', '100元'],
  ])('%s finds its like in %s', (pattern, text, stood) => {
    expect(hits({ words: [], pattern }, text)).toEqual([stood]);
  });

  it('keep to allow-phrases, conditions and words as words do', () => {
    expect(hits({ words: [], pattern: '刷.', allow: ['刷牙'] }, '刷牙和刷单')).toEqual(['刷单']);
    expect(hits({ words: [], pattern: '口交.', wordBoundary: true }, '路口交通')).toEqual([]);
    expect(hits({ words: [], pattern: '口.?交' }, '路口 交通')).toEqual([]);
  });

  it.each([
    '(a)\\1',
    '(?=a)b',
    '(?<!a)b',
    '[a-',
    '(a{0,30}){0,40}',
    'a*',
    '(?:)',
    '(?:[\\p{Han}a-z0-9]{1,300}){3}',
  ])('%s is refused, rule and field named', (pattern) => {
    const compile = () => compileLexicon([rule({ words: [], pattern })], null);
    expect(compile).toThrow(InvalidInput);
    expect(compile).toThrow(/test\.rule.*pattern/);
  });

  it('made to be slow on another engine take linear time on a megabyte', () => {
    const match = matchOneRule(rule({ words: [], pattern: '(?:a|aa)+(?:a+)+$' }));
    expect(growthOf('a', match)).toBeLessThan(mostLinearGrowth);
    expect(match(`${'a'.repeat(1_000_000)}b`)).toEqual([]);
  });

  it('find the same in a long text as in a short one', () => {
    const match = matchOneRule(rule({ words: [], pattern: '赌[^。]{0,50}博|^甲|乙$' }));
    for (const before of [0, 3990, 3999, 4000, 4001, 4390, 7999, 8001]) {
      const stored = `${'甲'.repeat(before)}赌${'丁'.repeat(40)}博${'乙'.repeat(9000)}`;
      const first = before === 0 ? [] : [{ start: 0, end: 1 }];
      expect(match(stored)).toEqual([
        ...first,
        { start: before, end: before + 42 },
        { start: stored.length - 1, end: stored.length },
      ]);
    }
  });
});

describe('numbers in words', () => {
  it.each(['日赚一百', '日赚壹佰', '日赚一〇〇', '日赚①⓪⓪', '日赚𝟏𝟎𝟎', '日赚¹⁰⁰', '日赚１００'])(
    'finds %s',
    (text) => {
      expect(hits({ words: ['日赚100'] }, text)).toEqual([text]);
    },
  );
});

describe('shadow rules', () => {
  const live = rule({ id: 'test.live', words: ['网传停课'], target: { category: 'unverified-claim' } });
  const shadow = rule({
    id: 'test.shadow',
    state: 'shadow',
    words: ['跳楼'],
    target: { category: 'self-harm' },
  });
  const text = '网传停课，有人要跳楼';

  it('are recorded and decide nothing', () => {
    const without = verdictOf([live], text);
    const verdict = verdictOf([live, shadow], text);
    expect(verdict.shadow).toMatchObject([{ id: 'test.shadow', category: 'self-harm', start: 8, end: 10 }]);
    const { shadow: _recorded, ...decided } = verdict;
    expect(decided).toEqual(without);
  });

  it('leave no trace where they hit nothing', () => {
    expect('shadow' in verdictOf([live, shadow], '网传停课')).toBe(false);
  });

  it('decide once they are live', () => {
    const verdict = verdictOf([live, { ...shadow, state: 'live' }], text);
    expect(verdict.queues).toContain('safety');
    expect('shadow' in verdict).toBe(false);
  });
});

describe('the trail', () => {
  const rules = [
    rule({ words: ['刷单'], variants: ['pinyin', 'homophone'] }),
    rule({ id: 'test.pay', words: ['日赚100'] }),
  ];
  it.each([
    ['刷单', undefined],
    ['刷 单', ['filler']],
    ['刷單', ['traditional']],
    ['刷\u200b单', ['invisible']],
    ['刷*單', ['traditional', 'filler']],
    ['刷dan', ['pinyin']],
    ['ｓhua dan', ['width', 'filler', 'pinyin']],
    ['刷丹', ['homophone']],
    ['刷Dan', ['case', 'pinyin']],
    ['日赚一百', ['digit']],
    ['日赚①00', ['digit']],
  ])('of %s tells what was undone', (written, via) => {
    const [finding] = verdictOf(rules, `来${written}吧`).findings;
    expect(finding?.via).toEqual(via);
  });

  it('is told in full while the text lives', () => {
    const stored = '來刷 單吧';
    const [finding] = verdictOf(rules, stored).findings;
    if (finding === undefined) throw new Error('not found');
    expect(explainFinding(stored, finding, rules)).toEqual({
      stood: '刷 單',
      normalised: '刷单',
      word: '刷单',
      pattern: null,
      ruleId: 'test.rule',
      version: '1',
      steps: ['traditional', 'filler'],
    });
  });

  it('names no word of a rule that has another version by now', () => {
    const stored = '来刷单吧';
    const [finding] = verdictOf(rules, stored).findings;
    if (finding === undefined) throw new Error('not found');
    const changed = [rule({ version: 2, words: ['刷'] })];
    expect(explainFinding(stored, finding, changed)).toMatchObject({
      stood: '刷单',
      word: null,
      version: '1',
    });
    expect(explainFinding(stored, { ...finding, source: 'model' }, rules)).toBeNull();
  });

  it('shows the pattern that matched', () => {
    const patterned = [rule({ words: [], pattern: '日赚\\d+' })];
    const stored = '日赚９００';
    const [finding] = verdictOf(patterned, stored).findings;
    if (finding === undefined) throw new Error('not found');
    expect(explainFinding(stored, finding, patterned)).toMatchObject({
      word: null,
      pattern: '日赚\\d+',
      steps: ['width'],
    });
  });

  it('says less sure of what only sounds alike', () => {
    const sure = (text: string) => verdictOf(rules, text).findings[0]?.confidence ?? 0;
    expect(sure('刷单')).toBe(0.9);
    expect(sure('刷dan')).toBeCloseTo(0.81);
    expect(sure('刷丹')).toBeCloseTo(0.765);
    expect(sure('唰丹')).toBeLessThan(0.765);
  });
});

describe('one rule by itself', () => {
  it('hits what the judgement would, whatever its state', () => {
    const match = matchOneRule(
      rule({ state: 'draft', wordBoundary: true, words: ['口交'], allow: ['看口交流'] }),
    );
    expect(match('路口交通')).toEqual([]);
    expect(match('看口*交视频')).toEqual([{ start: 1, end: 4 }]);
    expect(match('')).toEqual([]);
    expect(match('\ud800口\udc00交')).toEqual([{ start: 1, end: 4 }]);
  });

  it('of a service topic hits as well', () => {
    expect(matchOneRule(rule({ target: { serviceTopic: 'canteen' }, words: ['食堂'] }))('二食堂')).toEqual([
      { start: 1, end: 3 },
    ]);
  });
});
