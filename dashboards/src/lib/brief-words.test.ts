import { describe, expect, it } from 'vitest';
import { type BriefBlock, describeDays, describeGapAt, nameBrief } from './brief-words.ts';

const period = { from: '', until: '', fromDay: '2026-03-02', toDay: '2026-03-08' };

describe('words of briefs', () => {
  it('names a brief by kind, days and number', () => {
    expect(nameBrief({ kind: 'weekly', period, number: null })).toBe('周报 · 3月2日至3月8日');
    expect(
      nameBrief({ kind: 'daily', period: { ...period, toDay: '2026-03-02' }, number: '〔2026〕第3期' }),
    ).toBe('日报 · 3月2日 〔2026〕第3期');
    expect(describeDays(period)).toBe('3月2日至3月8日');
    const today = { ...period, until: '2026-03-08T07:00:00.000Z' };
    expect(nameBrief({ kind: 'special', period: today, number: null })).toBe(
      '专报 · 3月2日至3月8日（至15:00）',
    );
  });

  it('says of a day which lines have a gap there', () => {
    const series = (name: string, over: boolean[]) => ({
      name,
      values: over.map((one) => ({ value: 1, ...(one ? { gaps: ['g'] } : {}) })),
    });
    const block = {
      kind: 'chart',
      series: [series('留言与线索', [false, false, true]), series('本校发布', [false, true, true])],
      gapAt: [1, 2],
    } as unknown as Extract<BriefBlock, { kind: 'chart' }>;
    expect([0, 1, 2].map((at) => describeGapAt(block, at))).toEqual([
      ...[null, '有采集缺口：本校发布', '有采集缺口'],
    ]);
  });
});
