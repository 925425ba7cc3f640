import type { RetentionClass } from '../domain/retention-class.ts';
import { expiresAt } from '../domain/retention-class.ts';
import type { Ports } from '../ports/index.ts';
import type { PurgeResult } from '../ports/retention-store.ts';

export interface PurgePorts {
  stores: Pick<Ports['stores'], 'retention' | 'ledger' | 'settings'>;
  blobs: Ports['blobs'];
  clock: Ports['clock'];
}

const batchSize = 500;
const rawPage: RetentionClass = 'raw-page';

/**
 * Erases everything whose time has come (R8): snapshots first, then just the rows that name them, so that a purge cut off in
 * the middle finds the rest the next time, and no row goes without its snapshot though another purge works beside it.
 */
export async function purgeExpired(
  ports: PurgePorts,
  signal?: AbortSignal,
): Promise<PurgeResult & { snapshots: number }> {
  const total = { texts: 0, notes: 0, auditPayloads: 0, cases: 0, snapshots: 0 };
  total.snapshots += await purgeRawPages(ports);
  while (signal?.aborted !== true) {
    const now = ports.clock.now();
    const { posts, snapshots } = await ports.stores.retention.listExpired(now, batchSize);
    for (const { retentionClass, hash } of snapshots) await ports.blobs.delete(retentionClass, hash);
    const erased = await ports.stores.retention.purgeExpired(now, posts, batchSize);
    total.texts += erased.texts;
    total.notes += erased.notes;
    total.auditPayloads += erased.auditPayloads;
    total.cases += erased.cases;
    total.snapshots += snapshots.length;
    if (Object.values(erased).every((count) => count === 0)) break;
  }
  return total;
}

/** Pages that no parser knew are kept for their keeper, for a while. */
async function purgeRawPages({ stores, blobs, clock }: PurgePorts): Promise<number> {
  let purged = 0;
  const { channels } = await stores.settings.read();
  for (const channel of channels) {
    for (const page of await stores.ledger.listPages(channel.id, ['unknown-page'], batchSize)) {
      if (page.snapshotHash === null || page.fetchedAt === null) continue;
      const expiry = expiresAt(rawPage, page.fetchedAt);
      if (expiry === null || expiry > clock.now()) continue;
      await blobs.delete(rawPage, page.snapshotHash);
      const { channelId, url, role: _role, pageNumber: _pageNumber, ...outcome } = page;
      await stores.ledger.settle(channelId, url, { ...outcome, snapshotHash: null });
      purged += 1;
    }
  }
  return purged;
}
