import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Category } from '../../pipeline/domain/category.ts';
import type { Finding, Verdict } from '../../pipeline/domain/verdict.ts';
import type { Judge } from '../../pipeline/stages/judge.ts';
import { type EvalOptions, runEval } from './run-eval.ts';

/** Reads its answers off the text: `+` and `-` are tones, digits the chance of every category in tenths. */
function answer(text: string): Verdict {
  const chance = Number(/\d/.exec(text)?.[0] ?? 0) / 10;
  const score = text.includes('+') ? 0.8 : text.includes('-') ? -0.8 : 0;
  const alarm = { category: 'fraud', id: 'told.alarm' } as Finding;
  return {
    sentiment: { label: score > 0 ? 'positive' : score < 0 ? 'negative' : 'neutral', score, confidence: 0.8 },
    categories: Object.fromEntries(Category.options.map((category) => [category, chance])),
    findings: text.includes('!') ? [alarm] : [],
    risk: { score: 0, level: text.includes('!') ? 'watch' : 'low', parts: {} },
  } as unknown as Verdict;
}

const judge = {
  versions: { rules: 'r', models: 'm', dictionary: 'd', settings: 1, baseline: 'b' },
  decide: ({ stored }: { stored: string }) => answer(stored),
} as unknown as Judge;

describe('runEval', () => {
  let dir = '';
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'guanlan-eval-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  const put = (name: string, rows: readonly object[]): void =>
    writeFileSync(join(dir, name), `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`);
  const run = (more: Partial<EvalOptions> = {}) =>
    runEval({
      dir,
      only: null,
      judge,
      progress: () => undefined,
      signal: new AbortController().signal,
      ...more,
    });

  it('measures what is there and says what is missing or unknown', async () => {
    put('weibo2018.jsonl', [
      { text: '+', label: 1 },
      { text: '-', label: 0 },
      { text: '+', label: 0 },
      { text: '', label: 1 },
    ]);
    put('holidays.jsonl', [{ text: 'a', label: 1 }]);
    put('csc_ecspell_odw.jsonl', [{ text: 'a', label: 1 }]);
    const report = await run();
    expect(report.sets.map(({ set }) => set)).toEqual(['weibo2018']);
    // The row without a sign is a wrong answer.
    expect(report.sets[0]?.classification?.accuracy).toBe(0.5);
    expect(report.missing).toContain('cold');
    expect(report.skipped.map(({ file }) => file).sort()).toEqual([
      'csc_ecspell_odw.jsonl',
      'holidays.jsonl',
    ]);
    expect(report.figures.find(({ name }) => name === 'weibo2018 accuracy')).toMatchObject({
      value: 0.5,
      standing: 'missed',
    });
    expect(report.figures.find(({ name }) => name === 'cold AUC')).toMatchObject({
      value: null,
      standing: 'not measured',
      from: 'needs cold',
    });
  });

  it('reads self-harm at the threshold that finds 85 % of the high risk', async () => {
    put('sos_hl_1k.jsonl', [
      ...Array.from({ length: 17 }, () => ({ text: '9', label: 1 })),
      ...Array.from({ length: 3 }, () => ({ text: '1', label: 1 })),
      { text: '5', label: 0 },
    ]);
    put('smp2020_ewect_usual.jsonl', [
      { text: '9', label: 'sad' },
      { text: '8', label: 'sad' },
      { text: '9', label: 'happy' },
      ...Array.from({ length: 4 }, () => ({ text: '0', label: 'happy' })),
    ]);
    const { figures } = await run();
    expect(figures.find(({ name }) => name.includes('precision at recall'))?.value).toBeCloseTo(17 / 18);
    expect(figures.find(({ name }) => name.includes('alarms per 10,000'))?.value).toBeCloseTo(2000);
  });

  it('counts what raised ordinary text, by rule', async () => {
    put('thucnews_title10.jsonl', [
      { text: '!', label: 'game' },
      { text: 'x', label: 'game' },
    ]);
    const { figures, alarms } = await run();
    expect(figures.find(({ name }) => name === 'findings above low: thucnews_title10')?.value).toBe(0.5);
    expect(alarms.thucnews_title10).toEqual([{ id: 'told.alarm', rows: 1 }]);
  });

  it('names file and line of a row that cannot be read, and not its text', async () => {
    writeFileSync(join(dir, 'cold.jsonl'), '{"text":"a","label":1}\n\n{"text":"secret","label":null}\n');
    await expect(run()).rejects.toThrow(/cold\.jsonl:3: "label"/);
    await expect(run()).rejects.not.toThrow(/secret/);
    writeFileSync(join(dir, 'cold.jsonl'), '{"text":"a","label":1}\n{"text":');
    await expect(run()).rejects.toThrow(/cold\.jsonl:2: not JSON/);
  });

  it('shows what was finished when it is interrupted', async () => {
    put('weibo2018.jsonl', [{ text: '+', label: 1 }]);
    put(
      'cold.jsonl',
      Array.from({ length: 2000 }, () => ({ text: 'x', label: 0 })),
    );
    const interruption = new AbortController();
    const report = await run({
      signal: interruption.signal,
      progress: (line) => {
        if (line === 'cold: 500 of 2000') interruption.abort();
      },
    });
    expect(report.interrupted).toBe(true);
    expect(report.sets.map(({ set }) => set)).toEqual(['weibo2018']);
  });
});
