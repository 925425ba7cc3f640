import { describe, expect, it } from 'vitest';
import { buildGap } from '../../test/builders/completeness.ts';
import { buildRun } from '../../test/builders/crawl.ts';
import { Channel } from './channel.ts';
import { GapCause } from './completeness.ts';
import type { CredentialFacts } from './credential.ts';
import { type LedgerFacts, ledgerNotices } from './ledger-notice.ts';

const now = '2026-11-22T04:00:00.000Z';
const base = { id: 'c', name: '官方微博', unit: 'publicity', responsible: '李老师', state: 'live' };
const weibo = Channel.parse({ ...base, kind: 'weibo', uid: '1234567', door: 'mobile' });
const site = Channel.parse({
  ...base,
  kind: 'site',
  startUrls: ['https://a.example/'],
  allow: [{ host: 'a.example' }],
});
const run = buildRun({ id: 'r', state: 'finished', outcome: 'complete', startedAt: now });

const cookie = (over: Partial<CredentialFacts> = {}): CredentialFacts => ({
  ...{
    channelId: 'c',
    kind: 'weibo-cookie',
    version: 1,
    state: 'ok',
    savedAt: now,
    reason: null,
    expiresAt: null,
  },
  ...over,
});
const inDays = (days: number) => new Date(Date.parse(now) + days * 86_400_000).toISOString();
const tellAll = (over: Partial<LedgerFacts>) =>
  ledgerNotices({ channel: weibo, now, runs: [run], openGaps: [], credentials: [cookie()], ...over });
const codes = (over: Partial<LedgerFacts>) => tellAll(over).map(({ code }) => code);

describe('credentials', () => {
  it.each([
    [null, []],
    [15, []],
    [14, ['credential-ends-14']],
    [8, ['credential-ends-14']],
    [7, ['credential-ends-7']],
    [3, ['credential-ends-3']],
    [2, ['credential-ends-3']],
    [1, ['credential-ends-1']],
    [0.2, ['credential-ends-1']],
    [0, ['credential-expired']],
    [-3, ['credential-expired']],
  ])('one that ends in %s days', (days, told) => {
    expect(codes({ credentials: [cookie({ expiresAt: days === null ? null : inDays(days) })] })).toEqual(
      told,
    );
  });
  it('one that is refused, or not there', () => {
    expect(codes({ credentials: [cookie({ state: 'refused' })] })).toEqual(['credential-refused']);
    expect(codes({ credentials: [] })).toEqual(['credential-missing']);
    expect(codes({ channel: site, credentials: [] })).toEqual([]);
  });
  it('names the person and the days', () => {
    const [notice] = tellAll({ credentials: [cookie({ expiresAt: inDays(2.5) })] });
    expect(notice?.words).toBe('登录凭证还有 3 天到期。到期前请李老师重新登录并更新凭证，以免漏采。');
    expect(notice?.says).toContain('李老师');
  });
});

it('tells every cause of a gap, with the time on a Shanghai clock and what to do', () => {
  for (const cause of GapCause.options) {
    const gap = buildGap({ from: '2026-11-22T01:00:00.000Z', to: '2026-11-22T02:00:00.000Z', cause });
    const [notice, ...others] = tellAll({ openGaps: [gap] });
    expect([notice?.code, others]).toEqual([`gap-${cause}`, []]);
    expect(notice?.words).toMatch(/^2026-11-22 09:00 至 2026-11-22 10:00 可能有遗漏：.+。.*请.+。$/);
    expect(notice?.says).toContain(gap.nextStep);
  }
});

it('what no run can find any more is imported by hand', () => {
  const gap = buildGap({ from: now, to: inDays(1), cause: 'no-run', inReachSince: null });
  expect(tellAll({ openGaps: [gap] })[0]?.words).toContain('人工导入');
});

it('a channel that rests after failures in a row, until it is tried again', () => {
  const failed = [0, 1, 2].map((hour) =>
    buildRun({
      id: `${hour}`,
      state: 'finished',
      outcome: 'failed',
      startedAt: new Date(Date.parse(now) - hour * 3_600_000).toISOString(),
    }),
  );
  const [notice] = tellAll({ channel: site, runs: failed });
  expect(notice).toMatchObject({
    code: 'breaker-open',
    words: '连续 3 次采集失败，暂缓到 2026-11-22 14:00 再试。',
  });
  expect(codes({ channel: site, runs: failed, now: inDays(1) })).toEqual([]);
});

it('a channel that was never crawled; one that is not crawled at all', () => {
  expect(codes({ runs: [] })).toEqual(['never-run']);
  expect(codes({ channel: { ...weibo, state: 'paused' }, runs: [], credentials: [] })).toEqual([]);
});
