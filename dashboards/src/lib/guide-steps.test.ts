import { describe, expect, it } from 'vitest';
import type { Guide } from '../../../review-api/contract/guide.ts';
import { findCurrent, isReading, readAddress, stateOf } from './guide-steps.ts';

const empty: Guide = {
  site: { crawled: [], arrived: [], mayAdd: true },
  people: { accounts: 1, units: 3, hasReviewer: true },
  credentials: [],
  assessment: {
    missing: [{ words: '公开告知的网址', says: 'the address of the public notice' }],
    endsOn: null,
  },
};
const site = { id: 'main-site', name: '官网', kind: 'site', lastRun: null } as const;

describe('the plateaus', () => {
  it('are ticked by what there is', () => {
    expect(findCurrent(empty, [])).toBe('site');
    const read = { ...empty, site: { ...empty.site, crawled: [site] } };
    expect(findCurrent(read, [])).toBe('people');
    const staffed = { ...read, people: { ...empty.people, accounts: 2 } };
    expect(findCurrent(staffed, [])).toBe('credentials');
    const assessed = { ...staffed, assessment: { missing: [], endsOn: '2027-01-31' } };
    expect(findCurrent(assessed, ['credentials'])).toBeNull();
  });

  it('one person who does everything is no office yet, and two who decide nothing are none', () => {
    expect(stateOf('people', empty, [])).toBe('open');
    const people = { ...empty.people, accounts: 4, hasReviewer: false };
    expect(stateOf('people', { ...empty, people }, [])).toBe('open');
  });

  it('one that was put off is done once it is', () => {
    expect(stateOf('site', empty, ['site'])).toBe('skipped');
    expect(stateOf('site', { ...empty, site: { ...empty.site, crawled: [site] } }, ['site'])).toBe('done');
  });

  it('credentials are done when every channel that asks for one is let in', () => {
    const weibo = { channelId: 'weibo', name: '微博', kind: 'weibo' } as const;
    const standing = (one: 'ok' | 'expiring' | 'missing') =>
      stateOf('credentials', { ...empty, credentials: [{ ...weibo, standing: one }] }, []);
    expect([standing('ok'), standing('expiring'), standing('missing')]).toEqual(['done', 'done', 'open']);
  });
});

it('asks again while a site’s first run has not ended', () => {
  expect(isReading(empty)).toBe(false);
  expect(isReading({ ...empty, site: { ...empty.site, crawled: [site] } })).toBe(true);
  const weibo = { ...site, kind: 'weibo' } as const;
  expect(isReading({ ...empty, site: { ...empty.site, crawled: [weibo] } })).toBe(false);
});

it.each([
  ['www.canglan.edu.cn', 'https://www.canglan.edu.cn/'],
  [' http://www.canglan.edu.cn/index.htm ', 'http://www.canglan.edu.cn/index.htm'],
  ['', null],
  ['沧澜师范学院', null],
  ['www.canglan.edu.cn 官网', null],
])('takes %s for an address', (typed, address) => {
  expect(readAddress(typed)).toBe(address);
});
