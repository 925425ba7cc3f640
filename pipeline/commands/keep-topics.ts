import { Conflict } from '../domain/errors.ts';
import { leastItemsOfBackground, type PhraseBackground, type PhraseCounts } from '../domain/key-phrase.ts';
import { storedText } from '../domain/post.ts';
import { bucketHour, shanghaiDay } from '../domain/time.ts';
import {
  emptyChange,
  endedAfterDays,
  quietAfterDays,
  type Topic,
  type TopicChange,
  type TopicEvent,
  topicKeptDays,
} from '../domain/topic.ts';
import { beginOf, countPhrasesOf, findSplit, type LivingItem } from '../domain/topic-split.ts';
import { settlePhrases } from '../domain/topic-words.ts';
import type { TopicTextScan } from '../ports/topic-store.ts';
import type { FollowPorts } from './follow-topics.ts';

export interface KeepPorts extends FollowPorts {
  countPhrases(scan: TopicTextScan, least: number): Promise<PhraseCounts>;
}

const dayMs = 86_400_000;
const backgroundDays = 60;
const purgeBatch = 500;
const textsAtOnce = 1000;

/**
 * What is usual at the school, once a day, from the texts that live. That there are none yet says nothing: it is counted when some
 * have come, not a day later.
 * @returns the new version; null when it was counted today, or nothing could be
 */
export async function measurePhrases({ stores, clock, countPhrases }: KeepPorts): Promise<number | null> {
  const { version, builtAt } = await stores.topics.readPhraseVersion();
  const at = clock.now();
  if (builtAt !== null && Date.parse(at) - Date.parse(builtAt) < dayMs) return null;
  const fromHour = bucketHour(new Date(Date.parse(at) - backgroundDays * dayMs).toISOString());
  const counted = await countPhrases({ fromHour, now: at }, leastItemsOfBackground);
  if (counted.items === 0 && builtAt === null) return null;
  try {
    return await stores.topics.savePhrases(counted, { expectedVersion: version, at });
  } catch (error) {
    if (error instanceof Conflict) return null;
    throw error;
  }
}

function nextState(topic: Topic, now: string): Topic['state'] {
  if (topic.state === 'ended') return 'ended';
  const idleDays = (Date.parse(now) - Date.parse(topic.lastItemAt)) / dayMs;
  if (idleDays > endedAfterDays) return 'ended';
  return idleDays > quietAfterDays ? 'quiet' : 'active';
}

const agedAfterDays = 90;

interface Borne {
  living: LivingItem[];
  /** Different items whose text had its time. */
  aged: number;
}

/** What belongs to a topic, with what its living texts say. */
async function readBorne(topicId: string, ports: KeepPorts): Promise<Borne> {
  const { topics } = ports.stores;
  const now = ports.clock.now();
  const members = await topics.findMembers({ topicIds: [topicId], from: '' });
  const living: LivingItem[] = [];
  for (let start = 0; start < members.length; start += textsAtOnce) {
    const page = new Map(members.slice(start, start + textsAtOnce).map((one) => [one.postId, one]));
    const texts = await topics.findTexts([...page.keys()], now);
    const read = await ports.readPhrases(texts.map(storedText));
    for (const [index, { postId }] of texts.entries()) {
      const member = page.get(postId);
      if (member !== undefined) living.push({ member, phrases: read[index]?.phrases ?? [] });
    }
  }
  const alive = new Set(living.map(({ member }) => member.unitId));
  const oldest = new Date(Date.parse(now) - agedAfterDays * dayMs).toISOString();
  const aged = members.filter(({ at, unitId }) => at <= oldest && !alive.has(unitId));
  return { living, aged: new Set(aged.map(({ unitId }) => unitId)).size };
}

const settle = (topic: Topic, { living, aged }: Borne): Topic =>
  settlePhrases(topic, countPhrasesOf(living), {
    living: new Set(living.map(({ member }) => member.unitId)).size,
    aged,
  });

/** Where its items have become two matters, the other one begins a topic of its own. */
async function partTopic(
  topic: Topic,
  borne: Borne,
  { background, ports }: { background: PhraseBackground; ports: KeepPorts },
): Promise<{ left: Topic; change: TopicChange } | null> {
  const { stores, clock } = ports;
  if (topic.isJoined || topic.state === 'ended') return null;
  const at = clock.now();
  const part = findSplit(borne.living, { now: at, background });
  if (part === null) return null;
  const bars = (await stores.topics.listBars([topic.id])).map(({ postId }) => postId);
  const { begun, change } = beginOf(topic, part, { id: clock.newId(), at, bars, background });
  const parted = new Set(part);
  const rest = { ...borne, living: borne.living.filter((item) => !parted.has(item)) };
  for (const id of topic.apartFrom) {
    const other = await stores.topics.findTopic(id);
    if (other !== null)
      change.topics.push({ ...other, version: other.version + 1, apartFrom: [...other.apartFrom, begun.id] });
  }
  const told = { at, actorId: null, reason: 'no phrase and no article in common', items: part.length };
  change.events.push(
    { ...told, id: clock.newId(), topicId: topic.id, kind: 'parted', otherTopicId: begun.id },
    { ...told, id: clock.newId(), topicId: begun.id, kind: 'split-off', otherTopicId: topic.id },
  );
  const counts = countPhrasesOf(part);
  const left = {
    ...topic,
    units: Math.max(0, topic.units - begun.units),
    phrases: topic.phrases.map(({ phrase, items }) => ({
      phrase,
      items: Math.max(1, items - (counts.get(phrase) ?? 0)),
    })),
  };
  return { left: settle(left, rest), change };
}

/** The newest of each topic counts. */
function addChange(change: TopicChange, more: TopicChange): void {
  const changed = new Set(more.topics.map(({ id }) => id));
  change.topics = [...change.topics.filter(({ id }) => !changed.has(id)), ...more.topics];
  change.members.push(...more.members);
  change.bars.push(...more.bars);
  change.events.push(...more.events);
}

/** Once a day: what has become two, states, phrases that nobody's living text bears any more, and the end of what is three years old. */
export async function tidyTopics(ports: KeepPorts): Promise<boolean> {
  const { stores, clock } = ports;
  const now = clock.now();
  const today = shanghaiDay(now);
  const { version, tidiedOn } = await stores.topics.readBoard();
  if (tidiedOn >= today) return false;
  const since = new Date(Date.parse(now) - 2 * endedAfterDays * dayMs).toISOString();
  const background = await stores.topics.readPhrases();
  const change = emptyChange();
  // Another one may have changed it on the way: what was parted from it.
  const stands = (topic: Topic) => change.topics.find(({ id }) => id === topic.id) ?? topic;
  for (const listed of await stores.topics.listTopics({ lastItemFrom: since })) {
    if (listed.mergedInto !== null) continue;
    const topic = stands(listed);
    const borne = await readBorne(topic.id, ports);
    const parted = await partTopic(topic, borne, { background, ports });
    if (parted !== null) addChange(change, parted.change);
    const state = nextState(topic, now);
    const next = { ...(parted?.left ?? settle(topic, borne)), state };
    if (JSON.stringify(next) === JSON.stringify(topic)) continue;
    addChange(change, { ...emptyChange(), topics: [{ ...next, version: topic.version + 1 }] });
    const tell = (kind: TopicEvent['kind'], reason: string) =>
      change.events.push({
        ...{ id: clock.newId(), topicId: topic.id, kind, at: now, actorId: null, reason },
        ...{ otherTopicId: null, items: 0 },
      });
    if (state !== topic.state && state !== 'active') tell(state, '');
    if (next.name !== topic.name) tell('renamed', 'its words stand in no three living items');
  }
  try {
    await stores.topics.write({ change, expectedVersion: version, tidiedOn: today });
  } catch (error) {
    if (error instanceof Conflict) return false;
    throw error;
  }
  const oldest = new Date(Date.parse(now) - topicKeptDays * dayMs).toISOString();
  while ((await stores.topics.purge(oldest, purgeBatch)) === purgeBatch);
  return true;
}
