import { Conflict } from '../domain/errors.ts';
import { speakerOf } from '../domain/item-fact.ts';
import type { PhraseBackground } from '../domain/key-phrase.ts';
import { storedText } from '../domain/post.ts';
import { bucketHour } from '../domain/time.ts';
import { endedAfterDays, windowDays } from '../domain/topic.ts';
import { TopicBoard } from '../domain/topic-board.ts';
import { compareItems, type TopicItem } from '../domain/topic-evidence.ts';
import type { Clock } from '../ports/clock.ts';
import type { TopicStore, TopicText } from '../ports/topic-store.ts';
import type { ReadText } from './count-phrases.ts';

export interface FollowPorts {
  stores: { topics: TopicStore };
  clock: Clock;
  readPhrases(texts: readonly string[]): Promise<ReadText[]>;
}

const batchSize = 500;
const pageSize = 500;
const dayMs = 86_400_000;

/** What a process remembers between two runs: never more than what the store would give again. */
interface Remembered {
  board: TopicBoard;
  version: number;
  background: number;
}

async function readItems(texts: readonly TopicText[], ports: FollowPorts): Promise<TopicItem[]> {
  const read = await ports.readPhrases(texts.map(storedText));
  return texts.map(({ postId, at, channelId, kind, rootId, parentId }, index) => ({
    ...{ postId, at, channelId, rootId, parentId, speaker: speakerOf(kind) },
    phrases: read[index]?.phrases ?? [],
    copies: read[index]?.copies ?? null,
  }));
}

/** Topics that may go on, and what was said in the last days but for what is still to be looked at. */
async function rebuild(version: number, ports: FollowPorts): Promise<Remembered> {
  const { stores, clock } = ports;
  const now = clock.now();
  const before = (days: number) => new Date(Date.parse(now) - days * dayMs).toISOString();
  const background: PhraseBackground = await stores.topics.readPhrases();
  const topics = (await stores.topics.listTopics({ lastItemFrom: before(endedAfterDays) })).filter(
    ({ state, mergedInto }) => state !== 'ended' && mergedInto === null,
  );
  const topicIds = topics.map(({ id }) => id);
  const members = await stores.topics.findMembers({ topicIds, from: before(endedAfterDays) });
  const due = new Set(await stores.topics.listDue(1_000_000));
  const items: TopicItem[] = [];
  let cursor: string | null = null;
  do {
    const scan = { fromHour: bucketHour(before(windowDays)), now };
    const page: Awaited<ReturnType<TopicStore['scanTexts']>> = await stores.topics.scanTexts(scan, {
      cursor,
      limit: pageSize,
    });
    const known = page.items.filter(({ postId }) => !due.has(postId));
    if (known.length > 0) items.push(...(await readItems(known, ports)));
    cursor = page.nextCursor;
  } while (cursor !== null);
  const bars = await stores.topics.listBars(topicIds);
  const start = { topics, members, bars, items: items.sort(compareItems) };
  return {
    board: new TopicBoard(start, background, () => clock.newId()),
    version,
    background: background.version,
  };
}

/**
 * Puts what has come in since the last run where it belongs. Each item is looked at once, in the order of time; what was seen is
 * stored with what came of it, so that a run that was cut off goes on, and of two at once one finds its work done.
 */
export function openTopicFollower(ports: FollowPorts): (signal?: AbortSignal) => Promise<number> {
  let remembered: Remembered | null = null;
  const { topics } = ports.stores;

  async function followBatch(): Promise<number> {
    const seen = await topics.listDue(batchSize);
    if (seen.length === 0) return 0;
    const { version } = await topics.readBoard();
    const { version: background } = await topics.readPhraseVersion();
    if (remembered?.version !== version || remembered.background !== background)
      remembered = await rebuild(version, ports);
    const { board } = remembered;
    const at = ports.clock.now();
    const texts = await topics.findTexts(seen, at);
    const stands = new Set(texts.map(({ postId }) => postId));
    const members = await topics.findMembers({ postIds: seen });
    for (const postId of seen) if (!stands.has(postId)) board.drop(postId, members);
    for (const item of (await readItems(texts, ports)).sort(compareItems)) board.place(item);
    board.tidy(at);
    const change = board.takeChange();
    // Until it is written, what is remembered is not what stands.
    remembered = null;
    const next = await topics.write({ change, expectedVersion: version, seen });
    remembered = { board, version: next, background };
    return seen.length;
  }

  return async (signal) => {
    let done = 0;
    while (signal?.aborted !== true) {
      try {
        const count = await followBatch();
        if (count === 0) break;
        done += count;
      } catch (error) {
        remembered = null;
        if (error instanceof Conflict) break;
        throw error;
      }
    }
    return done;
  };
}
