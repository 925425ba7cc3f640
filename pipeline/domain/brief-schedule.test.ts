import { describe, expect, it } from 'vitest';
import { elapsedPeriod, endsWithinDay, periodBefore, periodOf, periodOfDays } from './brief-period.ts';
import { findDueBriefs } from './brief-schedule.ts';
import { type BriefTemplates, defaultTemplates } from './brief-template.ts';

/** Monday to Friday but for a holiday on Thursday and Friday; the Saturday after is worked. */
const off = new Set(['2026-11-26', '2026-11-27']);
const calendar = {
  isWorkingDay: (day: string) =>
    day === '2026-11-28' || (new Date(`${day}T00:00:00Z`).getUTCDay() % 6 !== 0 && !off.has(day)),
};
const at = (text: string) => new Date(`${text}:00+08:00`).toISOString();
const keys = (now: string, templates = defaultTemplates) =>
  findDueBriefs(templates, at(now), calendar).map(({ key }) => key);
const only = (kind: string, now: string) => keys(now).filter((key) => key.startsWith(`${kind}/`));

describe('periods', () => {
  it.each([
    // The office closed on Friday at 18:00.
    ['morning', '2026-11-23T07:30', '2026-11-20T18:00', '2026-11-23T07:00'],
    ['morning', '2026-11-24T07:30', '2026-11-23T18:00', '2026-11-24T07:00'],
    // After the holiday: since Wednesday.
    ['morning', '2026-11-28T07:30', '2026-11-25T18:00', '2026-11-28T07:00'],
    ['daily', '2026-11-24T08:00', '2026-11-23T00:00', '2026-11-24T00:00'],
    ['daily', '2026-11-23T08:00', '2026-11-20T00:00', '2026-11-23T00:00'],
    ['daily', '2026-11-28T08:00', '2026-11-25T00:00', '2026-11-28T00:00'],
    ['weekly', '2026-11-23T08:30', '2026-11-16T00:00', '2026-11-23T00:00'],
    ['weekly', '2026-11-29T23:00', '2026-11-16T00:00', '2026-11-23T00:00'],
    ['monthly', '2026-12-01T09:00', '2026-11-01T00:00', '2026-12-01T00:00'],
    ['monthly', '2027-01-03T09:00', '2026-12-01T00:00', '2027-01-01T00:00'],
  ] as const)('of a %s made at %s', (kind, now, from, until) => {
    expect(periodOf(kind, at(now), calendar)).toMatchObject({ from: at(from), until: at(until) });
  });

  it.each([
    ['2026-11-24T15:40', '2026-11-24T15:00', true],
    ['2026-11-25T00:00', '2026-11-25T00:00', false],
    ['2026-11-30T09:00', '2026-11-25T00:00', false],
  ])('end at %s with the last full hour that is over, or with their last day', (now, until, isCut) => {
    const period = elapsedPeriod('2026-11-20', '2026-11-24', at(now));
    expect(period).toMatchObject({ fromDay: '2026-11-20', toDay: '2026-11-24', until: at(until) });
    expect(period !== null && endsWithinDay(period)).toBe(isCut);
  });

  it('do not name a day before an hour of it is over', () => {
    expect(elapsedPeriod('2026-11-20', '2026-11-24', at('2026-11-24T00:40'))).toEqual(
      periodOfDays('2026-11-20', '2026-11-23'),
    );
  });

  it('are none while no hour of them is over', () => {
    expect(elapsedPeriod('2026-11-24', '2026-11-24', at('2026-11-24T00:40'))).toBeNull();
  });

  it('leave no day out, whatever days are worked', () => {
    let last = '2026-11-20';
    for (const day of ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-28', '2026-11-30']) {
      const { fromDay, toDay } = periodOf('daily', at(`${day}T08:00`), calendar);
      expect(fromDay).toBe(last);
      expect(toDay < day).toBe(true);
      last = day;
    }
  });

  it('are compared with one as long, a month with the month before', () => {
    expect(periodBefore(periodOfDays('2026-11-16', '2026-11-22'))).toEqual(
      periodOfDays('2026-11-09', '2026-11-15'),
    );
    expect(periodBefore(periodOfDays('2026-03-01', '2026-03-31'))).toEqual(
      periodOfDays('2026-02-01', '2026-02-28'),
    );
    expect(periodBefore(periodOfDays('2026-03-01', '2026-04-30'))).toEqual(
      periodOfDays('2025-12-30', '2026-02-28'),
    );
  });
});

describe('what is due', () => {
  it('comes at its time and not before, on working days alone', () => {
    expect(only('morning', '2026-11-24T07:29')).toEqual([]);
    expect(only('morning', '2026-11-24T07:30')).toEqual(['morning/2026-11-24']);
    expect(only('morning', '2026-11-26T12:00')).toEqual([]);
    expect(only('morning', '2026-11-28T12:00')).toEqual(['morning/2026-11-28']);
  });

  it('is the same period however late in the day', () => {
    expect(only('morning', '2026-11-24T23:59')).toEqual(only('morning', '2026-11-24T07:30'));
    const due = (now: string) => findDueBriefs(defaultTemplates, at(now), calendar)[0]?.period;
    expect(due('2026-11-24T11:10')).toEqual(due('2026-11-24T07:30'));
  });

  it('is caught up after an outage: dailies of the last days, no morning of yesterday', () => {
    expect(only('daily', '2026-11-25T12:00')).toEqual([
      'daily/2026-11-20/2026-11-22',
      'daily/2026-11-23/2026-11-23',
      'daily/2026-11-24/2026-11-24',
    ]);
    expect(only('morning', '2026-11-25T12:00')).toEqual(['morning/2026-11-25']);
    expect(only('weekly', '2026-11-25T12:00')).toEqual(['weekly/2026-11-16/2026-11-22']);
    expect(only('monthly', '2026-12-09T12:00')).toEqual(['monthly/2026-11-01/2026-11-30']);
    expect(only('monthly', '2026-12-25T12:00')).toEqual([]);
  });

  it('follows what the office has set', () => {
    const set = (time: Partial<BriefTemplates['kinds']['daily']['time']>): BriefTemplates => ({
      ...defaultTemplates,
      kinds: {
        ...defaultTemplates.kinds,
        daily: {
          ...defaultTemplates.kinds.daily,
          time: { ...defaultTemplates.kinds.daily.time, ...time },
        },
      },
    });
    const daily = (templates: BriefTemplates) =>
      keys('2026-11-26T08:30', templates).filter((key) => key.startsWith('daily/'));
    expect(daily(set({ days: 'every' })).at(-1)).toBe('daily/2026-11-25/2026-11-25');
    expect(daily(set({ isOn: false }))).toEqual([]);
    expect(daily(set({ at: '09:00', days: 'every' })).at(-1)).toBe('daily/2026-11-24/2026-11-24');
  });
});
