import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { buildRun } from '../../test/builders/crawl.ts';
import { buildFinding, buildGathered, buildVerdict } from '../../test/builders/post.ts';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { until } from '../../test/harness/until.ts';
import { openChineseCalendar } from '../adapters/chinese-calendar.ts';
import { FileBlobStore } from '../adapters/files/blob-store.ts';
import { MemoryQueue } from '../adapters/memory-queue.ts';
import { openStores } from '../adapters/open-stores.ts';
import { Channel } from '../domain/channel.ts';
import type { Gap } from '../domain/completeness.ts';
import { dayBefore } from '../domain/time.ts';
import type { Stores } from '../ports/index.ts';
import { type HousePorts, startHousekeeping } from './keep-house.ts';

const clock = new FakeClock('2026-11-22T04:00:00.000Z');
let folder: string;
let stores: Stores;
let ports: HousePorts;
let told: string[];
let failed: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guanlan-house-'));
  stores = openStores(folder, clock);
  told = [];
  failed = [];
  ports = {
    ...{ stores, clock, blobs: await FileBlobStore.open(join(folder, 'blobs')) },
    queue: new MemoryQueue(),
    calendar: openChineseCalendar(stores.settings),
    sign: () => ({ kid: 'test', signature: 'test' }),
    deliver: ({ topic }) => void told.push(topic),
    onError: (task, error) => void failed.push(`${task}: ${String(error)}`),
  };
});
afterEach(async () => {
  await stores.close();
  rmSync(folder, { recursive: true, force: true });
});

async function changeUnits(id: string): Promise<void> {
  const expectedVersion = await stores.settings.readVersion();
  const change = { expectedVersion, actorId: null, source: 'test', at: clock.now(), id: clock.newId() };
  await stores.settings.save('units', [{ id, name: id, aliases: [], topics: [], places: [] }], change);
}
const linked = async () => (await stores.audit.countUnlinked('audit')) === 0;

it('tells what happened and links the chains', async () => {
  await changeUnits('library');
  const house = startHousekeeping(ports, 'one');
  await until('the fact to be told and linked', async () => told.length === 1 && (await linked()));
  await house.stop();
  expect(told).toEqual(['settings.changed']);
  expect(failed).toEqual([]);
});

it('is left to the process that is at it, which gives it back when it ends', async () => {
  const first = startHousekeeping(ports, 'one');
  await until('the lease', async () => (await heldBy('two')) === null);
  const second = startHousekeeping({ ...ports, deliver: () => void told.push('by the second') }, 'two');
  await changeUnits('library');
  await until('the fact to be told', () => told.length === 1);
  expect(told).toEqual(['settings.changed']);
  await second.stop();
  await first.stop();
  expect(await heldBy('two')).not.toBeNull();
});

it('is taken up when the process that was at it has died', async () => {
  await stores.leases.acquire('housekeeping', 'killed', clock.now(), 15_000);
  clock.advance(15_001);
  await changeUnits('library');
  const house = startHousekeeping(ports, 'one');
  await until('the fact to be told', () => told.length === 1);
  await house.stop();
});

/** Null while another process has the lease. */
async function heldBy(owner: string) {
  const lease = await stores.leases.acquire('housekeeping', owner, clock.now(), 1000);
  if (lease !== null) await stores.leases.release(lease, owner);
  return lease;
}

it('tells which rules fire far above their own history, and of no other', async () => {
  const gather = async (id: string, day: string) => {
    const post = buildGathered({ externalId: id, publishedAt: `${day}T02:00:00.000Z` });
    await stores.posts.storePosts([{ post, snapshotHash: null }], clock.now());
    const findings = [buildFinding({ id: 'fraud.loan' })];
    const judged = { postId: `main-site:article:${id}`, textVersion: 1, tokens: [], caseId: clock.newId() };
    await stores.posts.storeJudgements([{ ...judged, verdict: buildVerdict({ findings }) }], clock.now());
  };
  const today = clock.now().slice(0, 10);
  for (let ago = 1; ago <= 20; ago += 1) await gather(`quiet-${ago}`, dayBefore(today, ago));
  const rounds: (readonly string[])[] = [];
  ports.onRuleAlarms = (ruleIds) => void rounds.push(ruleIds);
  const quiet = startHousekeeping(ports, 'one');
  await until('the first look', () => rounds.length === 1);
  await quiet.stop();
  for (let index = 0; index < 12; index += 1) await gather(`burst-${index}`, today);
  const burst = startHousekeeping(ports, 'one');
  await until('the second look', () => rounds.length === 2);
  await burst.stop();
  expect(rounds).toEqual([[], ['fraud.loan']]);
});

it('tells once a day how long comments may be gathered (R21)', async () => {
  const told: string[][] = [];
  const onReminders = (reminders: readonly { code: string }[]) =>
    void told.push(reminders.map(({ code }) => code));
  const keepFor = async (days: number) => {
    const before = told.length;
    const house = startHousekeeping({ ...ports, onReminders }, 'one');
    await until('the reminders', () => told.length > before);
    await house.stop();
    clock.advance(days * 86_400_000);
  };
  await keepFor(0);
  const governance = {
    ...{ school: '沧澜', controller: '沧澜', independentReviewer: '纪检', noticeUrl: 'https://a.cn/' },
    impactAssessment: { signedOn: '2026-01-01', expiresOn: '2026-12-31' },
    studentNumberPattern: null,
    restrictedSeries: [],
    contact: null,
    manyReadsPerDay: 60,
  };
  const change = { expectedVersion: 0, actorId: null, source: 'test', at: clock.now(), id: clock.newId() };
  await stores.settings.save('governance', governance, change);
  await keepFor(30);
  await keepFor(30);
  await keepFor(0);
  expect(told).toEqual([['comments-off'], ['assessment-ends-60'], ['assessment-ends-30'], ['comments-off']]);
});

it('closes the windows of the ledger, and tells of a gap', async () => {
  const site = {
    id: 'c',
    kind: 'site',
    name: 'c',
    unit: 'u',
    state: 'live',
    startUrls: ['https://a.example/'],
  };
  const channel = Channel.parse({ ...site, allow: [{ host: 'a.example' }] });
  const change = { actorId: null, source: 'test', at: clock.now(), id: clock.newId() };
  await stores.settings.save('channels', [channel], { ...change, expectedVersion: 0 });
  const at = new Date(Date.parse(clock.now()) - 3 * 3_600_000).toISOString();
  const ended = { state: 'finished', outcome: 'failed', startedAt: at, endedAt: at } as const;
  await stores.ledger.startRun(buildRun({ id: 'r', channelId: 'c', ...ended, nextStep: 'somebody: look' }));
  const gaps: Gap[] = [];
  const house = startHousekeeping({ ...ports, onGaps: ({ opened }) => void gaps.push(...opened) }, 'one');
  await until('the gap to be told', () => gaps.length > 0);
  await house.stop();
  expect(gaps).toMatchObject([{ channelId: 'c', cause: 'failed', nextStep: 'somebody: look' }]);
});
