import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileBlobStore } from '../../pipeline/adapters/files/blob-store.ts';
import { openGridFsBlobStore } from '../../pipeline/adapters/mongo/blob-store.ts';
import { openMongoStores } from '../../pipeline/adapters/mongo/open-mongo-stores.ts';
import { openStores } from '../../pipeline/adapters/open-stores.ts';
import { purgeExpired } from '../../pipeline/commands/purge-expired.ts';
import type { Clock } from '../../pipeline/ports/clock.ts';
import type { Ports } from '../../pipeline/ports/index.ts';
import type { RetentionStore } from '../../pipeline/ports/retention-store.ts';
import { buildGathered, buildVerdict } from '../builders/post.ts';
import { FakeClock } from '../harness/fake-clock.ts';
import { useMongoTestDatabase } from '../harness/mongo-database.ts';
import { describeWithMongo } from '../harness/services.ts';

interface Ground {
  stores: Ports['stores'];
  blobs: Ports['blobs'];
  close(): Promise<void>;
}

const dayMs = 86_400_000;
/** More than one batch of 500; some have a snapshot. */
const count = 620;
const snapshotEvery = 10;

describe('R8: no snapshot outlives its row, whatever cuts a purge off', () =>
  cutPurges(async (clock) => {
    const folder = mkdtempSync(join(tmpdir(), 'guanlan-r8-cut-'));
    const stores = openStores(folder, clock);
    const close = async () => {
      await stores.close();
      rmSync(folder, { recursive: true });
    };
    return { stores, blobs: await FileBlobStore.open(join(folder, 'blobs')), close };
  }));

describeWithMongo('R8 on MongoDB: no snapshot outlives its row, whatever cuts a purge off', (uri) => {
  const database = useMongoTestDatabase(uri);
  cutPurges(async (clock) => {
    await database().clear();
    const blobs = openGridFsBlobStore(database());
    for (const hash of await blobs.list('comment')) await blobs.delete('comment', hash);
    return { stores: openMongoStores(database(), clock), blobs, close: async () => {} };
  });
});

function cutPurges(open: (clock: Clock) => Promise<Ground>): void {
  let ground: Ground;
  let clock: FakeClock;
  beforeEach(async () => {
    clock = new FakeClock();
    ground = await open(clock);
  });
  afterEach(() => ground.close());

  const nameOf = (index: number) => String(index).padStart(4, '0');
  const idOf = (index: number) => `main-site:comment:${nameOf(index)}`;

  async function gather(howMany: number, every = 1): Promise<void> {
    const items = [];
    for (let index = 0; index < howMany; index += 1) {
      const bytes = Buffer.from(`snapshot ${index}`);
      const snapshotHash = index % every === 0 ? await ground.blobs.put('comment', bytes) : null;
      const post = buildGathered({
        externalId: nameOf(index),
        kind: 'comment',
        title: '',
        text: `原文${index}`,
      });
      items.push({ post, snapshotHash });
    }
    await ground.stores.posts.storePosts(items, clock.now());
  }

  /** A purge whose store or blobs do otherwise. */
  function purge(
    change: { retention?: Partial<RetentionStore>; blobs?: Partial<Ports['blobs']> } = {},
    signal?: AbortSignal,
  ) {
    const { stores, blobs } = ground;
    const retention = { ...stores.retention, ...change.retention };
    const { settings, ledger, draftFiles, checkMemory } = stores;
    const erase: Ports['blobs'] = {
      put: (...given) => blobs.put(...given),
      find: (...asked) => blobs.find(...asked),
      delete: (...asked) => blobs.delete(...asked),
      list: (...asked) => blobs.list(...asked),
      ...change.blobs,
    };
    const swept = { retention, settings, ledger, draftFiles, checkMemory };
    return purgeExpired({ stores: swept, blobs: erase, clock }, signal);
  }

  /** One batch, and then the process is gone. */
  async function purgeOneBatch(): Promise<void> {
    const stop = new AbortController();
    await purge(
      {
        retention: {
          purgeExpired: async (...asked) => {
            const erased = await ground.stores.retention.purgeExpired(...asked);
            stop.abort();
            return erased;
          },
        },
      },
      stop.signal,
    );
  }

  async function expectNothingLeft(): Promise<void> {
    await purge();
    expect((await ground.stores.retention.listExpired(clock.now(), 1)).posts).toEqual([]);
    expect(await ground.blobs.list('comment')).toEqual([]);
  }

  it('two purges at once, one a step behind the other, and both cut off', async () => {
    await gather(count, snapshotEvery);
    clock.advance(90 * dayMs);
    let overtaken = false;
    const stop = new AbortController();
    await purge(
      {
        retention: {
          listExpired: async (...asked) => {
            const listed = await ground.stores.retention.listExpired(...asked);
            if (!overtaken) await purgeOneBatch();
            overtaken = true;
            return listed;
          },
          purgeExpired: async (...asked) => {
            stop.abort();
            return ground.stores.retention.purgeExpired(...asked);
          },
        },
      },
      stop.signal,
    );
    // The second batch was not listed by either, so all of it still stands.
    expect(await ground.blobs.list('comment')).toHaveLength((count - 500) / snapshotEvery);
    await expectNothingLeft();
  });

  it('two purges at once, side by side', async () => {
    await gather(count, snapshotEvery);
    clock.advance(90 * dayMs);
    const purged = await Promise.all([purge(), purge()]);
    expect(purged.reduce((sum, { texts }) => sum + texts, 0)).toBe(count);
    await expectNothingLeft();
  });

  it('a purge that ends among the blobs, before the rows, or not knowing whether the rows are gone', async () => {
    await gather(40);
    clock.advance(90 * dayMs);
    const cut = new Error('the process is gone');
    let deleted = 0;
    const amongBlobs = purge({
      blobs: {
        delete: async (...asked) => {
          if (++deleted === 7) throw cut;
          return ground.blobs.delete(...asked);
        },
      },
    });
    await expect(amongBlobs).rejects.toBe(cut);
    expect(await ground.blobs.list('comment')).toHaveLength(34);
    await expect(purge({ retention: { purgeExpired: () => Promise.reject(cut) } })).rejects.toBe(cut);
    expect((await ground.stores.retention.listExpired(clock.now(), 100)).posts).toHaveLength(40);
    const uncertain = purge({
      retention: {
        purgeExpired: async (...asked) => {
          await ground.stores.retention.purgeExpired(...asked);
          await ground.stores.retention.purgeExpired(...asked);
          throw cut;
        },
      },
    });
    await expect(uncertain).rejects.toBe(cut);
    await expectNothingLeft();
  });

  it('what becomes noise while others are being purged goes with its snapshot', async () => {
    await gather(3);
    await ground.stores.posts.storeJudgements([noise(0)], clock.now());
    clock.advance(7 * dayMs);
    await purge({
      blobs: {
        delete: async (...asked) => {
          await ground.stores.posts.storeJudgements([noise(1)], clock.now());
          return ground.blobs.delete(...asked);
        },
      },
    });
    await purge();
    expect(await ground.blobs.list('comment')).toHaveLength(1);
    expect(await ground.blobs.list('noise')).toEqual([]);
    clock.advance(83 * dayMs);
    await expectNothingLeft();
  });

  const noise = (index: number) => ({
    postId: idOf(index),
    textVersion: 1,
    verdict: buildVerdict({ noise: true }),
    tokens: ['微信'],
    caseId: clock.newId(),
  });
}
