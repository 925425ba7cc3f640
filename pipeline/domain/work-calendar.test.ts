import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptySchoolCalendar, SchoolCalendar } from './school-calendar.ts';
import { buildWorkCalendar } from './work-calendar.ts';

/** 2026 as published, around Spring Festival and the turn of the year; nothing is known of 2027. */
const holidays = new Set([
  ...['2026-01-01', '2026-01-02', '2026-02-16', '2026-02-17', '2026-02-18'],
  ...['2026-02-19', '2026-02-20', '2026-02-23', '2026-05-01', '2026-05-04', '2026-05-05'],
]);
const makeUpDays = new Set(['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09']);
const table = {
  isPublicHoliday: (day: string) => holidays.has(day),
  isMakeUpDay: (day: string) => makeUpDays.has(day),
  knownYears: new Set([2026]),
};
const calendar = buildWorkCalendar({ ...table, ownDays: emptySchoolCalendar });

/** A Shanghai wall clock, as an instant. */
const at = (clock: string) => new Date(`${clock.replace(' ', 'T')}:00+08:00`).toISOString();
const end = (day: string) => at(`${day} 18:00`);

describe('a day', () => {
  it.each([
    ['2026-02-13', true, 'a Friday'],
    ['2026-02-14', true, 'a Saturday that makes up for Spring Festival'],
    ['2026-02-15', false, 'a Sunday'],
    ['2026-02-17', false, 'Spring Festival'],
    ['2026-02-23', false, 'its last Monday'],
    ['2026-02-28', true, 'a Saturday that makes up for it'],
    ['2026-03-01', false, 'a plain Sunday'],
    ['2026-12-31', true, 'the last day of a known year'],
    ['2027-01-01', false, 'New Year of a year that is not known'],
    ['2027-01-04', true, 'a Monday of it'],
    ['2027-01-02', false, 'a Saturday of it'],
    ['2027-02-06', false, 'Spring Festival of it falls on a Saturday'],
    ['2027-02-08', true, 'which is not known to be off'],
    ['2027-10-01', false, 'National Day is always off'],
    ['2027-10-04', true, 'its fourth day is not known'],
  ])('%s worked: %s (%s)', (day, worked) => {
    expect(calendar.isWorkingDay(day)).toBe(worked);
  });

  it('of a year without a table is known as such', () => {
    expect([calendar.isKnown('2026-12-31'), calendar.isKnown('2027-01-01')]).toEqual([true, false]);
  });
});

describe('due after so many working days', () => {
  it.each([
    ['2026-03-02 09:00', 0, '2026-03-02', 'today, while it lasts'],
    ['2026-03-02 17:59', 0, '2026-03-02', 'to its last minute'],
    ['2026-03-02 18:00', 0, '2026-03-03', 'today is over'],
    ['2026-03-02 23:30', 0, '2026-03-03', 'in the night'],
    ['2026-03-03 00:30', 0, '2026-03-03', 'after midnight in Shanghai, the day before in UTC'],
    ['2026-03-07 10:00', 0, '2026-03-09', 'on a Saturday'],
    ['2026-02-14 10:00', 0, '2026-02-14', 'on a Saturday that is worked'],
    ['2026-03-02 09:00', 1, '2026-03-03', 'tomorrow'],
    ['2026-03-02 19:00', 1, '2026-03-03', 'tomorrow too, in the evening'],
    ['2026-03-06 09:00', 1, '2026-03-09', 'over a weekend'],
    ['2026-03-07 09:00', 1, '2026-03-09', 'from a Saturday'],
    ['2026-02-13 09:00', 1, '2026-02-14', 'to a Saturday that is worked'],
    ['2026-02-13 09:00', 2, '2026-02-24', 'over Spring Festival'],
    ['2026-02-13 09:00', 6, '2026-02-28', 'to the Saturday after it'],
    ['2026-04-30 09:00', 1, '2026-05-06', 'over May Day'],
    ['2026-12-31 09:00', 1, '2027-01-04', 'into a year that is not known'],
    ['2026-12-31 20:00', 0, '2027-01-04', 'over the turn of the year'],
  ])('%s + %i: %s (%s)', (from, days, due) => {
    expect(calendar.dueAfter(at(from), days)).toBe(end(due));
  });

  it.each([-1, 1.5, Number.NaN])('%d is no number of days', (days) => {
    expect(() => calendar.dueAfter(at('2026-03-02 09:00'), days)).toThrow('工作日数');
  });

  it('says so where no day is ever worked', () => {
    const never = buildWorkCalendar({
      ...table,
      isPublicHoliday: () => true,
      isMakeUpDay: () => false,
      knownYears: new Set([2026, 2027, 2028]),
      ownDays: emptySchoolCalendar,
    });
    expect(() => never.dueAfter(at('2026-03-02 09:00'), 1)).toThrow('no working day');
  });
});

describe('working days between', () => {
  it.each([
    ['2026-03-02 09:00', '2026-03-02 18:00', 0],
    ['2026-03-02 09:00', '2026-03-03 00:10', 1],
    ['2026-03-06 09:00', '2026-03-09 09:00', 1],
    ['2026-02-13 09:00', '2026-02-24 09:00', 2],
    ['2026-02-24 09:00', '2026-02-13 09:00', -2],
  ])('%s and %s: %i', (from, to, count) => {
    expect(calendar.workingDaysBetween(at(from), at(to))).toBe(count);
  });

  it('and due agree, for every instant', () => {
    const instant = fc.date({
      min: new Date('2025-12-01'),
      max: new Date('2027-12-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 30 }), (from, days) => {
        const due = calendar.dueAfter(from.toISOString(), days);
        expect(calendar.workingDaysBetween(from.toISOString(), due)).toBe(days);
        expect(due > from.toISOString()).toBe(true);
      }),
    );
  });
});

describe('the school’s own days', () => {
  const ownDays = SchoolCalendar.parse({
    daysOff: [
      { name: '校庆', from: '2026-03-03' },
      { name: '运动会', from: '2026-03-05', to: '2026-03-08' },
    ],
    workingDays: [{ name: '招生咨询日', day: '2026-03-07' }],
    enteredYears: [2027],
  });
  const ours = buildWorkCalendar({ ...table, ownDays });

  it('lie over the table, and worked days over days off', () => {
    const days = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2026-03-07', '2026-03-08'];
    expect(days.map(ours.isWorkingDay)).toEqual([true, false, true, false, true, false]);
    expect(ours.dueAfter(at('2026-03-04 09:00'), 1)).toBe(end('2026-03-07'));
  });

  it('make a year known once they were entered for it', () => {
    expect(ours.isKnown('2027-06-01')).toBe(true);
  });

  it.each([
    [{ daysOff: [{ name: '寒假', from: '2026-02-10', to: '2026-02-01' }] }],
    [{ daysOff: [{ name: '停课', from: '2026-02-10', to: '2026-09-01' }] }],
    [{ periods: [{ name: '寒假', kind: 'vacation', from: '2026-02-10', to: '2026-02-01' }] }],
    [{ workingDays: [{ name: '补班', day: '2026-02-30' }] }],
  ])('are refused when they make no sense: %j', (wrong) => {
    expect(SchoolCalendar.safeParse(wrong).success).toBe(false);
  });
});
