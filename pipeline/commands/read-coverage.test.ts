import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildGap, buildWindow } from '../../test/builders/completeness.ts';
import { type Office, openOffice } from '../../test/harness/office.ts';
import { Channel } from '../domain/channel.ts';
import { readCoverage } from './read-coverage.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const base = { name: '某渠道', unit: 'office', state: 'live' };
const site = (id: string, state = 'live') => ({
  ...{ ...base, id, state, kind: 'site', startUrls: ['https://www.canglan.example/'] },
  allow: [{ host: 'www.canglan.example' }],
});
const channels = [
  site('main-site'),
  { ...base, id: 'weibo', kind: 'weibo', uid: '1234567', door: 'mobile' },
  site('old-site', 'paused'),
  { ...base, id: 'douyin', kind: 'manual', platform: '抖音' },
].map((one) => Channel.parse(one));

const at = (day: number) => `2026-03-0${day}T00:00:00.000Z`;

async function register() {
  const { settings, ledger } = office.stores;
  await settings.save('channels', channels, {
    expectedVersion: await settings.readVersion(),
    ...{ actorId: null, source: 'test', at: office.clock.now(), id: randomUUID() },
  });
  for (const channelId of ['main-site', 'weibo']) {
    await ledger.closeWindow(buildWindow({ channelId, from: at(1), to: at(5) }), null);
  }
  await ledger.closeWindow(buildWindow({ channelId: 'old-site', from: at(1), to: at(2) }), null);
  for (const cause of ['comments-gate', 'failed'] as const) {
    const gap = buildGap({ id: cause, channelId: 'weibo', from: at(5), to: at(6), cause });
    const from = cause === 'failed' ? at(5) : at(6);
    await ledger.closeWindow(buildWindow({ channelId: 'weibo', from, to: at(6), gapId: gap.id }), gap);
  }
}

const days = { fromDay: '2026-03-03', toDay: '2026-03-07' };
const ids = async (asked: Parameters<typeof readCoverage>[0]) =>
  (await readCoverage(asked, office)).map(({ channelId }) => channelId);

test('of each channel, as far as it has a part in what is asked', async () => {
  await register();
  expect(await ids(days)).toEqual(['main-site', 'weibo', 'douyin', 'leads']);
  expect(await ids({ ...days, fromDay: '2026-03-01' })).toEqual([
    'main-site',
    'weibo',
    'old-site',
    'douyin',
    'leads',
  ]);
  expect(await ids({ ...days, speaker: 'public' })).toEqual(['weibo', 'douyin', 'leads']);
  expect(await ids({ ...days, channelIds: ['old-site'] })).toEqual(['old-site']);
  expect(await ids({ ...days, channelIds: ['leads'] })).toEqual(['leads']);
  await expect(ids({ ...days, channelIds: ['nowhere'] })).rejects.toMatchObject({ field: 'channels' });
});

test('comments that may not be gathered are no gap of the school’s own articles', async () => {
  await register();
  const causes = async (speaker: 'public' | 'school') => {
    const found = await readCoverage({ ...days, channelIds: ['weibo'], speaker }, office);
    return found.flatMap(({ gaps }) => gaps.map(({ cause }) => cause)).sort();
  };
  expect(await causes('public')).toEqual(['comments-gate', 'failed']);
  expect(await causes('school')).toEqual(['failed']);
});
