import { expect, it } from 'vitest';
import { checkChannels } from './doctor-channels.ts';

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
