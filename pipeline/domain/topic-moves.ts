import { leastItemsOfPhrase } from './key-phrase.ts';
import {
  emptyChange,
  type Topic,
  type TopicBar,
  type TopicChange,
  type TopicMember,
  type TopicState,
} from './topic.ts';
import { addPhrases, countInTexts, type UnitTexts, withoutUnits } from './topic-words.ts';

/** A topic with all that belongs to it. */
export interface WholeTopic {
  topic: Topic;
  members: readonly TopicMember[];
  bars: readonly TopicBar[];
}

const raised = (topic: Topic): Topic => ({ ...topic, version: topic.version + 1 });
const unitsOf = (members: readonly TopicMember[]) => new Set(members.map(({ unitId }) => unitId));

function spanOf(members: readonly TopicMember[]): Partial<Pick<Topic, 'firstSeenAt' | 'lastItemAt'>> {
  const times = members.map(({ at }) => at).sort();
  const [firstSeenAt, lastItemAt] = [times[0], times.at(-1)];
  return firstSeenAt === undefined || lastItemAt === undefined ? {} : { firstSeenAt, lastItemAt };
}

const states: readonly TopicState[] = ['active', 'quiet', 'ended'];
const liveliest = (a: TopicState, b: TopicState): TopicState =>
  states.find((state) => state === a || state === b) ?? a;

/**
 * A person says that both are one matter: what had been parted of them is together again, for good. What either was parted from the
 * one that goes on stays parted from.
 * @param apart living topics from which either was parted
 */
export function joinTopics(from: WholeTopic, into: WholeTopic, apart: readonly Topic[]): TopicChange {
  const both = new Set([from.topic.id, into.topic.id]);
  const others = apart.filter(({ id }) => !both.has(id));
  const members = [...into.members, ...from.members];
  const together = new Set(members.map(({ postId }) => postId));
  const apartFrom = [...into.topic.apartFrom, ...from.topic.apartFrom, ...others.map(({ id }) => id)];
  const known = new Set(others.map(({ id }) => id));
  const joined: Topic = {
    ...raised(into.topic),
    ...spanOf(members),
    state: liveliest(from.topic.state, into.topic.state),
    isJoined: true,
    units: unitsOf(members).size,
    phrases: addPhrases(into.topic.phrases, from.topic.phrases),
    apartFrom: [...new Set(apartFrom)].filter((id) => known.has(id)),
  };
  const bars = from.bars.filter(({ postId }) => !together.has(postId));
  return {
    ...emptyChange(),
    topics: [
      { ...raised(from.topic), state: 'ended', mergedInto: into.topic.id, phrases: [] },
      joined,
      ...others.map((other) => apartOf(other, [into.topic.id])),
    ],
    members: from.members.map((member) => ({ ...member, topicId: into.topic.id, isPinned: true })),
    bars: bars.map(({ postId }) => ({ postId, topicId: into.topic.id })),
    lifted: [...from.bars, ...into.bars].filter(({ postId }) => together.has(postId)),
  };
}

const apartOf = (topic: Topic, ids: readonly string[]): Topic => ({
  ...raised(topic),
  apartFrom: [...new Set([...topic.apartFrom, ...ids])],
});

interface Parting {
  /** Of the topic that begins. */
  id: string;
  name: string;
  at: string;
  /** Near copies are among them. */
  parted: readonly TopicMember[];
  texts: readonly UnitTexts[];
  /** Living topics from which the old one was parted. */
  apart: readonly Topic[];
}

/** A person says that some items are another matter: what is parted never comes together again by itself. */
export function splitTopic({ topic, members }: WholeTopic, parting: Parting): TopicChange {
  const { id, name, at, parted, texts, apart } = parting;
  const gone = new Set(parted.map(({ postId }) => postId));
  const rest = members.filter(({ postId }) => !gone.has(postId));
  const begun: Topic = {
    ...{ id, version: 1, name, namedBy: 'person', state: topic.state, isDismissed: false, mergedInto: null },
    ...{ splitFrom: topic.id, isJoined: topic.isJoined, noticedAt: at, units: unitsOf(parted).size },
    ...{ firstSeenAt: at, lastItemAt: at, ...spanOf(parted) },
    apartFrom: [...new Set([topic.id, ...apart.map((other) => other.id)])],
    phrases: countInTexts(topic.phrases, texts).filter(({ items }) => items >= leastItemsOfPhrase),
  };
  const left = apartOf({ ...withoutUnits(topic, texts), ...spanOf(rest) }, [id]);
  return {
    ...emptyChange(),
    topics: [
      { ...left, units: unitsOf(rest).size },
      begun,
      ...apart.filter((other) => other.id !== topic.id).map((other) => apartOf(other, [id])),
    ],
    members: parted.map((member) => ({ ...member, topicId: id, isPinned: true })),
    bars: [
      ...parted.map(({ postId }) => ({ topicId: topic.id, postId })),
      ...rest.map(({ postId }) => ({ topicId: id, postId })),
    ],
  };
}

/** A person takes an item out, with its near copies. */
export function removeUnit(
  { topic, members }: WholeTopic,
  removed: readonly TopicMember[],
  texts: UnitTexts,
): TopicChange {
  const gone = new Set(removed.map(({ postId }) => postId));
  const rest = members.filter(({ postId }) => !gone.has(postId));
  const left = raised({ ...withoutUnits(topic, [texts]), ...spanOf(rest) });
  return {
    ...emptyChange(),
    topics: [{ ...left, units: unitsOf(rest).size }],
    removed: [...gone],
    bars: [...gone].map((postId) => ({ topicId: topic.id, postId })),
  };
}
