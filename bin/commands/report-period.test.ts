import { expect, it } from 'vitest';
import { choosePeriod, type PeriodWish } from './report-period.ts';

const known = {
  // A Monday, 08:40 in Shanghai.
  now: '2026-11-23T00:40:00.000Z',
  calendar: { isWorkingDay: (day: string) => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()) },
  everyDay: false,
};
const choose = (kind: PeriodWish['kind'], more: Partial<PeriodWish> = {}) => {
  const { fromDay, toDay } = choosePeriod({ kind, day: null, from: null, ...more }, known);
  return [fromDay, toDay];
};

it('is the last one of its kind unless a day is named', () => {
  expect(choose('morning')).toEqual(['2026-11-20', '2026-11-23']);
  expect(choose('daily')).toEqual(['2026-11-20', '2026-11-22']);
  expect(choose('weekly')).toEqual(['2026-11-16', '2026-11-22']);
  expect(choose('monthly')).toEqual(['2026-10-01', '2026-10-31']);
  expect(choose('special')).toEqual(['2026-11-17', '2026-11-23']);
});

it('of a special one that goes on today, only the hours that are over', () => {
  const period = choosePeriod({ kind: 'special', day: null, from: null }, known);
  expect(period).toMatchObject({ toDay: '2026-11-23', until: '2026-11-23T00:00:00.000Z' });
});

it('is about the named day, its week, its month', () => {
  expect(choose('morning', { day: '2026-11-18' })).toEqual(['2026-11-17', '2026-11-18']);
  expect(choose('daily', { day: '2026-11-18' })).toEqual(['2026-11-18', '2026-11-18']);
  expect(choose('weekly', { day: '2026-11-11' })).toEqual(['2026-11-09', '2026-11-15']);
  expect(choose('weekly', { day: '2026-11-15' })).toEqual(['2026-11-09', '2026-11-15']);
  expect(choose('monthly', { day: '2026-02-10' })).toEqual(['2026-02-01', '2026-02-28']);
  expect(choose('special', { day: '2026-11-18', from: '2026-11-02' })).toEqual(['2026-11-02', '2026-11-18']);
});

it.each([
  ['daily', { day: '2026-11-24' }, 'day'],
  ['daily', { day: '2026-11-23' }, 'day'],
  ['weekly', { day: '2026-11-23' }, 'day'],
  ['monthly', { day: '2026-11-01' }, 'day'],
  ['daily', { from: '2026-11-01' }, 'from'],
  ['special', { day: '2026-11-01', from: '2026-11-02' }, 'from'],
] as const)('refuses %s with %j', (kind, more, field) => {
  expect(() => choose(kind, more)).toThrowError(expect.objectContaining({ field }));
});
