import { storeGathered } from '../pipeline/commands/store-gathered.ts';
import { type GatheredPost, postId, retentionOf } from '../pipeline/domain/post.ts';
import type { PageOutcome } from '../pipeline/ports/ledger-store.ts';
import type { Crawl } from './crawl.ts';
import { ledgerKey, nextArticleVisit, settleDone, settleGone, settleMissing, type Visit } from './ledger.ts';
import { articleHash, keepSnapshot } from './snapshot.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** The crawler compares what it gathers, whoever may read it. */
export const everyClass = ['open', 'victim', 'safety'] as const;
const saysDeleted = 'the page says that its article was deleted';
/** A notice under status 200 is weaker evidence than 404: believed at the third time. */
const noticesNeeded = 3;

/** Not pointed to by the stored text: the page has changed around an article that has not. */
async function dropUnused(crawl: Crawl, post: GatheredPost, snapshotHash: string): Promise<void> {
  const text = await crawl.deps.stores.posts.findText(postId(post), { accessClasses: everyClass });
  if (text?.snapshotHash !== snapshotHash)
    await crawl.deps.blobs.delete(retentionOf(post.kind), snapshotHash);
}

/**
 * Snapshot, then post, then ledger: whatever is cut off, the page is still due and a repeated run stores it once.
 * @returns how the page stands in the ledger now
 */
export async function keepArticle(crawl: Crawl, visit: Visit, post: GatheredPost): Promise<PageOutcome> {
  const { deps, run } = crawl;
  const { page, at, response } = visit;
  const contentHash = articleHash(post);
  const isKnown = page.contentHash === contentHash && page.snapshotHash !== null;
  const snapshotHash =
    isKnown || response === null
      ? page.snapshotHash
      : await keepSnapshot(deps.blobs, retentionOf(post.kind), response);
  const [outcome] = await storeGathered(deps, [{ post, snapshotHash }]);
  if (outcome === 'created') run.created += 1;
  else if (outcome === 'edited') run.edited += 1;
  else {
    run.unchanged += 1;
    if (!isKnown && snapshotHash !== null) await dropUnused(crawl, post, snapshotHash);
  }
  const since = post.publishedAt ?? (await deps.stores.posts.findPost(postId(post)))?.gatheredAt ?? at;
  const dueAt = nextArticleVisit(page.url, since, at);
  return settleDone(visit, { dueAt, contentHash, snapshotHash, postId: postId(post) });
}

/** The server says that nothing has changed. */
export async function keepUnchanged(crawl: Crawl, visit: Visit): Promise<PageOutcome> {
  const { page, at } = visit;
  const stored = page.postId === null ? null : await crawl.deps.stores.posts.findPost(page.postId);
  const dueAt = nextArticleVisit(page.url, stored?.publishedAt ?? stored?.gatheredAt ?? at, at);
  return settleDone(visit, { dueAt });
}

/** One article may stand under two columns: it is gone when the address it was stored with is. */
async function standsElsewhere(crawl: Crawl, url: string, post: string): Promise<boolean> {
  const { posts, ledger } = crawl.deps.stores;
  const stored = await posts.findPost(post);
  if (stored === null || !URL.canParse(stored.url)) return false;
  const main = await ledger.findPage(crawl.channel.id, ledgerKey(stored.url));
  return main !== null && main.url !== url && main.state === 'done';
}

async function settleAsGone(crawl: Crawl, visit: Visit, error: string): Promise<PageOutcome> {
  const { page, at } = visit;
  if (page.state !== 'gone') crawl.run.gone += 1;
  if (page.postId !== null && !(await standsElsewhere(crawl, page.url, page.postId))) {
    await crawl.deps.stores.posts.markDeleted(page.postId, at);
  }
  return settleGone(visit, error);
}

/** 410 is believed at once, 404 when an earlier run saw it too. */
export async function keepMissing(crawl: Crawl, visit: Visit, status: 404 | 410): Promise<PageOutcome> {
  const { page } = visit;
  const seenBefore = page.status === 404 && (page.fetchedAt ?? '') < crawl.run.startedAt;
  const error = `status ${status}: the site has no such page`;
  if (status === 410 || page.state === 'gone' || (seenBefore && page.fetchedAt !== null)) {
    return settleAsGone(crawl, visit, error);
  }
  crawl.run.failed += 1;
  return settleMissing(
    visit,
    page.attempts + 1,
    hourMs,
    `${error}; counted as gone if the next run sees the same`,
  );
}

/** A page that says in words that its article is gone. */
export async function keepDeletionNotice(crawl: Crawl, visit: Visit): Promise<PageOutcome> {
  const { page } = visit;
  const times = page.error?.startsWith(saysDeleted) ? page.attempts + 1 : 1;
  if (page.state === 'gone' || times >= noticesNeeded) return settleAsGone(crawl, visit, saysDeleted);
  crawl.run.failed += 1;
  return settleMissing(visit, times, dayMs, `${saysDeleted} (${times} of ${noticesNeeded} times)`);
}
