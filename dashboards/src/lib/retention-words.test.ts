import { describe, expect, it } from 'vitest';
import { describeTerm, joinRetention } from './retention-words.ts';

const terms = [{ retention: 'comment' as const, term: { days: 90 } }];

describe('retention in words', () => {
  it('what is counted and not there has none; what nobody counts is no zero', () => {
    const part = { part: 'comment' as const, kept: 3, overdue: 0, due: 1, nextAt: null };
    const lines = joinRetention({ terms, counts: { until: '', parts: [part], lastPurge: null } });
    expect(lines.find(({ key }) => key === 'comment')?.count).toEqual(part);
    expect(lines.find(({ key }) => key === 'noise')?.count).toMatchObject({ kept: 0 });
    expect(lines.find(({ key }) => key === 'raw-page')?.count).toBeNull();
  });

  it('notes have the term of what they quote', () => {
    const lines = joinRetention({ terms, counts: null });
    expect(lines.find(({ key }) => key === 'note')?.term).toEqual({ days: 90 });
    expect(describeTerm({ days: 90 })).toContain('90');
    expect(describeTerm({ monthsAfterTakenDown: 36 })).toContain('36');
  });
});
