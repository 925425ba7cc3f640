import { scanReasonNames, scanText } from '../domain/brief-scan.ts';
import type { Actor } from '../domain/case.ts';
import { Conflict, InvalidInput } from '../domain/errors.ts';
import { storedText } from '../domain/post.ts';
import { openQuoteSearch } from '../domain/quotation.ts';
import {
  emptyChange,
  type Topic,
  type TopicChange,
  type TopicEvent,
  type TopicMember,
} from '../domain/topic.ts';
import { joinTopics, removeUnit, splitTopic, type WholeTopic } from '../domain/topic-moves.ts';
import type { Clock } from '../ports/clock.ts';
import type { TopicStore } from '../ports/topic-store.ts';
import { findLiveTopic } from './find-live-topic.ts';

interface TopicPorts {
  stores: { topics: TopicStore };
  clock: Clock;
}

/** What a person does with a topic; the machine never undoes it. */
export type TopicMove =
  | { kind: 'rename'; name: string }
  | { kind: 'dismiss' }
  | { kind: 'restore' }
  | { kind: 'merge'; intoId: string }
  | { kind: 'remove-item'; postId: string }
  | { kind: 'split'; name: string; postIds: readonly string[] };

type Told = Pick<TopicEvent, 'topicId' | 'kind' | 'otherTopicId' | 'items'>;

interface Moved {
  change: TopicChange;
  told: Told[];
  begunId: string | null;
}

const textsAtOnce = 500;

/** @returns the living texts of those members, by post */
async function readTexts(
  members: readonly TopicMember[],
  { stores, clock }: TopicPorts,
): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (let start = 0; start < members.length; start += textsAtOnce) {
    const ids = members.slice(start, start + textsAtOnce).map(({ postId }) => postId);
    for (const text of await stores.topics.findTexts(ids, clock.now()))
      texts.set(text.postId, storedText(text));
  }
  return texts;
}

/** The texts of each different item. */
async function readUnits(members: readonly TopicMember[], ports: TopicPorts): Promise<string[][]> {
  const texts = await readTexts(members, ports);
  const units = new Map<string, string[]>();
  for (const { postId, unitId } of members) {
    const text = texts.get(postId);
    units.set(unitId, [...(units.get(unitId) ?? []), ...(text === undefined ? [] : [text])]);
  }
  return [...units.values()];
}

async function readWhole(topic: Topic, { stores }: TopicPorts): Promise<WholeTopic> {
  const members = await stores.topics.findMembers({ topicIds: [topic.id], from: '' });
  return { topic, members, bars: await stores.topics.listBars([topic.id]) };
}

/** The living ones from which they were parted, once each. */
async function findApart(parted: readonly Topic[], { stores }: TopicPorts): Promise<Topic[]> {
  const found = new Map<string, Topic>();
  for (const id of new Set(parted.flatMap(({ apartFrom }) => apartFrom))) {
    // What is three years old is not there any more.
    if ((await stores.topics.findTopic(id)) === null) continue;
    const topic = await findLiveTopic(id, stores);
    found.set(topic.id, topic);
  }
  return [...found.values()];
}

/** A name is read by all: no accounts, no numbers of persons, and nobody's words (R16). @throws InvalidInput */
async function assertOwnWords(
  words: Readonly<Record<string, string>>,
  members: readonly TopicMember[],
  ports: TopicPorts,
): Promise<void> {
  const refuse = (field: string, why: string) => new InvalidInput(field, `${why}。`);
  for (const [field, text] of Object.entries(words)) {
    const [problem] = scanText(text);
    if (problem !== undefined) throw refuse(field, scanReasonNames[problem]);
  }
  const isQuoted = openQuoteSearch(words);
  for (const text of (await readTexts(members, ports)).values()) {
    const field = isQuoted(text);
    if (field !== null) throw refuse(field, scanReasonNames.quote);
  }
}

async function merge(topic: Topic, intoId: string, ports: TopicPorts): Promise<Moved> {
  const target = await findLiveTopic(intoId, ports.stores);
  if (target.id === topic.id) throw new InvalidInput('move.intoId', '不能合并到自己。');
  const [from, into] = [await readWhole(topic, ports), await readWhole(target, ports)];
  const items = from.members.length;
  return {
    change: joinTopics(from, into, await findApart([topic, target], ports)),
    told: [
      { topicId: topic.id, kind: 'merged', otherTopicId: target.id, items },
      { topicId: target.id, kind: 'took-over', otherTopicId: topic.id, items },
    ],
    begunId: null,
  };
}

/** With the near copies of each. @throws InvalidInput where one of them is not of the topic */
function withCopies(members: readonly TopicMember[], postIds: readonly string[], field: string) {
  const byPost = new Map(members.map((member) => [member.postId, member]));
  const units = new Set<string>();
  for (const postId of postIds) {
    const member = byPost.get(postId);
    if (member === undefined) throw new InvalidInput(field, '这条信息不在这个话题里。');
    units.add(member.unitId);
  }
  return members.filter(({ unitId }) => units.has(unitId));
}

async function split(
  topic: Topic,
  { name, postIds }: { name: string; postIds: readonly string[] },
  ports: TopicPorts,
): Promise<Moved> {
  const whole = await readWhole(topic, ports);
  const parted = withCopies(whole.members, postIds, 'move.postIds');
  if (parted.length === whole.members.length)
    throw new InvalidInput('move.postIds', '至少要有一条信息留在原话题（相同内容一并分出）。');
  const { clock } = ports;
  const id = clock.newId();
  const texts = await readUnits(parted, ports);
  const apart = await findApart([topic], ports);
  return {
    change: splitTopic(whole, { id, name, at: clock.now(), parted, texts, apart }),
    told: [
      { topicId: topic.id, kind: 'parted', otherTopicId: id, items: parted.length },
      { topicId: id, kind: 'split-off', otherTopicId: topic.id, items: parted.length },
    ],
    begunId: id,
  };
}

async function removeItem(topic: Topic, postId: string, ports: TopicPorts): Promise<Moved> {
  const whole = await readWhole(topic, ports);
  const removed = withCopies(whole.members, [postId], 'move.postId');
  const [texts = []] = await readUnits(removed, ports);
  return {
    change: removeUnit(whole, removed, texts),
    told: [{ topicId: topic.id, kind: 'item-removed', otherTopicId: null, items: removed.length }],
    begunId: null,
  };
}

function change(topic: Topic, parts: Partial<Topic>, kind: TopicEvent['kind']): Moved {
  const next = { ...topic, ...parts, version: topic.version + 1 };
  return {
    change: { ...emptyChange(), topics: [next] },
    told: [{ topicId: topic.id, kind, otherTopicId: null, items: 0 }],
    begunId: null,
  };
}

async function plan(topic: Topic, move: TopicMove, ports: TopicPorts): Promise<Moved> {
  switch (move.kind) {
    case 'rename':
      return change(topic, { name: move.name, namedBy: 'person' }, 'renamed');
    case 'dismiss':
      return change(topic, { isDismissed: true }, 'dismissed');
    case 'restore':
      return change(topic, { isDismissed: false }, 'restored');
    case 'merge':
      return merge(topic, move.intoId, ports);
    case 'remove-item':
      return removeItem(topic, move.postId, ports);
    case 'split':
      return split(topic, move, ports);
  }
}

/**
 * @returns the topic as it stands now, and of a split the one that began
 * @throws NotFound, Conflict for a stale version, InvalidInput
 */
export async function moveTopic(
  asked: { topicId: string; version: number; reason: string; move: TopicMove },
  actor: Pick<Actor, 'id'>,
  ports: TopicPorts,
): Promise<{ topic: Topic; begunId: string | null }> {
  const { stores, clock } = ports;
  const { version: expectedVersion } = await stores.topics.readBoard();
  const topic = await findLiveTopic(asked.topicId, stores);
  if (topic.version !== asked.version || topic.id !== asked.topicId)
    throw new Conflict('话题刚刚有变化，请刷新后再试。');
  const { move, reason } = asked;
  const members = await stores.topics.findMembers({ topicIds: [topic.id], from: '' });
  const words = 'name' in move ? { 'move.name': move.name, reason } : { reason };
  await assertOwnWords(words, members, ports);
  const moved = await plan(topic, move, ports);
  const at = clock.now();
  const events = moved.told.map((told) => ({ id: clock.newId(), at, actorId: actor.id, reason, ...told }));
  await stores.topics.write({ change: { ...moved.change, events }, expectedVersion });
  const next = moved.change.topics.find(({ id }) => id === topic.id) ?? topic;
  return { topic: next, begunId: moved.begunId };
}
