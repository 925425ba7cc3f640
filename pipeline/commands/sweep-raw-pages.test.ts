import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { buildOutcome } from '../../test/builders/crawl.ts';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { FileBlobStore } from '../adapters/files/blob-store.ts';
import { openStores } from '../adapters/open-stores.ts';
import type { Ports } from '../ports/index.ts';
import { purgeRawPages, sweepRawPages } from './sweep-raw-pages.ts';

const hourMs = 3_600_000;
let folder: string;
let clock: FakeClock;
let stores: Ports['stores'];
let blobs: FileBlobStore;
let unnamed: Map<string, string>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guanlan-raw-pages-'));
  clock = new FakeClock();
  stores = openStores(folder, clock);
  blobs = await FileBlobStore.open(join(folder, 'blobs'));
  unnamed = new Map();
  await stores.settings.save(
    'channels',
    [{ id: 'main-site', kind: 'manual', platform: 'x', name: '官网', unit: 'publicity', state: 'live' }],
    { expectedVersion: 0, actorId: null, source: 'seed:test', at: clock.now(), id: clock.newId() },
  );
});
afterEach(async () => {
  await stores.close();
  rmSync(folder, { recursive: true });
});

const put = (bytes: string) => blobs.put('raw-page', Buffer.from(bytes));
const left = () => blobs.list('raw-page');
const sweep = () => sweepRawPages({ stores, blobs, clock }, unnamed);

async function settle(path: string, state: 'unknown-page' | 'done', snapshotHash: string | null) {
  const url = `https://www.canglan.example${path}`;
  await stores.ledger.discover('main-site', [{ url, role: 'article', pageNumber: 0 }], clock.now());
  const outcome = buildOutcome({ state, snapshotHash, attempts: 1, fetchedAt: clock.now() });
  await stores.ledger.settle('main-site', url, outcome);
}

it('erases a raw page whose page is known by now, and leaves what a row names', async () => {
  const learnt = await put('learnt');
  const unknown = await put('unknown');
  await settle('/learnt', 'unknown-page', learnt);
  await settle('/unknown', 'unknown-page', unknown);
  await settle('/learnt', 'done', null);
  expect(await sweep()).toBe(0);
  clock.advance(6 * hourMs);
  expect(await sweep()).toBe(1);
  expect(await left()).toEqual([unknown]);
  clock.advance(6 * hourMs);
  expect(await sweep()).toBe(0);
});

it('takes a second look: a page that is just being stored gets its row', async () => {
  const hash = await put('being stored');
  expect(await sweep()).toBe(0);
  clock.advance(1000);
  expect(await sweep()).toBe(0);
  await settle('/a', 'unknown-page', hash);
  clock.advance(6 * hourMs);
  expect(await sweep()).toBe(0);
  // Named meanwhile: what was seen before no longer counts.
  await settle('/a', 'done', null);
  expect(await sweep()).toBe(0);
  expect(await left()).toEqual([hash]);
});

it('finds expired pages behind any number of newer ones', async () => {
  const old = await put('old');
  await settle('/old', 'unknown-page', old);
  clock.advance(29 * 24 * hourMs);
  for (let index = 0; index < 510; index += 1) await settle(`/${index}`, 'unknown-page', null);
  clock.advance(24 * hourMs);
  expect(await purgeRawPages({ stores, blobs, clock })).toBe(1);
  expect(await left()).toEqual([]);
});
