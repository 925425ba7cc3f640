import { describe, expect, it } from 'vitest';
import { GatheredPost } from '../../../pipeline/domain/post.ts';
import { bucketHour } from '../../../pipeline/domain/time.ts';
import { gatherMonths } from './gather-months.ts';
import { type MonthItem, monthMatters, writeLabelledMonths, writeQuietMonths } from './labelled-months.ts';
import { schoolPeriods } from './school-year.ts';

const year = writeLabelledMonths({ seed: 1 });
const isPublic = ({ kind }: MonthItem) => kind === 'comment' || kind === 'lead';
const remarks = year.filter(isPublic);
const perDay = (items: readonly MonthItem[], from: string, to: string) => {
  const days = new Set(
    items.map(({ at }) => bucketHour(at).slice(0, 10)).filter((day) => from <= day && day <= to),
  );
  return items.filter(({ at }) => days.has(bucketHour(at).slice(0, 10))).length / Math.max(1, days.size);
};

describe('a year of an invented school', () => {
  it('is the same again from the same seed, and another from another', () => {
    const some = { from: '2025-11-01', days: 20 };
    const told = (seed: number) =>
      writeLabelledMonths({ seed, ...some }).map(({ at, text }) => `${at} ${text}`);
    expect(told(7)).toEqual(told(7));
    expect(told(7)).not.toEqual(told(8));
  });

  it('holds tens of thousands of remarks in order, each under something that stood there before', () => {
    expect(remarks.length).toBeGreaterThan(25_000);
    expect(remarks.length).toBeLessThan(60_000);
    expect(year.map(({ at }) => at)).toEqual(year.map(({ at }) => at).sort());
    const at = new Map(year.map((item) => [item.key, item.at]));
    expect(at.size).toBe(year.length);
    const astray = year.filter(
      ({ kind, under, at: said }) => kind === 'comment' && !((at.get(under) ?? '~') <= said),
    );
    expect(astray).toEqual([]);
    expect(remarks.filter(({ kind, under }) => kind === 'comment' && under === '')).toEqual([]);
  });

  it('says hardly anything twice, and leaves no slot open', () => {
    const texts = remarks.map(({ text }) => text).filter((text) => text.length > 6);
    expect(new Set(texts).size / texts.length).toBeGreaterThan(0.97);
    expect(texts.filter((text) => /[{}]/.test(text))).toEqual([]);
  });

  it('lives by the hour of the week and the season', () => {
    const quiet = writeQuietMonths({ seed: 2, days: 180 }).filter(isPublic);
    const byHour = (hour: number) =>
      quiet.filter(({ at }) => Number(bucketHour(at).slice(11)) === hour).length;
    expect(byHour(12)).toBeGreaterThan(2 * byHour(9));
    expect(byHour(22)).toBeGreaterThan(10 * byHour(4));
    const ordinary = perDay(quiet, '2025-11-01', '2025-11-30');
    expect(ordinary).toBeGreaterThan(80);
    expect(perDay(quiet, '2025-09-01', '2025-09-05')).toBeGreaterThan(1.7 * ordinary);
    expect(perDay(quiet, '2026-02-01', '2026-02-20')).toBeLessThan(0.5 * ordinary);
    expect(quiet.filter(({ label }) => label !== 'none')).toEqual([]);
  });
});

it('can write down its year for the calendar', () => {
  const periods = schoolPeriods(2025);
  expect(periods.find(({ name }) => name === '国庆')).toMatchObject({ from: '2025-10-01', to: '2025-10-07' });
  expect(periods.find(({ name }) => name === '招生咨询')).toMatchObject({
    from: '2026-06-24',
    to: '2026-07-31',
  });
  expect(periods.filter(({ from, to }) => from > to)).toEqual([]);
});

describe('the matters', () => {
  it('are all there, small and large, as long as they grow', () => {
    for (const { name, growth, size } of monthMatters) {
      const own = remarks.filter(({ label }) => label === name);
      expect(own.length, name).toBe(growth === 'small' ? 4 : size);
      const hours = (Date.parse(own.at(-1)?.at ?? '') - Date.parse(own[0]?.at ?? '')) / 3_600_000;
      expect(hours, name).toBeLessThan({ small: 4, sudden: 48, 'two-waves': 168, slow: 288 }[growth]);
    }
    const houses = ['hot-water-east', 'power-cut-east'].map((name) =>
      remarks.filter(({ label }) => label === name),
    );
    expect((houses[0]?.at(-1)?.at ?? '') > (houses[1]?.[0]?.at ?? '~'), 'two of one place overlap').toBe(
      true,
    );
  });

  it('are named by phrases that people say', () => {
    for (const { name, phrases, said } of monthMatters) {
      expect(
        phrases.filter((phrase) => !said.includes(phrase)),
        name,
      ).toEqual([]);
    }
  });
});

it('can be handed in as a source would', () => {
  const items = gatherMonths(year.slice(0, 200));
  expect(items.map(({ post }) => GatheredPost.parse(post).externalId)).toEqual(
    year.slice(0, 200).map(({ key }) => key),
  );
});
