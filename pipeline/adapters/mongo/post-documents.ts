import type { Collection, Db } from 'mongodb';
import { z } from 'zod';
import type { AccessClass } from '../../domain/access-class.ts';
import type { Lead } from '../../domain/lead.ts';
import type { PassedAs } from '../../domain/passed.ts';
import { Post, PostKind, type PostText } from '../../domain/post.ts';
import type { RetentionClass } from '../../domain/retention-class.ts';
import type { Verdict } from '../../domain/verdict.ts';
import { type CollectionSpec, field } from './schema.ts';

export type PostDocument = Omit<Post, 'id' | 'official' | 'lead'> & {
  _id: string;
  /** Absent for everybody else's words. */
  official?: true;
  /** Absent for all but leads. */
  lead?: Lead;
  sortAt: string;
  dueAt: string | null;
  attempts: number;
  lastError: string | null;
  /** The text version that was judged last: tells whether a verdict and an index entry may have to give way. */
  judgedVersion: number | null;
  /** When its numbers were read; posts from before lack it: then it was when they were gathered. */
  metricsAt?: string;
  /** Praise or noise that went to no queue: stays when the text has expired, and is counted. */
  passed?: PassedAs | null;
};
/** `_id` is `textId(postId, textVersion)`, of verdicts too. */
export type PostTextDocument = PostText & { _id: string };
interface VerdictDocument {
  _id: string;
  postId: string;
  textVersion: number;
  verdict: Verdict;
  judgedAt: string;
}
/** `_id` is the post's. Apart from the post, since a change of any field here costs the whole index of its words. */
export interface IndexDocument {
  _id: string;
  /** Empty while the entry is fresh. */
  tokens: string[];
  /** The tokens of an entry that was written in haste and is not in the index of words yet. */
  fresh: string[] | null;
  /** Since when it is fresh. */
  freshAt: string | null;
  accessClass: AccessClass;
  retentionClass: RetentionClass;
  expiresAt: string | null;
  sortAt: string;
}

export interface PostCollections {
  posts: Collection<PostDocument>;
  texts: Collection<PostTextDocument>;
  verdicts: Collection<VerdictDocument>;
  index: Collection<IndexDocument>;
}

export function postCollections(db: Db): PostCollections {
  return {
    posts: db.collection('posts'),
    texts: db.collection('post_texts'),
    verdicts: db.collection('verdicts'),
    index: db.collection('post_index'),
  };
}

const classFields = {
  accessClass: field.accessClass,
  retentionClass: field.retentionClass,
  expiresAt: field.textOrNull,
};

/** No collection has a field for an author (R3). */
export const postSpecs: readonly CollectionSpec[] = [
  {
    name: 'posts',
    version: 6,
    laterFields: {
      metricsAt: { since: '2026-11-22', type: field.text },
      official: { since: '2026-11-23', type: field.boolean },
      lead: { since: '2026-11-23', type: field.object },
      passed: { since: '2026-11-23', type: field.textOrNull },
    },
    fields: {
      channelId: field.text,
      kind: { enum: PostKind.options },
      externalId: field.text,
      url: field.text,
      parentId: field.textOrNull,
      rootId: field.textOrNull,
      textVersion: field.number,
      publishedAt: field.textOrNull,
      publishedPrecision: field.textOrNull,
      bucketHour: field.text,
      gatheredAt: field.text,
      sortAt: field.text,
      state: { enum: Post.shape.state.options },
      marks: field.texts,
      metrics: field.object,
      ...classFields,
      dueAt: field.textOrNull,
      attempts: field.number,
      lastError: field.textOrNull,
      judgedVersion: { bsonType: [...field.number.bsonType, 'null'] },
    },
    indexes: [
      {
        key: { dueAt: 1, _id: 1 },
        since: '2026-11-22',
        reason: 'what waits for judgement, oldest due first',
      },
      {
        key: { bucketHour: -1, _id: -1 },
        since: '2026-11-22',
        reason: 'the posts of some days, newest first',
      },
      {
        key: { channelId: 1, parentId: 1, gatheredAt: 1 },
        options: { partialFilterExpression: { official: true } },
        since: '2026-11-23',
        reason: 'our own replies to a comment',
      },
      {
        key: { 'lead.documentKey': 1, gatheredAt: -1, _id: -1 },
        options: { partialFilterExpression: { 'lead.revision': { $exists: true, $gte: 1 } } },
        since: '2026-11-23',
        reason: 'leads of one number',
      },
      {
        key: { gatheredAt: -1, _id: -1 },
        options: { partialFilterExpression: { 'lead.revision': { $exists: true, $gte: 1 } } },
        since: '2026-11-23',
        reason: 'leads, newest first, and those of a year',
      },
      {
        key: { passed: 1, bucketHour: 1 },
        options: { partialFilterExpression: { passed: { $exists: true, $gt: '' } } },
        since: '2026-11-23',
        reason: 'praise and noise by day',
      },
      {
        key: { passed: 1, gatheredAt: -1, _id: -1 },
        options: { partialFilterExpression: { passed: { $exists: true, $gt: '' } } },
        since: '2026-11-23',
        reason: 'praise and noise, newest first',
      },
      {
        key: { gatheredAt: -1, _id: -1, marks: 1 },
        options: { partialFilterExpression: { marks: 'source-deleted' } },
        since: '2026-11-23',
        reason: 'what is gone at its source',
      },
      { key: { url: 1 }, since: '2026-11-23', reason: 'a post by its address' },
    ],
  },
  {
    name: 'post_texts',
    version: 2,
    fields: {
      postId: field.text,
      textVersion: field.number,
      title: field.text,
      text: field.text,
      links: field.texts,
      attachments: field.list,
      contentHash: field.text,
      snapshotHash: field.textOrNull,
      gatheredAt: field.text,
      ...classFields,
    },
    indexes: [
      { key: { postId: 1 }, since: '2026-11-22', reason: 'all versions of a post, when its classes change' },
      {
        key: { expiresAt: 1, postId: 1 },
        since: '2026-11-22',
        reason: 'the purge, in the order of its batches',
      },
      {
        key: { snapshotHash: 1 },
        options: { partialFilterExpression: { snapshotHash: { $exists: true, $gt: '' } } },
        since: '2026-11-22',
        reason: 'whether a living text needs a snapshot still',
      },
    ],
  },
  {
    name: 'verdicts',
    fields: { postId: field.text, textVersion: field.number, verdict: field.object, judgedAt: field.text },
    indexes: [],
  },
  {
    name: 'post_index',
    version: 2,
    fields: {
      tokens: field.texts,
      fresh: { bsonType: ['array', 'null'], items: { bsonType: 'string' } },
      freshAt: field.textOrNull,
      ...classFields,
      sortAt: field.text,
    },
    indexes: [
      { key: { tokens: 1 }, since: '2026-11-22', reason: 'search by words' },
      {
        key: { freshAt: 1 },
        options: { partialFilterExpression: { freshAt: { $exists: true, $gt: '' } } },
        since: '2026-11-22',
        reason: 'entries that are not in the index of words yet: for a search, and for the merge',
      },
    ],
  },
];

const WithId = z.looseObject({ _id: z.string() });

/** For a read of as many documents as one batch has: without it, every hundred cost a round trip. */
export const wholeBatch = { batchSize: 10_000 } as const;

export function textId(postId: string, textVersion: number): string {
  return `${postId}@${textVersion}`;
}

export function parsePostDocument(document: unknown): Post {
  const { _id, ...fields } = WithId.parse(document);
  return Post.parse({ id: _id, official: false, lead: null, ...fields });
}
