import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type EffectScope, effectScope } from 'vue';
import { Unreachable } from '../api/api-error.ts';
import type { CheckAnswer } from '../lib/draft-api.ts';
import { useDraftCheck } from './use-draft-check.ts';

const answerFor = (text: string): CheckAnswer => ({ findings: [], unchecked: [], checkedAt: text });

describe('checking as one types', () => {
  let scope: EffectScope;
  beforeEach(() => {
    vi.useFakeTimers();
    scope = effectScope();
  });
  afterEach(() => {
    scope.stop();
    vi.useRealTimers();
  });

  function open() {
    let text = '';
    const asked: { text: string; signal: AbortSignal; answer: (how?: Error) => void }[] = [];
    const shown: string[] = [];
    const check = scope.run(() =>
      useDraftCheck({
        begin: () => text,
        check: (sent: string, signal) =>
          new Promise<CheckAnswer>((resolve, reject) => {
            const answer = (how?: Error) => (how === undefined ? resolve(answerFor(sent)) : reject(how));
            asked.push({ text: sent, signal, answer });
          }),
        show: (answer) => shown.push(answer.checkedAt),
      }),
    );
    if (check === undefined) throw new Error('no scope');
    const type = (typed: string) => {
      text = typed;
      check.changed();
    };
    return { check, type, asked, shown };
  }

  it('asks once, a second and a half after the last key', async () => {
    const { check, type, asked, shown } = open();
    for (const text of ['招', '招生', '招生简章']) {
      type(text);
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(asked).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(600);
    expect(asked.map((one) => one.text)).toEqual(['招生简章']);
    expect(check.status.value).toBe('checking');
    asked[0]?.answer();
    await vi.advanceTimersByTimeAsync(0);
    expect([check.status.value, shown]).toEqual(['checked', ['招生简章']]);
  });

  it('cuts off the older question, and never shows its answer, whichever comes first', async () => {
    const { check, type, asked, shown } = open();
    type('旧');
    await vi.advanceTimersByTimeAsync(1_600);
    type('新');
    await vi.advanceTimersByTimeAsync(1_600);
    expect(asked.map((one) => one.signal.aborted)).toEqual([true, false]);
    asked[1]?.answer();
    await vi.advanceTimersByTimeAsync(0);
    asked[0]?.answer();
    await vi.advanceTimersByTimeAsync(0);
    expect([check.status.value, shown]).toEqual(['checked', ['新']]);
  });

  it('says that it could not check, keeps what was found before, and asks again by itself', async () => {
    const { check, type, asked } = open();
    type('一');
    await vi.advanceTimersByTimeAsync(1_600);
    asked[0]?.answer();
    type('二');
    await vi.advanceTimersByTimeAsync(1_600);
    asked[1]?.answer(new Unreachable());
    await vi.advanceTimersByTimeAsync(0);
    expect(check.status.value).toBe('failed');
    expect(check.failure.value).toContain('连不上服务器');
    expect(check.answer.value?.checkedAt).toBe('一');
    await vi.advanceTimersByTimeAsync(15_100);
    expect(asked).toHaveLength(3);
  });
});
