import { z } from 'zod';
import { Instant } from '../../pipeline/domain/time.ts';
import { Named } from './draft.ts';
import { DraftContent, DraftContentRequest } from './draft-content.ts';
import { IdText, TypedText } from './fields.ts';

const DraftVersionLine = z.object({
  version: z.int().positive(),
  savedAt: Instant,
  savedBy: Named,
  /** Submitted once, or kept on purpose: it stays. */
  isKept: z.boolean(),
});

/** Oldest first. */
export const DraftVersionList = z
  .object({ items: z.array(DraftVersionLine) })
  .meta({ id: 'DraftVersionList' });

export const DraftVersionView = DraftVersionLine.extend({ content: DraftContent }).meta({
  id: 'DraftVersionView',
});

export const VersionParams = z.strictObject({ id: IdText, version: z.coerce.number().int().positive() });
export const CompareQuery = z.strictObject({
  from: z.coerce.number().int().positive(),
  to: z.coerce.number().int().positive(),
});

const WordRun = z.object({ kind: z.enum(['same', 'gone', 'new']), text: z.string() });

/** Word by word: the title, the text; and in Chinese what else is different. */
export const VersionDiff = z
  .object({ title: z.array(WordRun), body: z.array(WordRun), others: z.array(z.string()) })
  .meta({ id: 'VersionDiff' });
export type VersionDiff = z.infer<typeof VersionDiff>;

/** Content as it is typed, or a version that is kept. */
export const RenderRequest = z.strictObject({ content: DraftContentRequest }).meta({ id: 'RenderRequest' });
export const RenderedDraft = z.object({ html: z.string() }).meta({ id: 'RenderedDraft' });
export const HtmlQuery = z.strictObject({
  version: z.coerce.number().int().positive().optional(),
  /** `page`: a whole document that runs nothing; `fragment`: for a CMS. */
  as: z.enum(['page', 'fragment']).default('page'),
});

/** On words of one version: where they begin in its flat text. */
const Phrase = z.strictObject({
  start: z.int().nonnegative(),
  end: z.int().nonnegative(),
  text: TypedText(1, 2000),
});
const CommentLine = z.object({ id: z.string(), by: Named, at: Instant, text: z.string() });

/** 批注. */
export const DraftCommentView = CommentLine.extend({
  version: z.int().positive(),
  /** Where its words stand in the version that is looked at; null: on the whole, or outdated. */
  phrase: z.object({ start: z.int(), end: z.int(), text: z.string() }).nullable(),
  /** The words it was made on; null: on the whole. */
  words: z.string().nullable(),
  /** 过时: its words are no longer there. */
  isOutdated: z.boolean(),
  /** May say that it is done with, or open it again. */
  maySettle: z.boolean(),
  suggestion: z.string().nullable(),
  resolved: z.object({ by: Named, at: Instant }).nullable(),
  replies: z.array(CommentLine),
});
export type DraftCommentView = z.infer<typeof DraftCommentView>;
/** The version that is looked at; else the one that counts. */
export const CommentsQuery = z.strictObject({ version: z.coerce.number().int().positive().optional() });
export const DraftCommentList = z
  .object({ items: z.array(DraftCommentView) })
  .meta({ id: 'DraftCommentList' });

export const CommentRequest = z
  .strictObject({
    commandId: z.uuid(),
    version: z.int().positive(),
    phrase: Phrase.nullable().default(null),
    text: TypedText(1, 2000),
    suggestion: TypedText(0, 2000).nullable().default(null),
  })
  .meta({ id: 'CommentRequest' });
export const CommentReplyRequest = z
  .strictObject({ commandId: z.uuid(), text: TypedText(1, 2000) })
  .meta({ id: 'CommentReplyRequest' });
export const CommentCommandRequest = z
  .strictObject({ commandId: z.uuid() })
  .meta({ id: 'CommentCommandRequest' });
export const CommentParams = z.strictObject({ id: IdText, commentId: IdText });
