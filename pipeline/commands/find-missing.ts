import { AccessClass } from '../domain/access-class.ts';
import { isWatchedWhole } from '../domain/crawled.ts';
import type { Draft } from '../domain/draft.ts';
import { missingFrom } from '../domain/judge-live.ts';
import type { LiveFinding, LiveMatch, LiveResult } from '../domain/live-match.ts';
import { laterBy } from '../domain/time.ts';
import type { Page } from '../ports/page.ts';
import type { MatchLivePorts } from './match-live.ts';
import { listSealedDrafts } from './sealed-drafts.ts';

/** What was approved longer ago than this and not published is asked for no more. */
const lookBackMs = 120 * 24 * 3_600_000;

/**
 * What was approved and should be live, and was met nowhere: a record for each draft and channel that is read whole, gone again when
 * the item is met or the draft is withdrawn. Channels that nobody crawls say nothing. Again is harmless.
 * @returns how many are missing
 */
export async function findMissing({ stores, clock }: MatchLivePorts, signal?: AbortSignal): Promise<number> {
  const now = clock.now();
  const { channels } = await stores.settings.read();
  const watched = new Set(channels.filter(isWatchedWhole).map(({ id }) => id));
  let missing = 0;
  for await (const draft of listSealedDrafts(stores, {
    channelId: null,
    changedSince: laterBy(now, -lookBackMs),
  })) {
    if (signal?.aborted === true) break;
    const known = await stores.live.listOfDraft(draft.id);
    const from = missingFrom(draft);
    const due = from === null || from > now ? [] : draft.channels.filter((id) => watched.has(id));
    const absent = due.filter((id) => !known.some((one) => one.channelId === id && one.postId !== null));
    for (const channelId of absent) await stores.live.record(absence(draft, channelId), null, now);
    for (const one of known)
      if (one.postId === null && !absent.includes(one.channelId)) await stores.live.forget(one.id);
    missing += absent.length;
  }
  return missing;
}

function absence(draft: Draft, channelId: string): LiveFinding {
  return {
    ...{ channelId, postId: null, url: null, publishedAt: null, draftId: draft.id },
    ...{ sealedVersion: draft.seal?.version ?? null, result: 'approved-not-published', notes: [] },
    ...{ foundBy: null, otherPostId: null, similarDraftId: null, comparison: null },
    ...{ accessClass: 'open', textVersion: null },
  };
}

/** Those that quote a page, or ask something about it. */
const quoting: readonly LiveResult[] = [
  'match',
  'changed',
  'published-without-approval',
  'corrected-with-approval',
];

/**
 * What became of the pages since they were compared: of one that is gone nothing is asked any more, of one whose text was erased nothing
 * is quoted, and one that was put into another class is looked at again.
 * @returns how many records changed
 */
export async function followPages({ stores, clock }: MatchLivePorts, signal?: AbortSignal): Promise<number> {
  let changed = 0;
  for (let cursor: string | null = null; signal?.aborted !== true; ) {
    const page: Page<LiveMatch> = await stores.live.list({
      ...{ channelIds: 'all', accessClasses: AccessClass.options, results: quoting, openOnly: false },
      ...{ cursor, limit: 100 },
    });
    for (const one of page.items) changed += await followPage({ stores, clock }, one);
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  return changed;
}

async function followPage({ stores, clock }: MatchLivePorts, one: LiveMatch): Promise<number> {
  if (one.postId === null) return 0;
  const post = await stores.posts.findPost(one.postId);
  const isErased = post === null || post.marks.includes('text-erased');
  const isGone = isErased || post.marks.includes('source-deleted');
  if (!isGone) {
    if (post.accessClass !== one.accessClass) await stores.live.wakeItems([post.id], clock.now());
    return 0;
  }
  if (one.notes.includes('gone') && !(isErased && one.comparison !== null)) return 0;
  const { id: _i, revision: _r, checkedAt: _c, changedAt: _a, explanation: _e, ...finding } = one;
  const notes = [...new Set([...finding.notes, 'gone' as const])];
  const comparison = isErased ? null : finding.comparison;
  await stores.live.record({ ...finding, notes, comparison }, null, clock.now());
  return 1;
}
