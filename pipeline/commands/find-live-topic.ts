import { NotFound } from '../domain/errors.ts';
import type { Topic } from '../domain/topic.ts';
import type { TopicStore } from '../ports/topic-store.ts';

/** The topic, or the one that goes on where it was merged, however often. @throws NotFound */
export async function findLiveTopic(topicId: string, { topics }: { topics: TopicStore }): Promise<Topic> {
  let topic = await topics.findTopic(topicId);
  // Into a living one each time, which this one is not: it ends.
  while (topic !== null && topic.mergedInto !== null) topic = await topics.findTopic(topic.mergedInto);
  if (topic === null) throw new NotFound('没有这个话题。');
  return topic;
}
