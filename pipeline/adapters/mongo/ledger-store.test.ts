import { describe, expect, it } from 'vitest';
import { buildOutcome, buildRun } from '../../../test/builders/crawl.ts';
import { completenessLedgerContract } from '../../../test/contracts/completeness-ledger.contract.ts';
import { ledgerStoreContract } from '../../../test/contracts/ledger-store.contract.ts';
import { useMongoTestDatabase } from '../../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../../test/harness/services.ts';
import { ledgerCollections } from './ledger-documents.ts';
import { openMongoLedgerStore } from './ledger-store.ts';

describeWithMongo('the MongoDB ledger store keeps the ledger store contract', (uri) => {
  const database = useMongoTestDatabase(uri);
  const open = async () => {
    await database().clear();
    return {
      ledger: openMongoLedgerStore(database()),
      reopen: async () => openMongoLedgerStore(database()),
      close: async () => {},
    };
  };
  ledgerStoreContract(open);
  describe('completeness', () => completenessLedgerContract(open));

  const outcome = buildOutcome({ attempts: 1, error: 'unknown' });

  it('tells the keeper once of a page that no parser knows, with the address and nothing of the page', async () => {
    await database().clear();
    const ledger = openMongoLedgerStore(database());
    const url = 'https://www.canglan.example/odd.htm';
    await ledger.discover('main', [{ url, role: 'article', pageNumber: 0 }], '2026-11-22T00:00:00.000Z');
    for (const [state, hour] of [
      ['done', '01'],
      ['unknown-page', '02'],
      ['unknown-page', '03'],
      ['done', '04'],
      ['unknown-page', '05'],
    ] as const) {
      await ledger.settle('main', url, { ...outcome, state, fetchedAt: `2026-11-22T${hour}:00:00.000Z` });
    }
    const told = await ledgerCollections(database().db).outbox.find().sort({ createdAt: 1 }).toArray();
    expect(told.map(({ topic, subject, createdAt }) => ({ topic, subject, createdAt }))).toEqual(
      ['02', '05'].map((hour) => ({
        topic: 'page.changed',
        subject: url,
        createdAt: `2026-11-22T${hour}:00:00.000Z`,
      })),
    );
  });

  it('has an index of just the runs that run', async () => {
    const indexes = await ledgerCollections(database().db).runs.indexes();
    expect(indexes).toContainEqual(
      expect.objectContaining({
        key: { channelId: 1, state: 1 },
        partialFilterExpression: { state: 'running' },
      }),
    );
  });

  it('keeps addresses that are longer than a key may be', async () => {
    await database().clear();
    const ledger = openMongoLedgerStore(database());
    const urlOf = (end: string) => `http://www.canglan.example/${crypto.randomUUID().repeat(300)}${end}`;
    const pages = ['a', 'b'].map((end) => ({ url: urlOf(end), role: 'article' as const, pageNumber: 0 }));
    expect(await ledger.discover('main', pages, '2026-11-22T00:00:00.000Z')).toBe(2);
    expect(await ledger.discover('main', pages, '2026-11-22T00:00:00.000Z')).toBe(0);
    const due = await ledger.listDue('main', '2026-11-22T00:00:00.000Z', 10);
    expect(due.map(({ url }) => url).sort()).toEqual(pages.map(({ url }) => url).sort());
  });

  it('closes no run that ends at the same moment', async () => {
    await database().clear();
    const ledger = openMongoLedgerStore(database());
    const endedAt = '2026-11-22T01:00:00.000Z';
    for (let round = 0; round < 4; round++) {
      const runs = Array.from({ length: 20 }, (_, i) =>
        buildRun({ id: `run-${round}-${i}`, channelId: `channel-${round}` }),
      );
      await Promise.all(runs.map((run) => ledger.startRun({ ...run, state: 'running', endedAt: null })));
      const close = () => ledger.closeInterruptedRuns(`channel-${round}`, endedAt);
      await Promise.all([
        ...[close(), close(), close()],
        ...runs.map((run) => ledger.updateRun({ ...run, state: 'finished', endedAt, fetched: 7 })),
        ...[close(), close(), close()],
      ]);
      const ended = await ledger.listRuns(`channel-${round}`, 100);
      expect(ended.map(({ state, fetched }) => `${state} ${fetched}`)).toEqual(runs.map(() => 'finished 7'));
    }
  });
});
