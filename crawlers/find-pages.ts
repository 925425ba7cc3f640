import type { LedgerPage } from '../pipeline/domain/crawl.ts';
import type { Crawl } from './crawl.ts';
import type { FoundPage } from './source.ts';

/** What waits, failed or was refused keeps its own time, unless a run begins with it. */
function mayWake(known: LedgerPage, startedAt: string, isStart: boolean): boolean {
  if ((known.fetchedAt ?? '') >= startedAt) return false;
  return isStart || known.state === 'done' || known.state === 'gone';
}

/**
 * Puts what was found into the ledger, in this order. One that is to be woken is due now though it was known, unless this run has
 * been there already.
 * @param isStart they are where every run begins
 */
export async function findPages(crawl: Crawl, found: readonly FoundPage[], isStart = false): Promise<void> {
  const { ledger } = crawl.deps.stores;
  const { channel, run } = crawl;
  for (const { url, wake, priority } of found) {
    if (wake !== true && !isStart) continue;
    const known = await ledger.findPage(channel.id, url);
    if (known === null || !mayWake(known, run.startedAt, isStart)) continue;
    const { channelId: _, url: __, role: ___, pageNumber: ____, ...kept } = known;
    const dueAt = known.dueAt <= run.startedAt ? known.dueAt : run.startedAt;
    await ledger.settle(channel.id, url, { ...kept, dueAt, priority: priority ?? known.priority });
  }
  await ledger.discover(
    channel.id,
    found.map(({ url, role, pageNumber, priority = 0 }) => ({ url, role, pageNumber, priority })),
    crawl.deps.clock.now(),
  );
}
