import { describe, expect, it } from 'vitest';
import {
  compareQuery,
  formatTrendPlace,
  parseTrendPlace,
  presetsOf,
  seriesQuery,
  type TrendPlace,
  takenOfToneAndUnit,
  wholeEvidence,
  withDays,
  withFilter,
} from './trend-place.ts';
import { describeEvidence } from './trend-words.ts';

const today = '2026-11-23';
const usual = parseTrendPlace('#/trends', today);

describe('the address of a view', () => {
  it('keeps everything that a view is made of', () => {
    const place: TrendPlace = {
      ...{ tab: 'compare', fromDay: '2026-09-01', toDay: '2026-09-30', speaker: 'school' },
      ...{ filter: { channels: ['weibo', 'wechat'], topics: ['-'] }, grain: 'week', split: 'level' },
      ...{ form: 'stacked', measure: 'share', as: 'table', rows: 'unit', columns: 'kind' },
      ...{
        against: 'other',
        againstFromDay: '2026-03-01',
        evidence: 'about=items&fromDay=2026-09-01&levels=low,watch',
      },
    };
    expect(parseTrendPlace(formatTrendPlace(place), today)).toEqual(place);
  });

  it('names its days, so that tomorrow it shows the same', () => {
    expect(parseTrendPlace(formatTrendPlace(usual), '2027-02-01')).toEqual(usual);
    expect([usual.fromDay, usual.toDay]).toEqual(['2026-10-25', today]);
  });

  it.each(['#/trends/nothing?from=x&to=y', '#/trends/series?from=2026-11-05&to=2026-11-01&grain=second'])(
    'shows something for %s',
    (hash) => {
      expect(parseTrendPlace(hash, today)).toEqual(usual);
    },
  );
});

describe('what is asked', () => {
  it('is by the hour only for as many days as are answered', () => {
    const hourly: TrendPlace = { ...usual, grain: 'hour' };
    expect(withDays(hourly, '2026-11-10', '2026-11-23').grain).toBe('hour');
    expect(withDays(hourly, '2026-11-09', '2026-11-23').grain).toBe('day');
  });

  it('has lists parted by commas, and nothing of a filter that was taken out', () => {
    const narrowed = withFilter(usual, 'levels', ['watch', 'urgent']);
    expect(seriesQuery(narrowed)).toMatchObject({ levels: 'watch,urgent', speaker: 'public', split: 'none' });
    expect(seriesQuery(withFilter(narrowed, 'levels', []))).not.toHaveProperty('levels');
  });

  it('names another period only where one is asked for', () => {
    expect(compareQuery(usual)).not.toHaveProperty('againstFromDay');
    expect(compareQuery({ ...usual, against: 'other' }).againstFromDay).toBe('2026-09-25');
  });

  it('never takes tone and unit together', () => {
    expect(takenOfToneAndUnit({ ...usual, split: 'tone' })).toBe('tone');
    expect(takenOfToneAndUnit(withFilter(usual, 'units', ['library']))).toBe('unit');
    expect(takenOfToneAndUnit({ ...usual, tab: 'hours', split: 'tone' })).toBeNull();
  });

  it('offers a term only while there is one', () => {
    const term = { from: '2026-09-07', to: '2027-01-15' };
    expect(presetsOf(today, [term]).at(-1)).toEqual({ name: 'term', fromDay: '2026-09-07', toDay: today });
    expect(presetsOf('2027-02-01', [term]).some(({ name }) => name === 'term')).toBe(false);
    expect(presetsOf('2027-03-05', []).find(({ name }) => name === 'last-month')).toEqual({
      ...{ name: 'last-month', fromDay: '2027-02-01', toDay: '2027-02-28' },
    });
  });
});

describe('a query of evidence in words', () => {
  it('says what was counted, over which days, narrowed by what', () => {
    const text = wholeEvidence(
      withFilter({ ...usual, fromDay: '2026-11-03', toDay: '2026-11-03' }, 'channels', ['weibo']),
    );
    expect(describeEvidence(text, () => '官方微博')).toEqual(['公众信息', '2026年11月3日', '渠道：官方微博']);
  });

  it('names no days of what is so now', () => {
    const text = 'about=handovers&fromDay=2026-10-01&toDay=2026-11-23&moment=with-unit-now&late=yes&units=-';
    expect(describeEvidence(text, () => null)).toEqual(['目前在单位的转办单', '已超期', '单位：未归单位']);
  });
});
