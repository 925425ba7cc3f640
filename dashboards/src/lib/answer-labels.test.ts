import { describe, expect, it } from 'vitest';
import { describeCheck, describeStanding } from './answer-labels.ts';

const standing = { validity: 'valid', renewal: null, daysLeft: 90, check: 'not-needed' } as const;

describe('how a stock answer stands', () => {
  it.each([
    [{}, '有效', 'good'],
    [{ renewal: 30, daysLeft: 12 }, '还有 12 天到期', 'near'],
    [{ renewal: 7, daysLeft: 0 }, '今天到期', 'late'],
    [{ validity: 'expired', renewal: 'expired', daysLeft: -3 }, '已过期', 'late'],
    [{ validity: 'coming', daysLeft: null }, '未到生效日', 'quiet'],
    [{ validity: 'none', daysLeft: null }, '还没有批准的版本', 'quiet'],
  ] as const)('%o is %s', (more, text, tone) => {
    expect(describeStanding({ standing: { ...standing, ...more }, state: 'draft' })).toEqual({ text, tone });
  });

  it('says when numbers were called, and when nobody has for a month', () => {
    expect(describeCheck({ standing, checkedOn: null })).toBeNull();
    const help = { ...standing, check: 'overdue' as const };
    expect(describeCheck({ standing: help, checkedOn: null })?.text).toContain('没有核对过');
    expect(describeCheck({ standing: help, checkedOn: '2026-10-01' })?.text).toContain('2026-10-01');
  });
});
