import { describe, expect, it } from 'vitest';
import { buildCalendar, findEntryProblem, isOnDay, listEntries } from './calendar-draft.ts';

const calendar = {
  periods: [{ name: '期末考试', kind: 'exam' as const, from: '2027-01-04', to: '2027-01-15' }],
  daysOff: [{ name: '校庆', from: '2026-12-01' }],
  workingDays: [{ name: '补班', day: '2026-12-05' }],
  enteredYears: [2028],
};

describe('a calendar as lines of a page', () => {
  it('is the same calendar when nothing was changed', () => {
    const entries = listEntries(calendar);
    expect(entries.map(({ name }) => name)).toEqual(['校庆', '补班', '期末考试']);
    expect(buildCalendar(entries, calendar)).toEqual(calendar);
  });

  it('is saved in the order of days, with names without blanks around them', () => {
    const entries = [
      ...listEntries(calendar),
      {
        list: 'periods' as const,
        name: ' 秋季学期 ',
        kind: 'term' as const,
        from: '2026-09-01',
        to: '2027-01-20',
      },
    ];
    expect(buildCalendar(entries, calendar).periods.map(({ name }) => name)).toEqual([
      '秋季学期',
      '期末考试',
    ]);
  });

  it('tells which entries hold a day', () => {
    expect(listEntries(calendar).filter((one) => isOnDay(one, '2027-01-15'))).toHaveLength(1);
    expect(listEntries(calendar).filter((one) => isOnDay(one, '2027-01-16'))).toEqual([]);
  });

  it('says what is missing before it is sent', () => {
    const [one] = listEntries(calendar);
    if (one === undefined) throw new Error('The calendar is empty.');
    expect(findEntryProblem(one)).toBeNull();
    expect(findEntryProblem({ ...one, name: ' ' })).not.toBeNull();
    expect(findEntryProblem({ ...one, from: '' })).not.toBeNull();
    expect(findEntryProblem({ ...one, to: '2026-11-30' })).not.toBeNull();
  });
});
