import type { LedgerPage } from '../domain/crawl.ts';
import { expiresAt, type RetentionClass } from '../domain/retention-class.ts';
import type { Ports } from '../ports/index.ts';

export interface RawPagePorts {
  stores: Pick<Ports['stores'], 'ledger' | 'settings'>;
  blobs: Ports['blobs'];
  clock: Ports['clock'];
}

const rawPage: RetentionClass = 'raw-page';
/** Of a channel; with more than that a sweep could not tell what is named, and sweeps nothing. */
const pagesAtMost = 10_000;
/** Far longer than storing a page and then writing its row can take; a site that is away for a while changes nothing yet. */
const secondLookAfterMs = 6 * 3_600_000;

/** Pages that no parser knew are kept for their keeper, for a while (R8). @returns how many went */
export async function purgeRawPages({ stores, blobs, clock }: RawPagePorts): Promise<number> {
  let purged = 0;
  for (const page of (await listUnknown(stores)).pages) {
    if (page.snapshotHash === null || page.fetchedAt === null) continue;
    const expiry = expiresAt(rawPage, page.fetchedAt);
    if (expiry === null || expiry > clock.now()) continue;
    await blobs.delete(rawPage, page.snapshotHash);
    const { channelId, url, role: _role, pageNumber: _pageNumber, ...outcome } = page;
    await stores.ledger.settle(channelId, url, { ...outcome, snapshotHash: null });
    purged += 1;
  }
  return purged;
}

/**
 * Erases raw pages that no unknown page names any more: a parser has learnt it, it is gone or fails since, it was fetched
 * anew, or a process died before it wrote the row. One that is just being stored has no row yet either, so it takes a second
 * look. Should the same bytes come again, they are stored again.
 * @param unnamed when each was first seen without a row; the caller's, from one sweep to the next
 * @returns how many went
 */
export async function sweepRawPages(
  { stores, blobs, clock }: RawPagePorts,
  unnamed: Map<string, string>,
): Promise<number> {
  const stored = await blobs.list(rawPage);
  const { pages, complete } = await listUnknown(stores);
  if (!complete) return 0;
  const named = new Set(pages.map((page) => page.snapshotHash));
  const orphans = new Set(stored.filter((hash) => !named.has(hash)));
  for (const hash of unnamed.keys()) if (!orphans.has(hash)) unnamed.delete(hash);
  const now = clock.now();
  let swept = 0;
  for (const hash of orphans) {
    const since = unnamed.get(hash) ?? now;
    unnamed.set(hash, since);
    if (Date.parse(now) - Date.parse(since) < secondLookAfterMs) continue;
    await blobs.delete(rawPage, hash);
    unnamed.delete(hash);
    swept += 1;
  }
  return swept;
}

async function listUnknown({
  ledger,
  settings,
}: RawPagePorts['stores']): Promise<{ pages: LedgerPage[]; complete: boolean }> {
  const pages: LedgerPage[] = [];
  let complete = true;
  for (const channel of (await settings.read()).channels) {
    const found = await ledger.listPages(channel.id, ['unknown-page'], pagesAtMost);
    if (found.length === pagesAtMost) complete = false;
    pages.push(...found);
  }
  return { pages, complete };
}
