import type { topicsRoutes } from '../../../review-api/contract/topics-routes.ts';
import type { Asked, Who } from './expectation.ts';

type Name = keyof typeof topicsRoutes;

/** A topic is of the whole school: not for those who see one unit's matters. */
const readers: Who = ['reviewer', 'director', 'leader', 'principal', 'analyst'];

export const topicsWho: { [N in Name]: Who } = {
  listTopics: readers,
  readTopic: readers,
  listTopicItems: readers,
  readKeyPhrases: readers,
  listKeyPhraseItems: readers,
  moveTopic: ['director', 'analyst'],
};

export const topicsAsked: Asked<Name> = {
  bodies: () => ({ moveTopic: { version: 1, reason: '不是一件事', move: { kind: 'dismiss' } } }),
  queries: { listTopics: '?days=7', listTopicItems: '?limit=10', listKeyPhraseItems: '?phrase=停水' },
};
