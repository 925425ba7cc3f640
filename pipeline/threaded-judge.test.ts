import { afterEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../test/harness/fake-clock.ts';
import { assembleSettings } from './adapters/settings-version.ts';
import { openRecipe } from './commands/current-judge.ts';
import { RetryLater } from './domain/errors.ts';
import type { LexiconRule } from './domain/rule.ts';
import type { JudgeInput } from './stages/judge.ts';
import { openThreadedJudge, splitTexts, type ThreadedJudge } from './threaded-judge.ts';

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
  purpose: '待核实说法：测试用',
  example: '网传停课',
  counterExample: '官网通知',
  expiresOn: '2027-06-30',
};
const comment = (stored: string): JudgeInput => ({ stored, kind: 'comment', metrics: {}, textVersion: 1 });

describe('judging in threads of their own', () => {
  const opened: ThreadedJudge[] = [];
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
  });

  function open(threads = 2) {
    const settings = { ...assembleSettings(1, []), rules: [rule] };
    const store = { read: async () => settings, readVersion: async () => settings.version };
    const clock = new FakeClock('2026-11-22T00:00:00.000Z');
    const judge = openThreadedJudge(openRecipe({ settings: store, clock }), { threads });
    opened.push(judge);
    return { judge, settings };
  }
  const rulesOf = async (judge: ThreadedJudge, ...texts: string[]) =>
    (await judge.judgeTexts(texts.map(comment))).map((answer) =>
      'failed' in answer ? answer.failed : answer.verdict.findings.map(({ id }) => id).join(),
    );

  it('answers in the order asked, also when asked several times at once', async () => {
    const { judge } = open();
    const texts = Array.from({ length: 101 }, (_, index) =>
      index % 3 === 0 ? '网传停课' : `\ud800${index}条`,
    );
    const answers = await Promise.all(Array.from({ length: 20 }, () => rulesOf(judge, ...texts)));
    const expected = texts.map((_, index) => (index % 3 === 0 ? rule.id : ''));
    for (const answer of answers) expect(answer).toEqual(expected);
    expect(await judge.judgeTexts([])).toEqual([]);
  });

  it('judges by new rules in every thread as soon as the settings have another version', async () => {
    const { judge, settings } = open();
    const texts = Array.from({ length: 50 }, () => ['网传停课', '听说停课']).flat();
    const found = async () => new Set(await rulesOf(judge, ...texts));
    expect(await found()).toEqual(new Set([rule.id, '']));
    settings.version = 2;
    settings.rules = [{ ...rule, id: 'assertion.other', words: ['听说'], version: 2 }];
    expect(await found()).toEqual(new Set(['', 'assertion.other']));
  });

  it('ends after what it was asked before, without aborting the process, and starts again when asked again', async () => {
    const { judge } = open();
    const long = '图书馆自习室开放时间调整的通知'.repeat(2000);
    const asked = judge.judgeTexts(Array.from({ length: 40 }, () => comment(long)));
    // The recipe is read first: by the next turn the texts are with the threads.
    await new Promise((settle) => setImmediate(settle));
    await judge.close();
    expect((await asked).map((answer) => 'failed' in answer)).toEqual(
      Array.from({ length: 40 }, () => false),
    );
    expect(await rulesOf(judge, '网传停课')).toEqual([rule.id]);
  });

  it('cuts a query into words before the texts that wait', async () => {
    const { judge } = open(1);
    const order: string[] = [];
    const long = comment('图书馆自习室开放时间调整的通知'.repeat(5000));
    const texts = judge.judgeTexts(Array.from({ length: 40 }, () => long)).then(() => order.push('texts'));
    await new Promise((settle) => setImmediate(settle));
    const words = judge.searchWords('食堂 涨价').then((found) => {
      order.push('words');
      return found;
    });
    expect(await words).toEqual(['食堂', '涨价']);
    await texts;
    expect(order).toEqual(['words', 'texts']);
  });
});

describe('with threads that die', () => {
  /** Answers as the real one does and dies of one text. */
  const script = `
    import { parentPort } from 'node:worker_threads';
    let key = 'none';
    function take(request) {
      if (request.kind === 'recipe') key = String(request.options.settingsVersion);
      else if (request.kind === 'end') parentPort.close();
      else {
        const inputs = JSON.parse(request.work.inputs);
        if (inputs.some(({ stored }) => stored === 'deadly')) throw new Error('it says: deadly');
        const answers = inputs.map(({ stored }) => ({ failed: key + ':' + stored }));
        parentPort.postMessage({ id: request.id, done: { kind: 'texts', answers: JSON.stringify({ stamps: [], answers }) } });
      }
    }
    parentPort.on('message', take);
    parentPort.postMessage('ready');`;
  const threadFile = new URL(`data:text/javascript,${encodeURIComponent(script)}`);
  const recipe = { key: '1', options: { rules: [], settingsVersion: 1 } };
  const open = (threads: number) => openThreadedJudge(async () => recipe, { threads, threadFile });
  const told = async (judge: ThreadedJudge, texts: readonly string[]) =>
    (await judge.judgeTexts(texts.map(comment))).map((answer) => ('failed' in answer ? answer.failed : ''));

  it('the text that one dies of says so, never what it says; its neighbours and other calls are judged', async () => {
    const judge = open(2);
    const texts = Array.from({ length: 100 }, (_, index) => (index === 41 ? 'deadly' : String(index)));
    const others = Array.from({ length: 100 }, (_, index) => `other ${index}`);
    const [answers, undisturbed] = await Promise.all([told(judge, texts), told(judge, others)]);
    expect(answers).toEqual(
      texts.map((text) => (text === 'deadly' ? 'the judging thread has ended: Error' : `1:${text}`)),
    );
    expect(undisturbed).toEqual(others.map((text) => `1:${text}`));
    await judge.close();
    await judge.close();
  });

  it('a thread that cannot start is no text’s fault: all are put off', async () => {
    const broken = new URL(`data:text/javascript,${encodeURIComponent("import 'node:nothing'")}`);
    const judge = openThreadedJudge(async () => recipe, { threads: 2, threadFile: broken });
    await expect(told(judge, ['a', 'b'])).rejects.toBeInstanceOf(RetryLater);
    await judge.close();
  });

  it('a thread takes two pieces of work at most; what waits goes by the rules as they are then', async () => {
    let versions = 0;
    const readRecipe = async () => {
      versions += 1;
      return { key: String(versions), options: { rules: [], settingsVersion: versions } };
    };
    const judge = openThreadedJudge(readRecipe, { threads: 1, threadFile });
    const calls = await Promise.all(Array.from({ length: 10 }, () => told(judge, ['a'])));
    const seen = calls.flat().map((answer) => Number(answer.split(':')[0]));
    expect(seen.slice(2)).toEqual(Array.from({ length: 8 }, () => 10));
    expect(Math.max(...seen.slice(0, 2))).toBeLessThan(10);
    await judge.close();
  });
});

describe('splitting a call over the threads', () => {
  const texts = (count: number, units = 10) =>
    Array.from({ length: count }, () => comment('字'.repeat(units)));

  it('keeps the order, gives every thread some, and bounds a piece by number and length', () => {
    for (const [count, threads] of [
      [1, 2],
      [100, 2],
      [1000, 2],
      [1000, 1],
      [7, 4],
    ] as const) {
      const inputs = texts(count);
      const pieces = splitTexts(inputs, threads);
      expect(pieces.flat()).toEqual(inputs);
      for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(64);
    }
    expect(splitTexts(texts(100), 2).length).toBe(4);
    expect(splitTexts(texts(6, 150_000), 1).map((piece) => piece.length)).toEqual([1, 1, 1, 1, 1, 1]);
  });
});
