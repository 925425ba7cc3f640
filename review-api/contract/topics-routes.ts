import { KeyPhraseItems, KeyPhraseItemsQuery, KeyPhrasesQuery, KeyPhrasesView } from './key-phrases.ts';
import { plain, type RouteSpec, withId } from './route-spec.ts';
import {
  MovedTopic,
  MoveTopicRequest,
  TopicDetail,
  TopicItems,
  TopicItemsQuery,
  TopicList,
  TopicListQuery,
} from './topics.ts';

/** 热点话题 and key phrases. */
export const topicsRoutes = {
  listTopics: {
    ...plain,
    method: 'get',
    path: '/api/topics',
    summary: 'What is spoken of, that of most items first, or of most growth',
    action: 'topic.read',
    query: TopicListQuery,
    answer: TopicList,
  },
  readTopic: {
    ...withId,
    method: 'get',
    path: '/api/topics/:id',
    summary:
      'A topic by the day with its gaps, growth, units, cases and what became of it; where it was merged, the one that goes on',
    action: 'topic.read',
    answer: TopicDetail,
  },
  listTopicItems: {
    ...withId,
    method: 'get',
    path: '/api/topics/:id/items',
    summary: 'What its figures were counted from: ids, no text',
    action: 'topic.read',
    query: TopicItemsQuery,
    answer: TopicItems,
  },
  readKeyPhrases: {
    ...plain,
    method: 'get',
    path: '/api/key-phrases',
    summary: 'What stands out in what people said in a period, against what is usual at the school',
    action: 'topic.read',
    query: KeyPhrasesQuery,
    answer: KeyPhrasesView,
    cost: 10,
  },
  listKeyPhraseItems: {
    ...plain,
    method: 'get',
    path: '/api/key-phrases/items',
    summary: 'What a key phrase was counted from: ids, no text',
    action: 'topic.read',
    query: KeyPhraseItemsQuery,
    answer: KeyPhraseItems,
    cost: 10,
  },
  moveTopic: {
    ...withId,
    method: 'post',
    path: '/api/topics/:id/moves',
    summary:
      'Rename, merge, split, take an item out, or say that it is no topic; the machine never undoes it',
    action: 'topic.edit',
    body: MoveTopicRequest,
    answer: MovedTopic,
  },
} as const satisfies Record<string, RouteSpec>;
