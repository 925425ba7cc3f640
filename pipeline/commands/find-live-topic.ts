import { NotFound } from '../domain/errors.ts';
import type { Topic } from '../domain/topic.ts';
import type { TopicStore } from '../ports/topic-store.ts';

type Topics = { topics: Pick<TopicStore, 'findTopic'> };

/** The topic, or the one that goes on where it was merged, however often; null where its record has gone. */
export async function followMerges(topicId: string, { topics }: Topics): Promise<Topic | null> {
  let topic = await topics.findTopic(topicId);
  // Into a living one each time, which this one is not: it ends.
  while (topic !== null && topic.mergedInto !== null) topic = await topics.findTopic(topic.mergedInto);
  return topic;
}

/** As `followMerges`. @throws NotFound */
export async function findLiveTopic(topicId: string, stores: Topics): Promise<Topic> {
  const topic = await followMerges(topicId, stores);
  if (topic === null) throw new NotFound('没有这个话题。');
  return topic;
}
