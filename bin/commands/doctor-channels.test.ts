import { expect, it } from 'vitest';
import { checkChannels, checkRegister } from './doctor-channels.ts';

const notice = (channelId: string) => ({
  ...({
    channelId,
    code: 'never-run',
    words: '还没有采集过。',
    says: 'was never crawled',
    url: null,
  } as const),
});

it('says whether channels are read in full, and of which it is not so', () => {
  expect(checkChannels({})).toMatchObject({ mark: 'warn', says: 'not checked: see database' });
  expect(checkChannels({ notices: [] }).mark).toBe('ok');
  expect(checkChannels({ notices: [notice('a')] }).says).toBe(
    'a: was never crawled (guanlan channel status)',
  );
  const { mark, says } = checkChannels({ notices: ['a', 'b', 'c', 'd', 'e'].map(notice) });
  expect([mark, says]).toEqual([
    'warn',
    expect.stringMatching(/^a: .* \| c: was never crawled … and 2 more/),
  ]);
});

it('says what has gone quiet and what the register lacks', () => {
  expect(checkRegister({})).toMatchObject({ mark: 'warn' });
  expect(checkRegister({ registerNotices: [] }).mark).toBe('ok');
  const silent = { code: 'silent-account', words: '', says: 'silent for 20 days', url: null } as const;
  expect(checkRegister({ registerNotices: [{ channelId: 'weibo', ...silent }] })).toEqual({
    mark: 'warn',
    says: 'weibo: silent for 20 days',
  });
});
