import { setImmediate } from 'node:timers/promises';
import type { Channel } from '../domain/channel.ts';
import { findDrafts } from '../domain/find-live-draft.ts';
import { type DatedItem, type JudgedLive, judgeAgainst, judgeWithout } from '../domain/judge-live.ts';
import type { LiveFinding, LiveMatch } from '../domain/live-match.ts';
import { normaliseLink } from '../domain/normal-link.ts';
import type { Post, PostText } from '../domain/post.ts';
import { laterBy } from '../domain/time.ts';
import type { Ports, Stores } from '../ports/index.ts';
import type { DueItem } from '../ports/live-match-store.ts';
import {
  type LiveCandidate,
  listSealedDrafts,
  openSealedDrafts,
  type SealedDraftReader,
} from './sealed-drafts.ts';

export interface MatchLivePorts extends Pick<Ports, 'clock'> {
  stores: Pick<Stores, 'posts' | 'settings' | 'drafts' | 'live'>;
}

export interface LiveMatching {
  /** Follows what became of drafts, and looks at every item that is due. @returns how many were looked at */
  run(signal?: AbortSignal): Promise<number>;
}

const everyClass = ['open', 'victim', 'safety'] as const;
const batchSize = 50;
const waitForJudgeMs = 5000;
/** An item that nobody judges is compared all the same: its class is then the one it was stored with. */
const longestWaitMs = 10 * 60_000;
/** Published so long before it was approved, a text that says the same is another one: last year’s notice. */
const earliestMs = 7 * 24 * 3_600_000;
/** Transactions end in another order than their clocks say. */
const overlapMs = 60_000;
const mostTried = 4;

/** Idempotent: killed anywhere, what is due stays due, and the same look again says the same. */
export function openLiveMatching(ports: MatchLivePorts): LiveMatching {
  const sealed = openSealedDrafts(ports.stores);
  const followed = new Map<string, number>();
  return {
    run: async (signal) => {
      await followDrafts(ports, followed);
      let looked = 0;
      while (signal?.aborted !== true) {
        const due = await ports.stores.live.listDue(ports.clock.now(), batchSize);
        if (due.length === 0) break;
        looked += await lookAtBatch(ports, sealed, due);
      }
      return looked;
    },
  };
}

/** A draft that was sealed, corrected, recalled, or whose address was filled in: what it may have become is looked at again. */
async function followDrafts({ stores, clock }: MatchLivePorts, followed: Map<string, number>): Promise<void> {
  const cursor = await stores.live.readCursor();
  const changedSince = cursor === null ? null : laterBy(cursor, -overlapMs);
  let newest = cursor;
  for await (const draft of listSealedDrafts(stores, { channelId: null, changedSince })) {
    if (newest === null || draft.changedAt > newest) newest = draft.changedAt;
    if (followed.get(draft.id) === draft.revision) continue;
    const [first] = await stores.drafts.listSeals(draft.id);
    const publications = draft.publications;
    await stores.live.wake(
      {
        draftId: draft.id,
        channelIds: [...new Set([...draft.channels, ...publications.map(({ channelId }) => channelId)])],
        since: laterBy(first?.seal.at ?? draft.changedAt, -earliestMs),
        addresses: publications.flatMap(({ url }) => (url === null ? [] : (normaliseLink(url) ?? []))),
      },
      clock.now(),
    );
    followed.set(draft.id, draft.revision);
  }
  if (newest !== null && newest !== cursor) await stores.live.writeCursor(newest);
}

async function lookAtBatch(
  ports: MatchLivePorts,
  sealed: SealedDraftReader,
  due: readonly DueItem[],
): Promise<number> {
  const { channels } = await ports.stores.settings.read();
  const drafts = new Map<string, LiveCandidate[]>();
  let looked = 0;
  for (const item of due) {
    // Comparing takes the processor: whoever waits for an answer goes first.
    await setImmediate();
    const channel = channels.find(({ id }) => id === item.channelId);
    const read = channel === undefined ? 'gone' : await readItem(ports, item);
    if (channel === undefined || read === 'gone') await ports.stores.live.forget(item.postId);
    else if (read === 'unjudged')
      await ports.stores.live.defer(item, laterBy(ports.clock.now(), waitForJudgeMs));
    else {
      const known = drafts.get(channel.id) ?? (await sealed.read(channel.id));
      drafts.set(channel.id, known);
      await lookAt(ports, { item, channel, ...read }, known);
      looked += 1;
    }
  }
  return looked;
}

async function readItem(
  { stores, clock }: MatchLivePorts,
  { postId, metAt }: DueItem,
): Promise<{ post: Post; text: PostText } | 'gone' | 'unjudged'> {
  const post = await stores.posts.findPost(postId);
  // Noted before its post was stored, or by a run that was cut off: the crawler comes again.
  if (post === null || post.marks.includes('source-deleted') || post.marks.includes('text-erased'))
    return 'gone';
  if (post.state === 'pending' && laterBy(metAt, longestWaitMs) > clock.now()) return 'unjudged';
  const text = await stores.posts.findText(postId, { accessClasses: everyClass });
  return text === null ? 'gone' : { post, text };
}

interface Looked {
  item: DueItem;
  channel: Channel;
  post: Post;
  text: PostText;
}

function datedItem({ item, channel, text, post }: Looked): DatedItem {
  return {
    ...{ channelKind: channel.kind, title: text.title, text: text.text, links: text.links },
    ...{ attachments: text.attachments, images: item.images },
    ...{ publishedAt: post.publishedAt, publishedPrecision: post.publishedPrecision, gatheredAt: item.metAt },
  };
}

interface Choice {
  judged: JudgedLive;
  draftId: string | null;
  foundBy: LiveFinding['foundBy'];
  other: LiveMatch | null;
  similarDraftId: string | null;
}

async function lookAt(
  ports: MatchLivePorts,
  looked: Looked,
  drafts: readonly LiveCandidate[],
): Promise<void> {
  const { stores, clock } = ports;
  const { item, channel, post, text } = looked;
  const { judged, draftId, foundBy, other, similarDraftId } = await choose(ports, looked, drafts);
  const notes = [
    ...judged.notes,
    ...(other === null ? [] : (['another-item'] as const)),
    ...(similarDraftId === null ? [] : (['similar-draft'] as const)),
  ];
  await stores.live.record(
    {
      ...{ channelId: channel.id, postId: post.id, url: post.url, publishedAt: post.publishedAt },
      ...{ ...judged, notes, draftId, foundBy, similarDraftId, otherPostId: other?.postId ?? null },
      ...{ accessClass: text.accessClass, textVersion: text.textVersion },
    },
    item.mark,
    clock.now(),
  );
  // Two items of one draft name each other; and what was taken for it by likeness alone has to give way to the real one.
  if (other?.postId != null && judged.result !== 'changed' && other.otherPostId !== post.id)
    await stores.live.wakeItems([other.postId], clock.now());
}

/** One item, one draft: by its address, else the one that it is word for word, else the likeliest that nobody else has. */
async function choose(
  { stores }: MatchLivePorts,
  looked: Looked,
  drafts: readonly LiveCandidate[],
): Promise<Choice> {
  const { channel, post, text, item } = looked;
  const dated = datedItem(looked);
  const publishedAt = post.publishedAt ?? item.metAt;
  const address = normaliseLink(post.url);
  const traits = drafts.flatMap((one) => {
    const known = one.traits.get(channel.id) ?? [];
    const isTooEarly = laterBy(publishedAt, earliestMs) < one.firstSealedAt;
    return isTooEarly ? known.filter((each) => each.address !== null && each.address === address) : known;
  });
  const isShortForm = channel.kind === 'weibo';
  const found = findDrafts({ url: post.url, title: text.title, text: text.text, isShortForm }, traits);
  const once = found.filter((one, i) => found.findIndex(({ draftId }) => draftId === one.draftId) === i);
  const tried: (Omit<Choice, 'similarDraftId'> & { draftId: string })[] = [];
  for (const { draftId, by } of once.slice(0, mostTried)) {
    const candidate = drafts.find(({ draft }) => draft.id === draftId);
    if (candidate === undefined) continue;
    const others = await stores.live.listOfDraft(draftId);
    const other =
      others.find((one) => one.channelId === channel.id && one.postId !== null && one.postId !== post.id) ??
      null;
    tried.push({ judged: judgeAgainst(dated, candidate), draftId, foundBy: by, other });
  }
  const chosen =
    tried.find(({ foundBy }) => foundBy === 'address') ??
    tried.find(({ judged }) => judged.result !== 'changed') ??
    tried.find(({ other }) => other === null);
  if (chosen !== undefined) return { ...chosen, similarDraftId: null };
  const judged = judgeWithout(dated, channel.reviewFrom ?? null);
  const similarDraftId = judged.result === 'not-required' ? null : (tried[0]?.draftId ?? null);
  return { judged, draftId: null, foundBy: null, other: null, similarDraftId };
}
