import { describe, expect, it } from 'vitest';
import { WeiboChannel } from '../../../pipeline/domain/channel.ts';
import { compareIds, firstIdOf, instantOfId, refineTime } from './id-time.ts';
import { allotmentsFor, nextCommentsLook, nextStatusLook, priorityOf } from './plan-calls.ts';

const now = '2026-11-22T04:00:00.000Z';
const hourMs = 3_600_000;
const hoursAgo = (hours: number) => new Date(Date.parse(now) - hours * hourMs).toISOString();
const hoursUntil = (at: string) => (Date.parse(at) - Date.parse(now)) / hourMs;
const channel = (door: WeiboChannel['door'], more: object = {}) =>
  WeiboChannel.parse({
    ...{ kind: 'weibo', id: 'weibo', name: '官方微博', unit: 'publicity', state: 'live' },
    ...{ uid: '6012345678', door, ...more },
  });

describe('when to look under a status again', () => {
  it.each([
    ['mobile', 0.5, 1],
    ['mobile', 24, 6],
    ['mobile', 24 * 40, 240],
    ['mobile', 24 * 80, 336],
    ['mobile', 24 * 91, 720],
    ['open-platform', 0.5, 1],
    ['open-platform', 24, 24],
    ['open-platform', 24 * 30, 336],
  ] as const)('%s: quiet for %d hours, in %d', (door, quiet, hours) => {
    expect(hoursUntil(nextCommentsLook(channel(door), hoursAgo(quiet), now))).toBeCloseTo(hours);
  });

  it('does not spare the calls of an account that has many', () => {
    const plenty = channel('open-platform', { callsPerDay: 50_000 });
    expect(hoursUntil(nextCommentsLook(plenty, hoursAgo(24), now))).toBe(6);
  });

  it('takes about ten looks in the first month where calls are few', () => {
    const published = Date.parse(now);
    let at = now;
    let looks = 0;
    for (; Date.parse(at) - published < 30 * 24 * hourMs; looks += 1)
      at = nextCommentsLook(channel('open-platform'), now, at);
    expect(looks).toBeGreaterThan(6);
    expect(looks).toBeLessThanOrEqual(12);
  });

  it('looks at a status by itself daily, weekly, monthly', () => {
    const days = [1, 10, 100].map((age) => hoursUntil(nextStatusLook(hoursAgo(24 * age), now)) / 24);
    expect(days).toEqual([1, 7, 30]);
  });
});

describe('which goes first', () => {
  it('the newest, and among them the liveliest', () => {
    const statuses = [
      { published: hoursAgo(1), comments: 100 },
      { published: hoursAgo(1), comments: 0 },
      { published: hoursAgo(8), comments: 0 },
      { published: hoursAgo(40), comments: 3 },
      { published: hoursAgo(24 * 5), comments: 0 },
      { published: hoursAgo(24 * 20), comments: 5000 },
      { published: hoursAgo(24 * 20), comments: 5 },
      { published: hoursAgo(24 * 400), comments: 5 },
    ];
    const order = statuses.map((status) => priorityOf(status, now));
    expect(order).toEqual([9, 7, 6, 5, 3, 2, 1, 0]);
  });
});

describe('how the calls of a day are shared out', () => {
  it('keeps enough for the lists, and spreads the rest', () => {
    const ordinary = channel('open-platform');
    expect(allotmentsFor(ordinary, true)).toMatchObject([{ name: 'day', limit: 100, whenSpent: 'end' }]);
    const details = allotmentsFor(ordinary, false);
    expect(details).toMatchObject([
      { name: 'details', limit: 4, windowMs: 2 * hourMs, whenSpent: 'wait' },
      { name: 'day', limit: 100 },
    ]);
    // Lists of 24 runs, and twelve parts of the day.
    expect(24 * 2 + 12 * (details[0]?.limit ?? 0)).toBeLessThanOrEqual(100);
  });

  it('leaves something for details however often the lists are read', () => {
    const hasty = channel('open-platform', { everyMinutes: 5 });
    expect(allotmentsFor(hasty, false)[0]?.limit).toBeGreaterThanOrEqual(1);
  });

  it('knows no limit of calls at the mobile door', () => {
    expect(allotmentsFor(channel('mobile'), false)).toEqual([]);
  });
});

describe('what an id tells', () => {
  it.each([
    ['4383411844046171', '2019-06-15T03:44:46.000Z'],
    ['4857881961438732', '2023-01-14T10:39:37.000Z'],
  ])('%s was given at %s', (id, at) => {
    expect(instantOfId(id)).toBe(at);
    expect(compareIds(firstIdOf(at), id)).toBeLessThanOrEqual(0);
    expect(compareIds(firstIdOf(new Date(Date.parse(at) + 1000).toISOString()), id)).toBe(1);
  });

  it('nothing where it is no id of that kind', () => {
    for (const id of ['11', '99999999999999999999', 'HyTZc60ew', '1000000000000000'])
      expect(instantOfId(id)).toBeNull();
  });

  it('the second, where the page says the day or the hour, and the two agree', () => {
    const id = '4857881961438732';
    const day = { publishedAt: '2023-01-13T16:00:00.000Z', publishedPrecision: 'day' as const };
    const hour = { publishedAt: '2023-01-14T11:20:00.000Z', publishedPrecision: 'minute' as const };
    const second = { publishedAt: '2023-01-14T10:39:37.000Z', publishedPrecision: 'second' };
    expect(refineTime(day, id)).toEqual(second);
    expect(refineTime(hour, id)).toEqual(second);
    const other = { ...day, publishedAt: '2026-01-13T16:00:00.000Z' };
    expect(refineTime(other, id)).toBe(other);
    expect(refineTime(null, id)).toBeNull();
  });
});
