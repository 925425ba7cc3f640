import {
  describeTopic,
  type GrowingTopic,
  listGrowingTopics,
} from '../../../pipeline/commands/describe-topics.ts';
import { moveTopic } from '../../../pipeline/commands/move-topic.ts';
import { listTopicItems } from '../../../pipeline/commands/read-topics.ts';
import type { TopicView } from '../../contract/topics.ts';
import type { topicsRoutes } from '../../contract/topics-routes.ts';
import { getReader, type Handler } from '../../http/call.ts';
import { openTrendNames } from '../../present/trend.ts';
import { listKeyPhraseItems, readKeyPhrases } from './key-phrases.ts';
import { findOwnCases } from './own-cases.ts';
import { assertWholeSchool } from './whole-school.ts';

const present = ({ topic, counts, growth }: GrowingTopic): TopicView => {
  const { id, version, name, namedBy, state, isDismissed, firstSeenAt, noticedAt, lastItemAt, phrases } =
    topic;
  return {
    id,
    version,
    name,
    namedBy,
    state,
    isDismissed,
    firstSeenAt,
    noticedAt,
    lastItemAt,
    phrases,
    counts,
    growth,
  };
};

export const topicsHandlers: { [N in keyof typeof topicsRoutes]: Handler<N> } = {
  listTopics: async ({ query, rights, deps }) => {
    assertWholeSchool(rights);
    const { channel: channelId, unit: unitId, ...rest } = query;
    return { items: (await listGrowingTopics({ ...rest, channelId, unitId }, deps)).map(present) };
  },
  readTopic: async (call) => {
    const { params, rights, deps } = call;
    assertWholeSchool(rights);
    const found = await describeTopic(params.id, deps);
    const { topic: _topic, counts: _counts, answerable, postIds, ...rest } = found;
    const cases = await findOwnCases(postIds, call);
    const ordered = postIds.flatMap((postId) => cases.get(postId)?.id ?? []);
    const names = await openTrendNames(deps.directory);
    return {
      ...present(found),
      ...rest,
      answerable: answerable.map((one) => ({
        ...one,
        name: one.value === '' ? '' : names.unit(one.value).name,
      })),
      caseIds: [...new Set(ordered)],
    };
  },
  listTopicItems: async ({ params, query, rights, deps }) => {
    assertWholeSchool(rights);
    const page = await listTopicItems(params.id, { cursor: query.cursor ?? null, limit: query.limit }, deps);
    const from =
      query.days === undefined
        ? ''
        : new Date(Date.parse(deps.clock.now()) - query.days * 86_400_000).toISOString();
    const isOver = (page.items.at(-1)?.at ?? from) < from;
    const items = page.items
      .filter(({ at, speaker }) => at >= from && (query.speaker ?? speaker) === speaker)
      .map(({ postId, at, channelId, speaker }) => ({ postId, at, channelId, speaker }));
    return { items, nextCursor: isOver ? null : page.nextCursor };
  },
  readKeyPhrases,
  listKeyPhraseItems,
  moveTopic: async (call) => {
    const { topic, begunId } = await moveTopic(
      { topicId: call.params.id, ...call.body },
      getReader(call).actor,
      call.deps,
    );
    return { id: topic.id, version: topic.version, name: topic.name, begunId };
  },
};
