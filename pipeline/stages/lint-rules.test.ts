import { describe, expect, it } from 'vitest';
import { buildRule } from '../../test/builders/rule.ts';
import { readSeedRules } from '../../test/builders/seed-rules.ts';
import type { LexiconRule } from '../domain/rule.ts';
import type { RuleFault } from '../domain/rule-problem.ts';
import { describeProblem, describeProblemInEnglish } from '../domain/rule-problem.ts';
import { lintRules } from './lint-rules.ts';

const today = '2026-11-22';
const lint = (rules: readonly unknown[], stored: readonly LexiconRule[] = []) =>
  lintRules({ rules, stored, today }).problems;
const faults = (rules: readonly unknown[], stored: readonly LexiconRule[] = []) =>
  lint(rules, stored).map(({ ruleId, field, fault }) => `${ruleId} ${field} ${fault}`);

const without = (field: keyof LexiconRule): unknown => {
  const { [field]: _left, ...rest } = buildRule();
  return rest;
};

describe('the linter', () => {
  it('lets a good rule pass, and the shipped ones', () => {
    expect(lint([buildRule()])).toEqual([]);
    expect(lint(readSeedRules())).toEqual([]);
  });

  it.each([
    'version',
    'state',
    'target',
    'severity',
    'confidence',
    'owner',
    'purpose',
    'example',
    'counterExample',
    'expiresOn',
  ] as const)('refuses a rule without %s', (field) => {
    const problems = faults([without(field)]);
    expect(problems).toEqual([`fraud.gambling ${field} missing`]);
  });

  it('names the place of a rule without an id, and says every field that is missing', () => {
    expect(faults([buildRule(), { state: 'live' }])).toEqual(
      expect.arrayContaining(['#2 id missing', '#2 owner missing', '#2 example missing']),
    );
  });

  const walk: [string, Partial<Record<keyof LexiconRule, unknown>>, string, RuleFault][] = [
    ['empty fields', { owner: '' }, 'owner', 'missing'],
    ['an id with capitals', { id: 'Fraud' }, 'id', 'malformed'],
    ['a state of its own', { state: 'paused' }, 'state', 'malformed'],
    ['a target outside the closed list', { target: { category: 'opinion' } }, 'target', 'malformed'],
    ['a day that is none', { expiresOn: '2026-13-01' }, 'expiresOn', 'malformed'],
    ['a field that is none', { word: ['x'] } as never, 'word', 'unknown-field'],
    ['neither words nor pattern', { words: [] }, 'words', 'empty'],
    ['words of which nothing is left', { words: [' ', '\u200b'] }, 'words', 'empty'],
    ['an expiry more than twelve months ahead', { expiresOn: '2027-11-23' }, 'expiresOn', 'expiry-too-far'],
    ['a purpose without its name', { purpose: '赌博网站的招揽' }, 'purpose', 'purpose-unnamed'],
    ["another target's name", { purpose: '广告：赌博网站' }, 'purpose', 'purpose-unnamed'],
    ['a second purpose', { purpose: '涉诈信息：赌博，广告：刷单' }, 'purpose', 'purpose-second'],
    ['a purpose for opinion', { purpose: '涉诈信息：负面言论' }, 'purpose', 'purpose-refused'],
    ['a purpose for persons', { purpose: '涉诈信息：重点人员' }, 'purpose', 'purpose-refused'],
    ['an example that is not hit', { example: '今天天气真好' }, 'example', 'example-missed'],
    [
      'a counter-example that is hit',
      { counterExample: '网络赌博害人' },
      'counterExample',
      'counter-example-hit',
    ],
  ];
  it.each(walk)('refuses %s', (_name, overrides, field, fault) => {
    const problems = lint([{ ...buildRule(), ...overrides }]);
    expect(problems).toContainEqual(expect.objectContaining({ field, fault }));
    expect(problems[0]?.ruleId).toBe(overrides.id ?? 'fraud.gambling');
  });

  it('refuses a word that is an allow-phrase too, however it is written', () => {
    expect(faults([buildRule({ words: ['网络赌博', '賭 博'], allow: ['赌博'] })])).toContain(
      'fraud.gambling allow word-is-allowed',
    );
  });

  it('refuses a pattern that RE2 refuses, in its words, and takes one that would be catastrophic elsewhere', () => {
    const pattern = { words: [], allow: [], example: '赌赌赌赌', counterExample: '图书馆' };
    for (const refused of ['(.)\\1', '(?=赌)博', '(赌', '赌*']) {
      const [problem] = lint([buildRule({ ...pattern, pattern: refused })]);
      expect(problem, refused).toMatchObject({ field: 'pattern', fault: 'pattern-refused' });
      expect(problem?.detail).not.toBe('');
    }
    const startedMs = performance.now();
    expect(
      lint([buildRule({ ...pattern, pattern: '(赌+)+赌', counterExample: `${'图'.repeat(5000)}` })]),
    ).toEqual([]);
    expect(performance.now() - startedMs).toBeLessThan(10_000);
  });

  it('refuses the same id twice', () => {
    expect(faults([buildRule(), buildRule()])).toContain('fraud.gambling id duplicate-id');
  });

  it('refuses a rule that another one silences, which alone hits', () => {
    const complaint = buildRule({
      id: 'service.kind.complaint',
      target: { serviceKind: 'complaint' },
      words: ['恶心'],
      allow: [],
      purpose: '投诉：饭菜不好',
      example: '你真恶心',
      counterExample: '饭菜可口',
    });
    const insult = buildRule({
      id: 'abuse.insult',
      target: { category: 'harassment' },
      words: ['你真恶心'],
      allow: [],
      purpose: '人身攻击：辱骂',
      example: '你真恶心',
      counterExample: '食堂真恶心',
    });
    expect(faults([complaint])).toEqual([]);
    expect(faults([complaint, insult])).toEqual(['service.kind.complaint example example-missed-in-set']);
  });

  it('takes a draft as if it were live, and leaves a retired rule as it was', () => {
    const wrong = { example: '今天天气真好' };
    expect(faults([buildRule({ ...wrong, state: 'draft' })])).toEqual([
      'fraud.gambling example example-missed',
    ]);
    expect(faults([buildRule({ ...wrong, state: 'retired' })])).toEqual([]);
  });

  it('refuses a change without a higher version, and only a change', () => {
    const stored = buildRule({ version: 3 });
    expect(faults([{ ...stored }], [stored])).toEqual([]);
    expect(faults([{ ...stored, severity: 2 }], [stored])).toEqual(['fraud.gambling version version-kept']);
    expect(faults([{ ...stored, severity: 2, version: 2 }], [stored])).toEqual([
      'fraud.gambling version version-kept',
    ]);
    expect(faults([{ ...stored, severity: 2, version: 4 }], [stored])).toEqual([]);
  });

  it('does not take a default that is written out for a change', () => {
    const stored = buildRule();
    const { wordBoundary: _default, ...short } = stored;
    expect(faults([short], [stored])).toEqual([]);
  });

  it('counts twelve months from a leap day', () => {
    const rule = buildRule({ expiresOn: '2029-02-28' });
    expect(lintRules({ rules: [rule], stored: [], today: '2028-02-29' }).problems).toEqual([]);
  });

  it('throws for nothing', () => {
    for (const raw of [null, 7, 'rule', [], {}, { id: 3 }, { id: 'a.b', words: 'x' }]) {
      expect(lint([raw]).length).toBeGreaterThan(0);
    }
  });

  it('tells all problems at once, rule by rule, each with rule and field in both languages', () => {
    const problems = lint([
      buildRule({ expiresOn: '2030-01-01', example: '今天天气真好' }),
      buildRule({ id: 'other.rule', purpose: '赌博' }),
    ]);
    expect(problems.map(({ ruleId, field }) => [ruleId, field])).toEqual([
      ['fraud.gambling', 'expiresOn'],
      ['fraud.gambling', 'example'],
      ['other.rule', 'purpose'],
    ]);
    expect(problems.map(describeProblem)[0]).toBe(
      'fraud.gambling 的 expiresOn：有效期最长十二个月，不晚于 2027-11-22',
    );
    expect(problems.map(describeProblemInEnglish)[2]).toContain(
      'rule other.rule: purpose: must begin with "涉诈信息："',
    );
  });
});
