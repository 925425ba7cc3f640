import { describe, expect, it } from 'vitest';
import { onDutyAt, RosterEntry, shiftsOn, weekOf } from './roster.ts';

/** Mondays to Fridays, but for National Day; Saturday 10 October is worked. */
const calendar = {
  isWorkingDay: (day: string) =>
    day === '2026-10-10' || (new Date(day).getUTCDay() % 6 !== 0 && !/^2026-10-0[1-7]$/.test(day)),
};
const entry = (change: object): RosterEntry =>
  RosterEntry.parse({
    ...{ duty: 'publicity', days: { on: 'weekdays', weekdays: [1, 2, 3, 4, 5, 6, 7] } },
    ...{ from: '08:00', to: '18:00', person: 'baiban' },
    ...change,
  });
const at = (clock: string) => new Date(`${clock.replace(' ', 'T')}:00+08:00`).toISOString();
const roster = [
  entry({}),
  entry({ from: '18:00', to: '08:00', person: 'yeban' }),
  entry({ duty: 'safety', days: { on: 'working-days' }, to: '24:00', person: 'gongzuori' }),
  entry({ duty: 'safety', days: { on: 'days-off' }, from: '08:00', to: '08:00', person: 'jiaqi' }),
  entry({ days: { on: 'date', date: '2026-10-01' }, from: '09:00', to: '09:00', person: 'guoqing' }),
];

describe('who is on duty', () => {
  it.each([
    ['2026-10-12 10:00', 'baiban gongzuori'],
    ['2026-10-12 18:00', 'gongzuori yeban'],
    ['2026-10-13 00:10', 'yeban'],
    ['2026-10-13 07:59', 'yeban'],
    ['2026-10-13 08:00', 'baiban gongzuori'],
    ['2026-10-10 10:00', 'baiban gongzuori', 'a Saturday that is worked'],
    ['2026-10-11 10:00', 'baiban jiaqi', 'a Sunday'],
    ['2026-10-12 03:00', 'jiaqi yeban', 'the night after it'],
    ['2026-10-01 08:30', 'jiaqi', 'between the last night and the date’s own shift'],
    ['2026-10-01 23:00', 'guoqing jiaqi', 'a date stands for the pattern of its duty'],
    ['2026-10-02 08:30', 'baiban guoqing jiaqi', 'the morning after'],
  ])('at %s: %s', (clock, logins, _why = '') => {
    const found = onDutyAt(roster, at(clock), calendar).map(({ entry: { person } }) => person);
    expect(found.toSorted().join(' ')).toBe(logins);
  });

  it('of a day, in the order of duty and time', () => {
    expect(shiftsOn(roster, '2026-10-12', calendar)).toMatchObject([
      { day: '2026-10-12', endsNextDay: false, entry: { person: 'baiban' } },
      { endsNextDay: true, entry: { person: 'yeban' } },
      { endsNextDay: false, entry: { person: 'gongzuori', to: '24:00' } },
    ]);
  });
});

it('a week begins on Monday', () => {
  expect(weekOf('2026-11-22').at(0)).toBe('2026-11-16');
  expect(weekOf('2026-11-23')).toEqual(Array.from({ length: 7 }, (_, i) => `2026-11-${23 + i}`));
});

it.each([
  { from: '24:00' },
  { to: '25:00' },
  { from: '8:00' },
  { phone: '打前台' },
  { days: { on: 'never' } },
])('refuses %j', (change) => {
  expect(RosterEntry.safeParse({ ...entry({}), ...change }).success).toBe(false);
});
