import { describe, expect, it } from 'vitest';
import { emptySchoolCalendar, type SchoolCalendar } from '../domain/school-calendar.ts';
import { openChineseCalendar } from './chinese-calendar.ts';
import { assembleSettings } from './settings-version.ts';

/** A settings store that counts how often it is read whole. */
function countingSettings() {
  const store = { version: 1, calendar: emptySchoolCalendar as SchoolCalendar, reads: 0 };
  const settings = {
    readVersion: async () => store.version,
    read: async () => {
      store.reads += 1;
      return { ...assembleSettings(store.version, []), calendar: store.calendar };
    },
  };
  return { store, settings };
}

describe('the official table', () => {
  it.each([
    ['2025-01-26', true, 'a Sunday that makes up for Spring Festival'],
    ['2025-10-08', false, 'the last day of National Day and Mid-Autumn'],
    ['2026-01-04', true, 'a Sunday that makes up for New Year'],
    ['2026-02-16', false, 'the eve of Spring Festival'],
    ['2026-04-06', false, 'the Monday after Qingming'],
    ['2026-06-19', false, 'Dragon Boat'],
    ['2026-09-20', true, 'a Sunday that makes up for National Day'],
    ['2026-10-10', true, 'a Saturday that makes up for it'],
    ['2026-11-23', true, 'a plain Monday'],
  ])('%s worked: %s (%s)', async (day, worked) => {
    const calendar = await openChineseCalendar(countingSettings().settings).read();
    expect(calendar.isWorkingDay(day)).toBe(worked);
    expect(calendar.isKnown(day)).toBe(true);
  });

  it('ends with the last year that was published', async () => {
    const calendar = await openChineseCalendar(countingSettings().settings).read();
    expect([calendar.isKnown('2003-06-01'), calendar.isKnown('2099-06-01')]).toEqual([false, false]);
  });
});

it('is made anew only when the settings have changed', async () => {
  const { store, settings } = countingSettings();
  const source = openChineseCalendar(settings);
  expect((await source.read()).isWorkingDay('2026-03-03')).toBe(true);
  expect(await source.read()).toBe(await source.read());
  expect(store.reads).toBe(1);
  store.calendar = { ...emptySchoolCalendar, daysOff: [{ name: '校庆', from: '2026-03-03' }] };
  store.version = 2;
  expect((await source.read()).isWorkingDay('2026-03-03')).toBe(false);
  expect(store.reads).toBe(2);
});
