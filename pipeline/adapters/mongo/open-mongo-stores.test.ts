import { expect, it } from 'vitest';
import { CuttingProxy } from '../../../test/harness/cutting-proxy.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { Conflict, RetryLater } from '../../domain/errors.ts';
import { chainCollections } from './chain-documents.ts';
import { openMongo } from './connection.ts';
import { ledgerCollections } from './ledger-documents.ts';
import { openMongoStores } from './open-mongo-stores.ts';

const at = '2026-03-02T00:00:00.000Z';
const change = { expectedVersion: 0, actorId: null, source: 'units.yaml', at, id: 'change-1' };

/** As every caller does who is told to come back. */
async function persist<T>(call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof RetryLater)) throw error;
    }
  }
}

describeWithMongo('the MongoDB stores', (uri) => {
  const database = useMongoTestDatabase(uri);

  const openBehindProxy = async () => {
    await database().clear();
    const proxy = await CuttingProxy.open(uri);
    const stores = openMongoStores(await openMongo(proxy.uri, database().name), new FakeClock());
    const close = async () => {
      await stores.close();
      await proxy.close();
    };
    return { proxy, stores, close };
  };

  it('ask to come back while the database is away, naming no address, and go on once it is there', async () => {
    const { proxy, stores, close } = await openBehindProxy();
    await stores.leases.acquire('sweep', 'a', at, 1000);
    proxy.refuse();
    const error: unknown = await stores.settings.readVersion().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RetryLater);
    expect((error as RetryLater).message).not.toMatch(/127|localhost|mongodb/i);
    proxy.accept();
    expect(await stores.settings.readVersion()).toBe(0);
    await close();
  }, 60_000);

  it('let domain errors pass', async () => {
    await database().clear();
    const stores = openMongoStores(database(), new FakeClock());
    await stores.settings.save('units', [], change);
    await expect(stores.settings.save('rules', [], change)).rejects.toThrow(Conflict);
  });

  it('are closed twice without harm, and then ask to come back', async () => {
    const stores = openMongoStores(await openMongo(uri, database().name), new FakeClock());
    await stores.close();
    await stores.close();
    await expect(stores.outbox.countWaiting()).rejects.toThrow(RetryLater);
  });

  for (const side of ['before', 'after'] as const) {
    it(`save, settle, read and link once when the line is cut ${side} each commit`, async () => {
      const { proxy, stores, close } = await openBehindProxy();
      const facts = chainCollections(database().db);
      const cutAt = (collection: string) => proxy.cutAt({ command: 'commitTransaction', collection, side });
      const page = { url: 'http://www.canglan.example/1', role: 'article', pageNumber: 0 } as const;
      await stores.ledger.discover('main', [page], at);

      const saved = cutAt('settings_versions');
      expect(await persist(() => stores.settings.save('units', [], change))).toBe(1);
      await saved;

      const settled = cutAt('ledger_pages');
      const outcome = {
        state: 'unknown-page' as const,
        dueAt: at,
        attempts: 1,
        fetchedAt: at,
        status: 200,
        etag: null,
        lastModified: null,
        contentHash: null,
        snapshotHash: null,
        error: null,
        postId: null,
        priority: 0,
        newestItemAt: null,
      };
      await persist(() => stores.ledger.settle('main', page.url, outcome));
      await settled;

      const read = cutAt('audit_entries');
      const reading = { actorId: 'u1', caseId: null, postId: 'p', textVersion: 1, purpose: 'case.read' };
      await persist(() => stores.reads.recordAll(['r1', 'r2'].map((id) => ({ id, at, ...reading }))));
      await read;

      const linked = cutAt('audit_links');
      await persist(() => stores.audit.linkPending(1, 10));
      await linked;

      expect(await stores.settings.readVersion()).toBe(1);
      expect(await facts.outbox.countDocuments({})).toBe(2);
      expect(await ledgerCollections(database().db).pages.countDocuments({ state: 'unknown-page' })).toBe(1);
      expect(await facts.audit.countDocuments({ linked: true })).toBe(3);
      expect((await stores.audit.findHead('read/audit/2026-03'))?.seq).toBe(2);
      expect(await stores.audit.listStray(10)).toEqual([]);
      await close();
    }, 60_000);
  }
});
