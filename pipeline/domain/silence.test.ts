import { describe, expect, it } from 'vitest';
import { Channel } from './channel.ts';
import { findRegisterGaps, findSilence } from './silence.ts';

const now = '2026-11-23T02:00:00.000Z';
const daysAgo = (days: number) => new Date(Date.parse(now) - days * 86_400_000).toISOString();
const filing = { number: '沧备2026-018', filedOn: '2026-03-01' };
const account = (more: object = {}) =>
  Channel.parse({
    ...{ id: 'wb', kind: 'weibo', name: '官方微博', unit: 'press', state: 'live' },
    ...{ uid: '1234567890', door: 'import', account: '沧澜师范学院', filing, ...more },
  });
const site = (more: object = {}) =>
  Channel.parse({
    ...{ id: 'main', kind: 'site', name: '学校官网', unit: 'press', state: 'live' },
    ...{
      startUrls: ['https://www.canglan.example/'],
      allow: [{ host: 'www.canglan.example' }],
      filing,
      ...more,
    },
  });
const codes = (found: { code: string }[]) => found.map(({ code }) => code);
const none = { newestItemAt: null, columns: [] };

describe('silence', () => {
  it.each([
    [13.9, []],
    [14, ['silent-account']],
    [400, ['silent-account']],
  ])('of an account for %d days', (days, expected) => {
    expect(codes(findSilence(account(), { ...none, newestItemAt: daysAgo(days) }, now))).toEqual(expected);
  });

  it('of a column, after six calendar months, is told with its address', () => {
    const url = 'https://www.canglan.example/tz.htm';
    const columns = [
      { url, newestItemAt: '2026-05-22T15:59:00.000Z' },
      { url: `${url}?2`, newestItemAt: '2026-05-23T00:00:00.000Z' },
    ];
    expect(findSilence(site(), { ...none, columns }, now)).toMatchObject([{ code: 'silent-column', url }]);
  });

  it('is not concluded where nobody has seen a date, nor of what is not in use', () => {
    expect(findSilence(account(), none, now)).toEqual([]);
    for (const state of ['not-connected', 'paused', 'deregistered']) {
      expect(findSilence(account({ state }), { ...none, newestItemAt: daysAgo(90) }, now)).toEqual([]);
    }
  });
});

describe('what the register lacks', () => {
  const today = '2026-11-23';
  it.each([
    ['all there is', account({ reviewedOn: '2026-06-01' }), []],
    ['no filing and no review', account({ filing: undefined }), ['filing-missing', 'review-unknown']],
    ['no account name', account({ account: undefined }), ['account-missing']],
    ['a site needs no account', site(), []],
    ['a review that was due yesterday', account({ reviewedOn: '2025-11-22' }), ['review-due']],
    ['a review that is due today', account({ reviewedOn: '2025-11-23' }), ['review-soon']],
    ['a review in 31 days', account({ reviewedOn: '2025-12-24' }), []],
    ['nothing is asked of what is closed', account({ state: 'deregistered', filing: undefined }), []],
  ])('%s', (_name, channel, expected) => {
    expect(codes(findRegisterGaps(channel, today))).toEqual(expected);
  });
});
