import { z } from 'zod';
import { AccessClass } from '../../pipeline/domain/access-class.ts';
import { PostKind, PostMark } from '../../pipeline/domain/post.ts';
import { Instant, PublishedPrecision } from '../../pipeline/domain/time.ts';
import { Cursor, PageLimit, PageOf, Purpose, TypedText } from './fields.ts';

/** Search reaches beyond one's own queues, so that a purpose is always asked for (R23). */
export const SearchQuery = z.strictObject({
  q: TypedText(1, 100),
  purpose: Purpose,
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
    /** As in a case summary. */
    excerpt: z.string().nullable(),
    publishedAt: Instant.nullable(),
    publishedPrecision: PublishedPrecision.nullable(),
    marks: z.array(PostMark),
  })
  .meta({ id: 'SearchHit' });

export const SearchPage = PageOf(SearchHit).meta({ id: 'SearchPage' });
export type SearchPage = z.infer<typeof SearchPage>;
