import type { LedgerPage } from '../pipeline/domain/crawl.ts';
import type { DiscoveredPage } from '../pipeline/ports/ledger-store.ts';
import type { Crawl } from './crawl.ts';
import type { FoundPage } from './source.ts';

/** What waits, failed or was refused keeps its own time, unless a run begins with it. */
function mayWake(known: LedgerPage, startedAt: string, isStart: boolean): boolean {
  if ((known.fetchedAt ?? '') >= startedAt) return false;
  const isUntried = known.state === 'due' && known.fetchedAt === null && known.error === null;
  return isStart || isUntried || known.state === 'done' || known.state === 'gone';
}

/**
 * Puts what was found into the ledger, in this order. A known one takes over the priority; one that is to be woken is due now, unless
 * this run has been there already.
 * @param isStart they are where every run begins
 */
export async function findPages(crawl: Crawl, found: readonly FoundPage[], isStart = false): Promise<void> {
  const { ledger } = crawl.deps.stores;
  const { channel, run } = crawl;
  for (const { url, wake, priority } of found) {
    if (wake !== true && !isStart && priority === undefined) continue;
    const known = await ledger.findPage(channel.id, url);
    if (known === null) continue;
    const { channelId: _, url: __, role: ___, pageNumber: ____, ...kept } = known;
    const isWoken = (wake === true || isStart) && mayWake(known, run.startedAt, isStart);
    const dueAt = isWoken && known.dueAt > run.startedAt ? run.startedAt : known.dueAt;
    const outcome = { ...kept, dueAt, priority: priority ?? known.priority };
    if (dueAt === known.dueAt && outcome.priority === known.priority) continue;
    await ledger.settle(channel.id, url, outcome);
  }
  for (const [dueAt, pages] of byFirstDue(found, crawl.deps.clock.now())) {
    await ledger.discover(channel.id, pages, dueAt);
  }
}

/** In the order found. */
function byFirstDue(found: readonly FoundPage[], now: string): Map<string, DiscoveredPage[]> {
  const groups = new Map<string, DiscoveredPage[]>();
  for (const { url, role, pageNumber, priority = 0, firstDueAt = now } of found) {
    const group = groups.get(firstDueAt) ?? [];
    groups.set(firstDueAt, [...group, { url, role, pageNumber, priority }]);
  }
  return groups;
}
