import type { Collection, Db, Filter } from 'mongodb';
import { Speaker } from '../../domain/item-fact.ts';
import type { Topic, TopicBar, TopicEvent, TopicMember } from '../../domain/topic.ts';
import type { TopicText } from '../../ports/topic-store.ts';
import {
  type PostCollections,
  type PostDocument,
  postCollections,
  textId,
  wholeBatch,
} from './post-documents.ts';
import type { ItemFactDocument } from './rollup-documents.ts';
import { type CollectionSpec, field } from './schema.ts';
import { type TopicDueDocument, topicDue } from './topic-due.ts';

/** One document, `_id` is `board`. */
interface BoardDocument {
  _id: string;
  version: number;
  tidiedOn: string;
}
/** `_id` is the topic's. */
interface TopicDocument {
  _id: string;
  lastItemAt: string;
  topic: Topic;
}
/** `_id` is the post's. */
export type TopicMemberDocument = Omit<TopicMember, 'postId'> & { _id: string };
/** `_id` is topic and post. */
type TopicBarDocument = TopicBar & { _id: string };
interface TopicEventDocument {
  _id: string;
  topicId: string;
  at: string;
  event: TopicEvent;
}
/** One document, `_id` is `set`. */
interface PhraseSetDocument {
  _id: string;
  version: number;
  builtAt: string;
  items: number;
}
/** Some thousand phrases in each, under the version of their set: the old ones go when the new ones stand. */
interface PhrasesDocument {
  _id: string;
  version: number;
  phrases: [string, number][];
}

export interface TopicCollections extends Pick<PostCollections, 'posts' | 'texts'> {
  board: Collection<BoardDocument>;
  topics: Collection<TopicDocument>;
  members: Collection<TopicMemberDocument>;
  bars: Collection<TopicBarDocument>;
  events: Collection<TopicEventDocument>;
  due: Collection<TopicDueDocument>;
  facts: Collection<ItemFactDocument>;
  phraseSets: Collection<PhraseSetDocument>;
  phrases: Collection<PhrasesDocument>;
}

export function topicCollections(db: Db): TopicCollections {
  const { posts, texts } = postCollections(db);
  return {
    ...{ posts, texts },
    board: db.collection('topic_board'),
    topics: db.collection('topics'),
    members: db.collection('topic_members'),
    bars: db.collection('topic_bars'),
    events: db.collection('topic_events'),
    due: topicDue(db),
    facts: db.collection('item_facts'),
    phraseSets: db.collection('phrase_set'),
    phrases: db.collection('phrases'),
  };
}

const since = '2026-11-23';

export const topicSpecs: readonly CollectionSpec[] = [
  { name: 'topic_board', fields: { version: field.number, tidiedOn: field.text }, indexes: [] },
  {
    name: 'topics',
    fields: { lastItemAt: field.text, topic: field.object },
    indexes: [
      { key: { lastItemAt: -1, _id: -1 }, since, reason: 'topics that are spoken of, and the purge' },
    ],
  },
  {
    name: 'topic_members',
    fields: {
      ...{ topicId: field.text, at: field.text, channelId: field.text, speaker: { enum: Speaker.options } },
      ...{ rootId: field.textOrNull, unitId: field.text, isPinned: field.boolean },
    },
    indexes: [
      { key: { topicId: 1, at: -1, _id: -1 }, since, reason: 'what belongs to a topic, latest first' },
    ],
  },
  {
    name: 'topic_bars',
    fields: { topicId: field.text, postId: field.text },
    indexes: [{ key: { topicId: 1 }, since, reason: 'what was taken out of a topic' }],
  },
  {
    name: 'topic_events',
    fields: { topicId: field.text, at: field.text, event: field.object },
    indexes: [{ key: { topicId: 1, at: 1, _id: 1 }, since, reason: 'what became of a topic' }],
  },
  {
    name: 'topic_due',
    fields: { hour: field.text },
    indexes: [{ key: { hour: 1, _id: 1 }, since, reason: 'what is to be looked at, in the order of time' }],
  },
  {
    name: 'phrase_set',
    fields: { version: field.number, builtAt: field.text, items: field.number },
    indexes: [],
  },
  {
    name: 'phrases',
    fields: { version: field.number, phrases: field.list },
    indexes: [{ key: { version: 1 }, since, reason: 'the phrases of a set' }],
  },
];

const textFields = {
  channelId: 1,
  kind: 1,
  textVersion: 1,
  bucketHour: 1,
  publishedAt: 1,
  gatheredAt: 1,
  rootId: 1,
  parentId: 1,
} as const;
export type TopicPost = Pick<PostDocument, '_id' | keyof typeof textFields>;

/** What topics may be made of. */
export const topicPosts: Filter<PostDocument> = {
  state: 'judged',
  accessClass: 'open',
  retentionClass: { $ne: 'noise' },
  $or: [{ kind: { $ne: 'comment' } }, { official: { $exists: false } }],
};

export const topicPostFields = { projection: textFields, ...wholeBatch };

const referredKinds = ['status', 'article', 'comment'] as const;

/** With their texts, and with what they stand under and answer by id: three round trips. */
export async function joinTopicTexts(
  at: TopicCollections,
  posts: readonly TopicPost[],
  now: string,
): Promise<TopicText[]> {
  if (posts.length === 0) return [];
  const textIds = posts.map(({ _id, textVersion }) => textId(_id, textVersion));
  const texts = await at.texts
    .find(
      { _id: { $in: textIds }, accessClass: 'open' },
      { projection: { postId: 1, title: 1, text: 1, expiresAt: 1 }, ...wholeBatch },
    )
    .toArray();
  const textOf = new Map(texts.map((text) => [text.postId, text]));
  const candidates = posts.flatMap(({ channelId, rootId, parentId }) =>
    [rootId, parentId].flatMap((one) =>
      one === null ? [] : referredKinds.map((kind) => `${channelId}:${kind}:${one}`),
    ),
  );
  const found = await at.posts
    .find({ _id: { $in: [...new Set(candidates)] } }, { projection: { _id: 1 }, ...wholeBatch })
    .toArray();
  const known = new Set(found.map(({ _id }) => _id));
  const refer = (channelId: string, one: string | null, kinds: readonly string[]) =>
    kinds.map((kind) => `${channelId}:${kind}:${one}`).find((id) => known.has(id)) ?? null;
  return posts.flatMap(({ _id, channelId, kind, rootId, parentId, publishedAt, gatheredAt }) => {
    const text = textOf.get(_id);
    if (text === undefined || (text.expiresAt !== null && text.expiresAt <= now)) return [];
    return [
      {
        ...{
          postId: _id,
          at: publishedAt ?? gatheredAt,
          channelId,
          kind,
          title: text.title,
          text: text.text,
        },
        rootId: refer(channelId, rootId, ['status', 'article']),
        parentId: refer(channelId, parentId, ['comment', 'status', 'article']),
      },
    ];
  });
}
