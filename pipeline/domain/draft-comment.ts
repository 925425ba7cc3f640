import { z } from 'zod';
import { Instant } from './time.ts';
import { compareTexts } from './word-runs.ts';

/** Words of one version, by their place in its flat text (`flattenDocument`), UTF-16. */
export const CommentPhrase = z.strictObject({
  start: z.int().nonnegative(),
  end: z.int().positive(),
  text: z.string().min(1).max(2000),
});
export type CommentPhrase = z.infer<typeof CommentPhrase>;

export const CommentReply = z.strictObject({
  id: z.string(),
  by: z.string(),
  at: Instant,
  text: z.string().min(1).max(2000),
});
export type CommentReply = z.infer<typeof CommentReply>;

/** 批注: what somebody says about a draft, or about words of it. Every write is compare-and-swap on `revision`. */
export const DraftComment = z.strictObject({
  id: z.string(),
  draftId: z.string(),
  revision: z.int().positive(),
  /** The version that it was written on: `phrase` refers to its text. */
  version: z.int().positive(),
  /** Null: on the whole. */
  phrase: CommentPhrase.nullable(),
  text: z.string().min(1).max(2000),
  /** What to write for the phrase; taken over by the writer, in the editor. Empty: leave it out. */
  suggestion: z.string().max(2000).nullable(),
  by: z.string(),
  at: Instant,
  replies: z.array(CommentReply).max(200),
  resolved: z.strictObject({ by: z.string(), at: Instant }).nullable(),
});
export type DraftComment = z.infer<typeof DraftComment>;

/**
 * Where a phrase stands in a later text; null where its words, or one of them, are no longer there (过时). What is written elsewhere
 * moves it and never changes it.
 */
export function reanchorPhrase(phrase: CommentPhrase, before: string, after: string): CommentPhrase | null {
  if (before === after) return phrase;
  let was = 0;
  let is = 0;
  for (const { kind, text } of compareTexts(before, after)) {
    const holds = was <= phrase.start && phrase.end <= was + text.length;
    if (kind === 'same' && holds) {
      const start = is + phrase.start - was;
      return { ...phrase, start, end: start + (phrase.end - phrase.start) };
    }
    // Beyond it: its words were in more than one run.
    if (kind !== 'new' && was > phrase.start) break;
    if (kind !== 'new') was += text.length;
    if (kind !== 'gone') is += text.length;
  }
  return findOnly(phrase, before, after);
}

/** A phrase that stood once, and stands once: moved with its paragraph, or written around so much that the comparison lost it. */
function findOnly(phrase: CommentPhrase, before: string, after: string): CommentPhrase | null {
  const isOnly = (text: string) => text.indexOf(phrase.text) === text.lastIndexOf(phrase.text);
  const start = after.indexOf(phrase.text);
  if (start < 0 || phrase.text.length < 4 || !isOnly(before) || !isOnly(after)) return null;
  return { ...phrase, start, end: start + phrase.text.length };
}
