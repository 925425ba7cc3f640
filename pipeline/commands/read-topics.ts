import type { Topic, TopicEvent, TopicMember } from '../domain/topic.ts';
import type { Clock } from '../ports/clock.ts';
import type { Page, PageRequest } from '../ports/page.ts';
import type { TopicStore } from '../ports/topic-store.ts';
import { findLiveTopic } from './find-live-topic.ts';

interface TopicPorts {
  stores: { topics: TopicStore };
  clock: Clock;
}

/** Different items of the public that are open now, near copies once. */
interface TopicCounts {
  items: number;
  units: number;
  /** In Shanghai, oldest first; days without any are left out. */
  days: { day: string; items: number; units: number }[];
  channels: { channelId: string; items: number }[];
}

export interface CountedTopic {
  topic: Topic;
  counts: TopicCounts;
}

const dayMs = 86_400_000;
/** R16: of fewer different items nothing is told. */
const leastUnits = 3;

function sumUp(rows: Awaited<ReturnType<TopicStore['countMembers']>>): TopicCounts {
  const days = new Map<string, { day: string; items: number; units: number }>();
  const channels = new Map<string, number>();
  for (const { day, channelId, items, units } of rows) {
    const was = days.get(day) ?? { day, items: 0, units: 0 };
    days.set(day, { day, items: was.items + items, units: was.units + units });
    channels.set(channelId, (channels.get(channelId) ?? 0) + items);
  }
  return {
    items: rows.reduce((sum, { items }) => sum + items, 0),
    units: rows.reduce((sum, { units }) => sum + units, 0),
    days: [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1)),
    channels: [...channels]
      .map(([channelId, items]) => ({ channelId, items }))
      .sort((a, b) => b.items - a.items || (a.channelId < b.channelId ? -1 : 1)),
  };
}

/** Topics that were spoken of in the last days, those of most items in them first. */
export async function listTopics(days: number, { stores, clock }: TopicPorts): Promise<CountedTopic[]> {
  const from = new Date(Date.parse(clock.now()) - days * dayMs).toISOString();
  const topics = (await stores.topics.listTopics({ lastItemFrom: from })).filter(
    ({ mergedInto, isDismissed }) => mergedInto === null && !isDismissed,
  );
  const rows = await stores.topics.countMembers({ topicIds: topics.map(({ id }) => id), from });
  return topics
    .map((topic) => ({ topic, counts: sumUp(rows.filter(({ topicId }) => topicId === topic.id)) }))
    .filter(({ topic, counts }) => counts.items > 0 && topic.units >= leastUnits)
    .sort((a, b) => b.counts.items - a.counts.items || (a.topic.id < b.topic.id ? -1 : 1));
}

/** The topic that goes on where it was merged. @throws NotFound */
export async function readTopic(
  topicId: string,
  { stores }: TopicPorts,
): Promise<CountedTopic & { events: TopicEvent[] }> {
  const topic = await findLiveTopic(topicId, stores);
  const rows = await stores.topics.countMembers({ topicIds: [topic.id], from: topic.firstSeenAt });
  return { topic, counts: sumUp(rows), events: await stores.topics.listEvents(topic.id) };
}

/** What the figures were counted from: ids, no text. @throws NotFound */
export async function listTopicItems(
  topicId: string,
  page: PageRequest,
  { stores }: TopicPorts,
): Promise<Page<TopicMember>> {
  return stores.topics.listMembers((await findLiveTopic(topicId, stores)).id, page);
}
