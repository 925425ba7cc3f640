import { describe, expect, it } from 'vitest';
import { buildRun } from '../../test/builders/crawl.ts';
import { breakerUntil, intervalOf, nextRun } from './cadence.ts';
import { type CrawledChannel, FeedChannel, WeiboChannel } from './channel.ts';
import type { CrawlRun } from './crawl.ts';

const minuteMs = 60_000;
const start = Date.parse('2026-11-22T12:00:00.000Z');
const ago = (minutes: number) => new Date(start - minutes * minuteMs).toISOString();
const base = { id: 'c', name: '渠道', unit: 'u', state: 'live', everyMinutes: 60 };
const feed = FeedChannel.parse({
  ...base,
  kind: 'feed',
  feed: { from: 'own', url: 'https://a.example/rss' },
});
const weibo = WeiboChannel.parse({ ...base, kind: 'weibo', uid: '1234567', door: 'mobile' });

const ended = (minutes: number, over: Partial<CrawlRun> = {}) =>
  buildRun({ id: `${minutes}`, state: 'finished', startedAt: ago(minutes), outcome: 'complete', ...over });
/** The newest began at twelve; newest first. */
const series = (count: number, every: number, over: Partial<CrawlRun> = {}) =>
  Array.from({ length: count }, (_, index) => ended(index * every, over));
const minutesAfterNoon = (at: string) => (Date.parse(at) - start) / minuteMs;
const next = (
  runs: CrawlRun[],
  over: { channel?: CrawledChannel; credentialSavedAt?: string; jitter?: number } = {},
) => {
  const { at, why } = nextRun({ channel: feed, runs, credentialSavedAt: null, jitter: 0, ...over });
  return [minutesAfterNoon(at), why];
};

describe('the interval', () => {
  it.each([
    ['no history', [], 60],
    ['nothing new', series(8, 60), 60],
    ['a few', series(8, 60, { created: 9 }), 60],
    ['busy', series(8, 60, { created: 10 }), 30],
    ['busy, and read twice as often already', series(8, 30, { created: 5 }), 30],
    ['very busy', series(8, 60, { created: 40 }), 15],
    ['very busy, and read four times as often already', series(8, 15, { created: 10 }), 15],
    ['a first crawl of an archive', [ended(0), ended(60), ended(120, { created: 5000 })], 60],
    [
      'one storm among quiet hours',
      [ended(0, { created: 900 }), ...series(7, 60).map((run) => ({ ...run, startedAt: ago(60) }))],
      60,
    ],
  ])('%s', (_name, runs, minutes) => {
    expect(intervalOf(feed, runs) / minuteMs).toBe(minutes);
  });
  it('is never under five minutes, unless the register says so', () => {
    expect(intervalOf({ ...feed, everyMinutes: 10 }, series(8, 10, { created: 90 })) / minuteMs).toBe(5);
    expect(intervalOf({ ...feed, everyMinutes: 5 }, series(8, 5, { created: 90 })) / minuteMs).toBe(5);
  });
  it('stays where the platform counts calls by the day', () => {
    const counted = WeiboChannel.parse({ ...weibo, door: 'open-platform' });
    expect(intervalOf(counted, series(8, 60, { created: 90 })) / minuteMs).toBe(60);
  });
});

const failed = { outcome: 'failed' } as const;
const noCredential = { outcome: 'credential' } as const;

describe('the next run', () => {
  it.each<[string, CrawlRun[], number, string]>([
    ['after a good one', series(3, 60), 60, 'cadence'],
    ['after one that failed', [ended(0, failed), ended(60)], 60, 'cadence'],
    ['cut off: at once', [ended(0, { state: 'interrupted', outcome: null }), ended(60)], 0, 'cut-off'],
    ['stopped by hand: at once', [ended(0, { state: 'stopped', outcome: 'partial' })], 0, 'cut-off'],
    ['asked to wait', [ended(0, { outcome: 'refused', retryAt: ago(-90) })], 90, 'asked-to-wait'],
    [
      'asked to wait for less than the interval',
      [ended(0, { outcome: 'partial', retryAt: ago(-20) })],
      60,
      'cadence',
    ],
    ['three failed', [...series(3, 60, failed), ended(180)], 120, 'breaker'],
    ['four failed', [...series(4, 60, { outcome: 'refused' }), ended(240)], 240, 'breaker'],
    ['many failed: six hours at most', series(12, 60, failed), 360, 'breaker'],
    [
      'three that ended their process',
      series(3, 60, { state: 'interrupted', outcome: null }),
      120,
      'breaker',
    ],
    ['the probe went through', [ended(0), ...series(12, 60, failed)], 60, 'cadence'],
    ['no credential: one probe a day', [ended(0, noCredential)], 1440, 'credential'],
  ])('%s', (_name, runs, minutes, why) => {
    expect(next(runs)).toEqual([minutes, why]);
  });
  it('a new credential ends the waiting, an old one does not', () => {
    const runs = [ended(0, noCredential)];
    expect(next(runs, { credentialSavedAt: ago(-7) })).toEqual([7, 'credential']);
    expect(next(runs, { credentialSavedAt: ago(7) })).toEqual([1440, 'credential']);
  });
  it('chance adds up to a tenth', () => {
    expect(next(series(2, 60), { jitter: 1 })).toEqual([66, 'cadence']);
    expect(next(series(3, 60, failed), { jitter: 0.5 })).toEqual([126, 'breaker']);
  });
  it('a channel that reads but once a week does not back off for less', () => {
    expect(next(series(3, 60, failed), { channel: { ...feed, everyMinutes: 10_080 } })).toEqual([
      10_080,
      'breaker',
    ]);
  });
});

it('tells until when the breaker is open', () => {
  const facts = { channel: feed, credentialSavedAt: null };
  expect(breakerUntil({ ...facts, runs: series(3, 60) })).toBeNull();
  expect(breakerUntil({ ...facts, runs: series(3, 60, failed) })).toBe('2026-11-22T14:00:00.000Z');
});
