import { z } from 'zod';
import { AccessClass } from '../../pipeline/domain/access-class.ts';
import { CaseState } from '../../pipeline/domain/case.ts';
import { CaseStateFilter } from '../../pipeline/domain/case-filter.ts';
import { QueueName } from '../../pipeline/domain/category.ts';
import { PostKind, PostMark } from '../../pipeline/domain/post.ts';
import { Instant, PublishedPrecision } from '../../pipeline/domain/time.ts';
import { Cursor, IdText, PageLimit, PageOf, Purpose, TypedText } from './fields.ts';

/**
 * `q`: words that must all occur; a phrase in quotes; `-word` for what must not; or an address or an id, which finds its post.
 * Search reaches beyond one's own queues, so that a purpose is always asked for (R23).
 * A page may hold fewer than the limit, or none, and go on.
 */
export const SearchQuery = z.strictObject({
  q: TypedText(1, 100),
  purpose: Purpose,
  channelId: IdText.optional(),
  kind: PostKind.optional(),
  /** When it was published, else gathered. */
  from: Instant.optional(),
  /** Exclusive. */
  to: Instant.optional(),
  /** Of its newest case; `none` for what has none. */
  state: z.enum(['none', ...CaseStateFilter.options]).optional(),
  cursor: Cursor.optional(),
  limit: PageLimit.max(50).default(20),
});
export type SearchQuery = z.infer<typeof SearchQuery>;

const SearchHit = z
  .object({
    postId: z.string(),
    channel: z.object({ id: z.string(), name: z.string() }),
    postKind: PostKind,
    url: z.string(),
    accessClass: AccessClass,
    /** At most 60 characters around what was found; null where it was erased, or waits to be judged again. */
    excerpt: z.string().nullable(),
    publishedAt: Instant.nullable(),
    publishedPrecision: PublishedPrecision.nullable(),
    marks: z.array(PostMark),
    /** Its newest case; `queue` is one of the person's own, where it stands in one. */
    case: z.object({ id: z.string(), state: CaseState, queue: QueueName.nullable() }).nullable(),
  })
  .meta({ id: 'SearchHit' });

export const SearchPage = PageOf(SearchHit).meta({ id: 'SearchPage' });
export type SearchPage = z.infer<typeof SearchPage>;
