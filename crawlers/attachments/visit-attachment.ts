import { createHash } from 'node:crypto';
import { storeGathered } from '../../pipeline/commands/store-gathered.ts';
import type { SiteChannel } from '../../pipeline/domain/channel.ts';
import type { LedgerPage } from '../../pipeline/domain/crawl.ts';
import { postId } from '../../pipeline/domain/post.ts';
import type { Extraction, UnreadReason } from '../../pipeline/extract/extraction.ts';
import type { FileReader } from '../../pipeline/extract/file-reader.ts';
import type { EgressResponse } from '../../pipeline/ports/egress.ts';
import type { PageOutcome } from '../../pipeline/ports/ledger-store.ts';
import type { Crawl } from '../crawl.ts';
import { everyClass, keepMissing } from '../keep-article.ts';
import { nextArticleVisit, settleDone, settleFailed, type Visit } from '../ledger.ts';
import { attachmentPostId, buildAttachmentPost, nameOf, type Offer } from './attachment-post.ts';
import { describeUnreadForLedger } from './unread-words.ts';

/** UTF-16 code units of one file's text. */
const maxAttachmentText = 200_000;
/** Of one file as it is sent. */
export const maxAttachmentBytes = 33_554_432;
/** To be changed when all files shall be read anew though they have not changed. */
const readerEdition = '1';

export function isReadByThisEdition({ contentHash }: Pick<LedgerPage, 'contentHash'>): boolean {
  return contentHash?.startsWith(`${readerEdition}:`) ?? false;
}

/** Another time, on another machine, they may be read: not the file's fault alone. */
const passing: ReadonlySet<UnreadReason> = new Set(['too-slow', 'too-hungry', 'crashed']);

/** Until it has been read, its entry names the article that offers it; then the post that it is itself. */
async function findOffer(crawl: Crawl<SiteChannel>, visit: Visit): Promise<Offer> {
  const { posts } = crawl.deps.stores;
  const { url, postId: known } = visit.page;
  const own = attachmentPostId(crawl.channel.id, url);
  let parentId = known;
  if (known === own) {
    const post = await posts.findPost(own);
    parentId =
      post?.parentId == null
        ? null
        : postId({ channelId: crawl.channel.id, kind: 'article', externalId: post.parentId });
  }
  if (parentId === null) return { parent: null, name: nameOf(url, []) };
  const parent = await posts.findPost(parentId);
  const text = await posts.findText(parentId, { accessClasses: everyClass });
  return { parent, name: nameOf(url, text?.attachments ?? []) };
}

/** A page where a file was expected: the system wants a captcha, a login, or has lost the file and says so in HTML. */
function isPageInstead({ headers, url }: EgressResponse): boolean {
  const isHtml = /^\s*(?:text\/html|application\/xhtml)/i.test(headers['content-type'] ?? '');
  const isSent = /attachment/i.test(headers['content-disposition'] ?? '');
  return isHtml && !isSent && !/\.html?$/i.test(new URL(url).pathname);
}

function fail(crawl: Crawl<SiteChannel>, visit: Visit, error: string): PageOutcome {
  crawl.run.failed += 1;
  return settleFailed(visit, error);
}

function hashOf(body: Uint8Array): string {
  return `${readerEdition}:${createHash('sha256').update(body).digest('hex')}`;
}

function nextVisit({ page, at }: Visit, since: string | null): string {
  return nextArticleVisit(page.url, since ?? at, at);
}

/** As it stood: an unchanged file that could not be read is none the clearer for it. */
function settleUnchanged(crawl: Crawl<SiteChannel>, visit: Visit, offer: Offer): PageOutcome {
  const { page } = visit;
  crawl.run.unchanged += 1;
  const done = settleDone(visit, {
    dueAt: nextVisit(visit, offer.parent?.publishedAt ?? null),
    error: page.error,
  });
  return { ...done, state: page.state === 'failed' ? 'failed' : 'done' };
}

async function store(
  crawl: Crawl<SiteChannel>,
  visit: Visit,
  read: { extraction: Extraction; offer: Offer },
) {
  const { deps, run, channel } = crawl;
  const { extraction, offer } = read;
  const post = buildAttachmentPost({ channelId: channel.id, url: visit.page.url, offer }, extraction);
  const [outcome] = await storeGathered(deps, [{ post, snapshotHash: null }]);
  if (outcome === 'created') run.created += 1;
  else if (outcome === 'edited') run.edited += 1;
  else run.unchanged += 1;
  return postId(post);
}

async function settleFile(
  crawl: Crawl<SiteChannel>,
  visit: Visit,
  file: { body: Uint8Array; reader: FileReader },
): Promise<PageOutcome> {
  const contentHash = hashOf(file.body);
  const offer = await findOffer(crawl, visit);
  if (contentHash === visit.page.contentHash) return settleUnchanged(crawl, visit, offer);
  const extraction = await file.reader.read(file.body, { maxTextLength: maxAttachmentText }, crawl.signal);
  const hasText = extraction.text !== '';
  const stored = hasText ? await store(crawl, visit, { extraction, offer }) : visit.page.postId;
  const dueAt = nextVisit(visit, offer.parent?.publishedAt ?? null);
  const done = settleDone(visit, { dueAt, contentHash, postId: stored });
  if (extraction.unread.length === 0) {
    crawl.run.parsed += 1;
    return done;
  }
  crawl.run.failed += 1;
  const why = describeUnreadForLedger(extraction.unread);
  const error = hasText ? `read in part; could not be checked: ${why}` : `could not be checked: ${why}`;
  const failed: PageOutcome = { ...done, state: 'failed', attempts: visit.page.attempts + 1, error };
  const isPassing = extraction.unread.some(({ reason }) => passing.has(reason));
  return isPassing ? { ...failed, contentHash: null, etag: null, lastModified: null } : failed;
}

/** Gone is the file's own post, never the article that offers it. */
async function settleMissingFile(
  crawl: Crawl<SiteChannel>,
  visit: Visit,
  status: 404 | 410,
): Promise<PageOutcome> {
  const { page } = visit;
  const isOwn = page.postId === attachmentPostId(crawl.channel.id, page.url);
  const outcome = await keepMissing(
    crawl,
    { ...visit, page: { ...page, postId: isOwn ? page.postId : null } },
    status,
  );
  return { ...outcome, postId: page.postId };
}

/**
 * What one fetch of a file means. One that could not be read whole stays `failed` with the reason, never `done`: a person must look
 * at it.
 */
export async function settleAttachment(
  crawl: Crawl<SiteChannel>,
  visit: Visit,
  response: EgressResponse,
): Promise<PageOutcome> {
  const { files } = crawl.deps;
  const { status, body } = response;
  if (files === undefined) return fail(crawl, visit, 'nothing here reads files');
  if (status === 304) return settleUnchanged(crawl, visit, await findOffer(crawl, visit));
  if (status === 404 || status === 410) return settleMissingFile(crawl, visit, status);
  if (status !== 200) return fail(crawl, visit, `status ${status}: the server did not hand the file out`);
  if (isPageInstead(response))
    return fail(
      crawl,
      visit,
      'could not be checked: a page came in place of the file (a captcha, or a login?)',
    );
  try {
    return await settleFile(crawl, visit, { body, reader: files });
  } catch (error) {
    if (!crawl.signal.aborted) throw error;
    // Stopped in the middle: as if it had not been fetched.
    const { channelId: _, url: __, role: ___, pageNumber: ____, ...known } = visit.page;
    return known;
  }
}
