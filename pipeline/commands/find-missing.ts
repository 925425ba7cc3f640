import { isWatchedWhole } from '../domain/crawled.ts';
import type { Draft } from '../domain/draft.ts';
import { missingFrom } from '../domain/judge-live.ts';
import type { LiveFinding, LiveMatch } from '../domain/live-match.ts';
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

/** Open records of pages that are no longer there: nothing is left to be put right. @returns how many */
export async function settleGone({ stores, clock }: MatchLivePorts): Promise<number> {
  let settled = 0;
  for (let cursor: string | null = null; ; ) {
    const page: Page<LiveMatch> = await stores.live.list({
      ...{ channelIds: 'all', accessClasses: ['open', 'victim', 'safety'], results: null, openOnly: true },
      ...{ cursor, limit: 100 },
    });
    for (const one of page.items) {
      const post = one.postId === null ? null : await stores.posts.findPost(one.postId);
      if (post === null || !post.marks.includes('source-deleted')) continue;
      const { id: _i, revision: _r, checkedAt: _c, changedAt: _a, explanation: _e, ...finding } = one;
      await stores.live.record({ ...finding, notes: [...finding.notes, 'gone'] }, null, clock.now());
      settled += 1;
    }
    if (page.nextCursor === null) return settled;
    cursor = page.nextCursor;
  }
}
