import { z } from 'zod';
import { AccessClass } from './access-class.ts';
import { Lead } from './lead.ts';
import { RetentionClass } from './retention-class.ts';
import { Instant, PublishedPrecision } from './time.ts';

export const PostKind = z.enum(['article', 'status', 'comment', 'lead']);
export type PostKind = z.infer<typeof PostKind>;

export const Metrics = z.object({
  reposts: z.int().nonnegative().optional(),
  comments: z.int().nonnegative().optional(),
  likes: z.int().nonnegative().optional(),
  views: z.int().nonnegative().optional(),
});
export type Metrics = z.infer<typeof Metrics>;

export const Attachment = z.object({ name: z.string(), url: z.string() });
export type Attachment = z.infer<typeof Attachment>;

/**
 * One item as a parser hands it over: identity is already dropped (R2), no author key exists (R3), mentions are masked.
 * `externalId` is the platform's id within channel and kind; `text` is the stored text that every offset refers to.
 */
export const GatheredPost = z.strictObject({
  channelId: z.string().min(1),
  kind: PostKind,
  externalId: z.string().min(1),
  url: z.string(),
  parentId: z.string().nullable(),
  rootId: z.string().nullable(),
  title: z.string(),
  text: z.string(),
  publishedAt: Instant.nullable(),
  publishedPrecision: PublishedPrecision.nullable(),
  metrics: Metrics,
  links: z.array(z.string()),
  attachments: z.array(Attachment),
  /**
   * Of an own article: addresses of the pictures in its text, as often as each is shown; absent where a source does not say. Not part
   * of a text's version, since systems rename pictures; noted for the live match.
   */
  images: z.array(z.string()).optional(),
  /** The school's own account speaks: an institution, no person. */
  official: z.literal(true).optional(),
});
export type GatheredPost = z.infer<typeof GatheredPost>;

const PostState = z.enum(['pending', 'judged', 'failed']);

export const PostMark = z.enum(['source-edited', 'source-deleted', 'text-erased']);
export type PostMark = z.infer<typeof PostMark>;

/** The text-free row: what remains when the text has expired. */
export const Post = z.object({
  id: z.string(),
  channelId: z.string(),
  kind: PostKind,
  externalId: z.string(),
  url: z.string(),
  parentId: z.string().nullable(),
  rootId: z.string().nullable(),
  textVersion: z.int().positive(),
  publishedAt: Instant.nullable(),
  publishedPrecision: PublishedPrecision.nullable(),
  bucketHour: z.string(),
  gatheredAt: Instant,
  state: PostState,
  marks: z.array(PostMark),
  metrics: Metrics,
  /** The school's own account speaks. */
  official: z.boolean(),
  /** Of a lead that a person registered. */
  lead: Lead.nullable(),
  accessClass: AccessClass,
  retentionClass: RetentionClass,
  expiresAt: Instant.nullable(),
});
export type Post = z.infer<typeof Post>;

/** One version of a post's text. `contentHash` covers title, text, links and attachments. */
export const PostText = z.object({
  postId: z.string(),
  textVersion: z.int().positive(),
  title: z.string(),
  text: z.string(),
  links: z.array(z.string()),
  attachments: z.array(Attachment),
  contentHash: z.string(),
  snapshotHash: z.string().nullable(),
  gatheredAt: Instant,
  accessClass: AccessClass,
  retentionClass: RetentionClass,
  expiresAt: Instant.nullable(),
});
export type PostText = z.infer<typeof PostText>;

/** The natural key: the same item met twice is the same post, in both stores. */
export function postId(post: Pick<GatheredPost, 'channelId' | 'kind' | 'externalId'>): string {
  return `${post.channelId}:${post.kind}:${post.externalId}`;
}

/** Comments start with the shortest life; articles and statuses of our own live while they are on line. */
export function retentionOf(kind: PostKind): RetentionClass {
  return kind === 'article' || kind === 'status' ? 'own-article' : 'comment';
}

/** The text that is judged and shown: the title on its own line, then the text. Every offset of a finding refers to it. */
export function storedText(text: Pick<PostText, 'title' | 'text'>): string {
  return text.title === '' ? text.text : `${text.title}\n${text.text}`;
}
