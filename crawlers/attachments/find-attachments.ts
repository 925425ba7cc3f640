import type { SiteChannel } from '../../pipeline/domain/channel.ts';
import { type Attachment, type GatheredPost, postId } from '../../pipeline/domain/post.ts';
import type { Crawl } from '../crawl.ts';
import { everyClass } from '../keep-article.ts';
import { later, ledgerKey } from '../ledger.ts';

const maxPerArticle = 100;
/** Until an entry says which article it belongs to, nobody may fetch it. */
const unownedMs = 3_600_000;
/** No text to read in them. */
const mediaEnding =
  /\.(?:mp[34]|m4[av]|avi|wmv|flv|mov|mkv|m3u8|rmvb?|wav|wma|ogg|jpe?g|png|gif|bmp|webp|svg|apk|exe|swf)$/i;

function addressesOf(attachments: readonly Attachment[]): string[] {
  const keys = new Set<string>();
  for (const { name, url } of attachments) {
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) continue;
    if (mediaEnding.test(new URL(url).pathname) || mediaEnding.test(name)) continue;
    keys.add(ledgerKey(url));
  }
  return [...keys].slice(0, maxPerArticle);
}

async function discover(
  crawl: Crawl<SiteChannel>,
  articleId: string,
  attachments: readonly Attachment[],
): Promise<void> {
  const { deps, channel } = crawl;
  const { ledger } = deps.stores;
  const now = deps.clock.now();
  const urls = addressesOf(attachments);
  if (urls.length === 0) return;
  const pages = urls.map((url) => ({ url, role: 'attachment' as const, pageNumber: 0 }));
  await ledger.discover(channel.id, pages, later(now, unownedMs));
  for (const url of urls) {
    const page = await ledger.findPage(channel.id, url);
    if (page === null || page.postId !== null || page.role !== 'attachment') continue;
    const { channelId: _, url: __, role: ___, pageNumber: ____, ...known } = page;
    await ledger.settle(channel.id, url, { ...known, postId: articleId, dueAt: now });
  }
}

function readsFiles({ deps, channel }: Crawl<SiteChannel>): boolean {
  return deps.files !== undefined && channel.attachments;
}

/**
 * Puts the files that an article offers into the ledger, each with the article's id until it is a post of its own. Repeating it
 * changes nothing. Whether they may be fetched, the egress decides: one on a stranger's host stands there as refused.
 */
export async function findAttachments(crawl: Crawl<SiteChannel>, article: GatheredPost): Promise<void> {
  if (readsFiles(crawl)) await discover(crawl, postId(article), article.attachments);
}

/** Of an article that has not changed: it may have been gathered before its files were read. */
export async function findStoredAttachments(
  crawl: Crawl<SiteChannel>,
  articleId: string | null,
): Promise<void> {
  if (articleId === null || !readsFiles(crawl)) return;
  const text = await crawl.deps.stores.posts.findText(articleId, { accessClasses: everyClass });
  if (text !== null) await discover(crawl, articleId, text.attachments);
}
