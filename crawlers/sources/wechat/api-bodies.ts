import { z } from 'zod';

/** Numbers of 16 digits and more come as strings, see parseSafeJson. */
const Id = z.union([z.string().min(1), z.number()]).transform(String);
const Text = z
  .string()
  .nullish()
  .transform((text) => text ?? '');
/** 0 and 1, sometimes true and false. */
const Flag = z
  .union([z.number(), z.boolean(), z.string()])
  .nullish()
  .transform((flag) => flag === true || flag === 1 || flag === '1');
const Seconds = z.union([z.number(), z.string().regex(/^\d+$/)]).transform(Number);

export const ErrorBody = z.object({ errcode: z.number().int(), errmsg: Text });

/** What is kept of one article; `author` is left where it is. */
const NewsItem = z.object({
  title: Text,
  digest: Text,
  content: Text,
  content_source_url: Text,
  url: Text,
  is_deleted: Flag,
  /** 0: nobody may comment. Absent in older answers. */
  need_open_comment: z.number().optional().catch(undefined),
  image_info: z
    .object({ image_list: z.array(z.object({ image_url: z.string().optional() })).default([]) })
    .optional()
    .catch(undefined),
});
export type NewsItem = z.infer<typeof NewsItem>;

const News = z.object({
  news_item: z.array(NewsItem),
  create_time: Seconds.optional(),
  update_time: Seconds.optional(),
});

/** `freepublish/batchget`. */
export const PublishedBody = z.object({
  total_count: z.number().int().nonnegative(),
  item_count: z.number().int().nonnegative(),
  item: z.array(z.object({ article_id: Id, content: News, update_time: Seconds.optional() })).default([]),
});
export type PublishedBody = z.infer<typeof PublishedBody>;

/** `freepublish/getarticle`. */
export const ArticleBody = z.object({ news_item: z.array(NewsItem) });

/** `draft/batchget`: written, not published. */
export const DraftBody = z.object({
  total_count: z.number().int().nonnegative(),
  item_count: z.number().int().nonnegative(),
  item: z.array(z.object({ media_id: Id, content: News, update_time: Seconds.optional() })).default([]),
});
export type DraftBody = z.infer<typeof DraftBody>;

/** `comment/list`. `openid` is asked once whether it has objected (R13), and goes no further. */
const Comment = z.object({
  user_comment_id: Id,
  openid: z.string().optional().catch(undefined),
  create_time: Seconds,
  content: Text,
  comment_type: z.union([z.number(), z.string()]).optional(),
  reply: z.object({ content: Text, create_time: Seconds }).nullish().catch(null),
});

export const CommentBody = z.object({
  total: z.number().int().nonnegative(),
  comment: z
    .array(Comment)
    .nullish()
    .transform((list) => list ?? []),
});
export type CommentBody = z.infer<typeof CommentBody>;
