import { z } from 'zod';
import { Conflict, NotFound } from './errors.ts';
import { Instant } from './time.ts';
import { compareTexts } from './word-runs.ts';

/** Words of one version, by their place in its flat text (`flattenDocument`), UTF-16. */
export const CommentPhrase = z.strictObject({
  start: z.int().nonnegative(),
  end: z.int().positive(),
  text: z.string().min(1).max(2000),
});
export type CommentPhrase = z.infer<typeof CommentPhrase>;

/** What stood before and behind the phrase when it was marked: a version may be written over by its writer. */
const PhraseContext = z.strictObject({ before: z.string().max(40), after: z.string().max(40) });
export type PhraseContext = z.infer<typeof PhraseContext>;

const contextLength = 20;

export function contextOf({ start, end }: CommentPhrase, text: string): PhraseContext {
  return {
    before: text.slice(Math.max(0, start - contextLength), start),
    after: text.slice(end, end + contextLength),
  };
}

const CommentReply = z.strictObject({
  id: z.string(),
  by: z.string(),
  at: Instant,
  text: z.string().min(1).max(2000),
});
/** 批注: what somebody says about a draft, or about words of it. Every write is compare-and-swap on `revision`. */
export const DraftComment = z.strictObject({
  id: z.string(),
  draftId: z.string(),
  revision: z.int().positive(),
  /** The version that it was written on: `phrase` refers to its text. */
  version: z.int().positive(),
  /** Null: on the whole. */
  phrase: CommentPhrase.nullable(),
  /** Null with the phrase. */
  around: PhraseContext.nullable(),
  text: z.string().min(1).max(2000),
  /** What to write for the phrase; taken over by the writer, in the editor. Empty: leave it out. */
  suggestion: z.string().max(2000).nullable(),
  by: z.string(),
  at: Instant,
  replies: z.array(CommentReply),
  resolved: z.strictObject({ by: z.string(), at: Instant }).nullable(),
});
export type DraftComment = z.infer<typeof DraftComment>;

export type CommentCommand = { commandId: string; draftId: string } & (
  | {
      is: 'add';
      version: number;
      phrase: CommentPhrase | null;
      around: PhraseContext | null;
      text: string;
      suggestion: string | null;
    }
  | { is: 'reply'; commentId: string; text: string }
  /** Done with; and, where that was too early, open again. */
  | { is: 'resolve'; commentId: string }
  | { is: 'reopen'; commentId: string }
);

const mostReplies = 200;

/** @param current null for a new one. @throws NotFound, Conflict */
export function changeComment(
  current: DraftComment | null,
  command: CommentCommand,
  { by, at }: { by: string; at: string },
): DraftComment {
  if (command.is === 'add') {
    const { commandId: id, is: _, ...said } = command;
    return { id, revision: 1, ...said, by, at, replies: [], resolved: null };
  }
  if (current === null || current.draftId !== command.draftId) throw new NotFound('没有这条批注。');
  const next = { ...current, revision: current.revision + 1 };
  if (command.is === 'resolve') return { ...next, resolved: current.resolved ?? { by, at } };
  if (command.is === 'reopen') return { ...next, resolved: null };
  if (current.replies.length >= mostReplies) throw new Conflict('这条批注的回复太多了，请另写一条。');
  return { ...next, replies: [...current.replies, { id: command.commandId, by, at, text: command.text }] };
}

/**
 * Where phrases of one text stand in a later one; null where a phrase's words, or one of them, are no longer there (过时). What is
 * written elsewhere moves a phrase and never changes it.
 */
export function buildReanchor(
  before: string,
  after: string,
): (phrase: CommentPhrase) => CommentPhrase | null {
  if (before === after) return (phrase) => phrase;
  const kept = keptStretches(before, after);
  return (phrase) => {
    const around = kept.find(({ was, length }) => was <= phrase.start && phrase.end <= was + length);
    if (around === undefined) return findOnly(phrase, before, after);
    const start = around.is + phrase.start - around.was;
    return { ...phrase, start, end: start + (phrase.end - phrase.start) };
  };
}

/** How many signs next to a place are those that stood next to the phrase. */
function likeness({ before, after }: PhraseContext, text: string, { start, end }: CommentPhrase): number {
  let same = 0;
  while (same < before.length && text[start - 1 - same] === before[before.length - 1 - same]) same += 1;
  let follows = 0;
  while (follows < after.length && text[end + follows] === after[follows]) follows += 1;
  return same + follows;
}

/**
 * Where a phrase stands in the text it was marked in, which may have been written over since: of several places that say the same,
 * the one with the most alike around it. Null where there is none, or none that is more likely than the others.
 */
export function findPhrase(phrase: CommentPhrase, around: PhraseContext, text: string): CommentPhrase | null {
  const places: { place: CommentPhrase; alike: number }[] = [];
  for (let start = text.indexOf(phrase.text); start >= 0; start = text.indexOf(phrase.text, start + 1)) {
    const place = { ...phrase, start, end: start + phrase.text.length };
    places.push({ place, alike: likeness(around, text, place) });
  }
  const [first, second] = places.sort((a, b) => b.alike - a.alike);
  if (first === undefined || (second !== undefined && second.alike === first.alike)) return null;
  const isSure = first.alike >= 4 || (second === undefined && phrase.text.length >= 4);
  return isSure || first.alike === around.before.length + around.after.length ? first.place : null;
}

/** What both texts say, by where it begins in each. */
function keptStretches(before: string, after: string): { was: number; is: number; length: number }[] {
  const kept: { was: number; is: number; length: number }[] = [];
  let [was, is] = [0, 0];
  for (const { kind, text } of compareTexts(before, after)) {
    if (kind === 'same') kept.push({ was, is, length: text.length });
    if (kind !== 'new') was += text.length;
    if (kind !== 'gone') is += text.length;
  }
  return kept;
}

/** A phrase that stood once, and stands once: moved with its paragraph, or written around so much that the comparison lost it. */
function findOnly(phrase: CommentPhrase, before: string, after: string): CommentPhrase | null {
  const isOnly = (text: string) => text.indexOf(phrase.text) === text.lastIndexOf(phrase.text);
  const start = after.indexOf(phrase.text);
  if (start < 0 || phrase.text.length < 4 || !isOnly(before) || !isOnly(after)) return null;
  return { ...phrase, start, end: start + phrase.text.length };
}
