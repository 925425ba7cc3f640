import { afterEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../test/harness/fake-clock.ts';
import type { LexiconRule } from './domain/rule.ts';
import type { JudgeInput } from './stages/judge.ts';
import { openThreadedJudge, type ThreadedJudge } from './threaded-judge.ts';

const rule: LexiconRule = {
  id: 'assertion.test',
  version: 1,
  state: 'live',
  target: { category: 'unverified-claim' },
  severity: 2,
  confidence: 0.8,
  wordBoundary: false,
  words: ['网传'],
  allow: [],
  pattern: null,
  variants: [],
  conditions: null,
  owner: '宣传部',
  purpose: '待核实的说法',
  example: '网传停课',
  counterExample: '官网通知',
  expiresOn: '2027-06-30',
};
const comment = (stored: string): JudgeInput => ({ stored, kind: 'comment', metrics: {}, textVersion: 1 });

describe('judging in a thread of its own', () => {
  const opened: ThreadedJudge[] = [];
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
  });

  function open() {
    const settings = { version: 1, rules: [rule], units: [], channels: [], governance: null };
    const store = { read: async () => settings, readVersion: async () => settings.version };
    const judge = openThreadedJudge({ settings: store, clock: new FakeClock('2026-11-22T00:00:00.000Z') });
    opened.push(judge);
    return { judge, settings };
  }
  const rulesOf = async (judge: ThreadedJudge, ...texts: string[]) =>
    (await judge.judgeTexts(texts.map(comment))).map((answer) =>
      'failed' in answer ? answer.failed : answer.verdict.findings.map(({ id }) => id).join(),
    );

  it('answers in the order asked, also when asked several times at once', async () => {
    const { judge } = open();
    const asked = Array.from({ length: 20 }, (_, index) => [`第${index}条`, '网传停课', '\ud800'] as const);
    const answers = await Promise.all(asked.map((texts) => rulesOf(judge, ...texts)));
    for (const answer of answers) expect(answer).toEqual(['', rule.id, '']);
    expect(await judge.judgeTexts([])).toEqual([]);
  });

  it('judges by new rules as soon as the settings have another version', async () => {
    const { judge, settings } = open();
    expect(await rulesOf(judge, '网传停课', '听说停课')).toEqual([rule.id, '']);
    settings.version = 2;
    settings.rules = [{ ...rule, words: ['听说'], version: 2 }];
    expect(await rulesOf(judge, '网传停课', '听说停课')).toEqual(['', rule.id]);
  });

  it('ends after what it was asked before, without aborting the process, and starts again when asked again', async () => {
    const { judge } = open();
    const long = '图书馆自习室开放时间调整的通知'.repeat(2000);
    const asked = judge.judgeTexts(Array.from({ length: 20 }, () => comment(long)));
    await new Promise((settle) => setTimeout(settle, 5));
    await judge.close();
    expect(await asked).toHaveLength(20);
    expect(await rulesOf(judge, '网传停课')).toEqual([rule.id]);
  });
});
