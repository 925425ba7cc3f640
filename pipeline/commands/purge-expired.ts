import type { Ports } from '../ports/index.ts';
import type { PurgeResult } from '../ports/retention-store.ts';
import { sweepDraftFiles } from './sweep-draft-files.ts';
import { purgeRawPages } from './sweep-raw-pages.ts';

export interface PurgePorts {
  stores: Pick<Ports['stores'], 'retention' | 'ledger' | 'settings' | 'draftFiles' | 'checkMemory'>;
  blobs: Ports['blobs'];
  clock: Ports['clock'];
}

const batchSize = 500;

/**
 * Erases everything whose time has come (R8): snapshots first, then just the rows that name them, so that a purge cut off in
 * the middle finds the rest the next time, and no row goes without its snapshot though another purge works beside it.
 */
export async function purgeExpired(
  ports: PurgePorts,
  signal?: AbortSignal,
): Promise<PurgeResult & { snapshots: number; draftFiles: number; checkAnswers: number }> {
  const erasedRows = { texts: 0, notes: 0, records: 0, auditPayloads: 0, cases: 0 };
  const total = { ...erasedRows, snapshots: 0, draftFiles: 0, checkAnswers: 0 };
  total.snapshots += await purgeRawPages(ports);
  total.checkAnswers = await ports.stores.checkMemory.purge(ports.clock.now());
  while (signal?.aborted !== true) {
    const now = ports.clock.now();
    const { posts, snapshots } = await ports.stores.retention.listExpired(now, batchSize);
    for (const { retentionClass, hash } of snapshots) await ports.blobs.delete(retentionClass, hash);
    const erased = await ports.stores.retention.purgeExpired(now, posts, batchSize);
    total.texts += erased.texts;
    total.notes += erased.notes;
    total.records += erased.records;
    total.auditPayloads += erased.auditPayloads;
    total.cases += erased.cases;
    total.snapshots += snapshots.length;
    if (Object.values(erased).every((count) => count === 0)) break;
  }
  // Whatever the drafts that went had for themselves is named by nothing now.
  total.draftFiles = await sweepDraftFiles(ports, signal);
  return total;
}
