import { describe, expect, it } from 'vitest';
import { calendarLines, findClash } from './clash.ts';

const empty = { periods: [], daysOff: [], workingDays: [], enteredYears: [] };
const withDay = (name: string) => ({ ...empty, daysOff: [{ name, from: '2026-12-01' }] });

describe('what a colleague saved while something was typed here', () => {
  it('is shown where the two differ, each with what only it has', () => {
    const found = findClash(
      calendarLines(empty),
      calendarLines(withDay('校庆')),
      calendarLines(withDay('运动会')),
    );
    expect(found?.theirs).toEqual([expect.stringContaining('校庆')]);
    expect(found?.mine).toEqual([expect.stringContaining('运动会')]);
  });

  it('is nothing where nobody saved, or both typed the same', () => {
    expect(findClash(['a'], ['a'], ['b'])).toBeNull();
    expect(findClash(['a'], ['b'], ['b'])).toBeNull();
  });

  it('is told where I took out what they kept: one side is then empty', () => {
    expect(findClash(['a', 'b'], ['a', 'b', 'c'], ['a', 'b'])).toEqual({ theirs: ['c'], mine: [] });
  });
});
