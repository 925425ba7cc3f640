import { z } from 'zod';
import { AccessClass } from './access-class.ts';
import { Conflict, InvalidInput } from './errors.ts';
import { Comparison } from './live-compare.ts';
import { Instant, PublishedPrecision } from './time.ts';

/**
 * 发后核查: 一致 发布后有改动 未经审校发布 已定稿未发布 经审校更正. `not-required` is before the channel's 启用日 (or it has none), and no
 * draft fits: nothing to say, kept so that it is not looked at again.
 */
export const LiveResult = z.enum([
  'match',
  'changed',
  'published-without-approval',
  'approved-not-published',
  'corrected-with-approval',
  'not-required',
]);
export type LiveResult = z.infer<typeof LiveResult>;

/** Results that ask a person for something, until one has answered. */
export const openResults: readonly LiveResult[] = [
  'changed',
  'published-without-approval',
  'approved-not-published',
];

/** What goes with a result, and must be seen beside it. */
export const LiveNote = z.enum([
  /** It is an earlier approved version that is live, not the corrected one. */
  'old-version',
  /** The draft was recalled, and the page is still there. */
  'recalled',
  /** The page is no longer there: nothing is left to be put right. */
  'gone',
  /** It was published before the last step was decided. */
  'before-approval',
  /** Only the beginning was published, to the letter. */
  'excerpt',
  'images-not-compared',
  'links-not-compared',
  'attachments-not-compared',
  /** Another item of the channel goes with the same draft: `otherPostId`. */
  'another-item',
  /** A draft says much the same, and is not taken for this one: `similarDraftId`. */
  'similar-draft',
]);
export type LiveNote = z.infer<typeof LiveNote>;

const explanationReasons = [
  'system-page',
  'approved-on-paper',
  'no-approval-needed',
  'put-right',
  'put-off',
  'other',
] as const;

/** What a named person answered. It stands until the result or the text changes. */
const LiveExplanation = z.strictObject({
  commandId: z.uuid(),
  /** 系统自动页面 线下审批 无需送审 已改正 推迟或取消发布 其他. */
  reason: z.enum(explanationReasons),
  text: z.string().max(500),
  by: z.string(),
  at: Instant,
});

/** What one look found out. One record a channel and item; of what was not found, one a channel and draft. */
export const LiveFinding = z.strictObject({
  channelId: z.string(),
  /** Null where nothing was found. */
  postId: z.string().nullable(),
  url: z.string().nullable(),
  publishedAt: Instant.nullable(),
  draftId: z.string().nullable(),
  /** The content version whose seal was compared. */
  sealedVersion: z.int().positive().nullable(),
  result: LiveResult,
  notes: z.array(LiveNote),
  foundBy: z.enum(['address', 'text']).nullable(),
  otherPostId: z.string().nullable(),
  similarDraftId: z.string().nullable(),
  /** It quotes the page. */
  comparison: Comparison.nullable(),
  /** That of the page's text. */
  accessClass: AccessClass,
  /** Of the post. */
  textVersion: z.int().positive().nullable(),
});
export type LiveFinding = z.infer<typeof LiveFinding>;

export const LiveMatch = z.strictObject({
  id: z.string(),
  ...LiveFinding.shape,
  /** Counts what changed: results and answers. */
  revision: z.int().positive(),
  checkedAt: Instant,
  /** When the result became what it is. */
  changedAt: Instant,
  explanation: LiveExplanation.nullable(),
});
export type LiveMatch = z.infer<typeof LiveMatch>;

/** Of an item: its post's id, which holds the channel; of what is missing: channel and draft. */
export function liveMatchId(one: Pick<LiveFinding, 'channelId' | 'postId' | 'draftId'>): string {
  return one.postId ?? `absent:${one.channelId}:${one.draftId}`;
}

/** Is it the record of something that was not found? */
export const isAbsent = (id: string): boolean => id.startsWith('absent:');

/** Does the record say something else than before? Then an answer given before is none to it. That a page is gone takes none away. */
function saysOtherwise(before: LiveMatch, now: LiveFinding): boolean {
  const told = ({ result, draftId, sealedVersion, textVersion, notes }: LiveFinding) =>
    JSON.stringify([
      result,
      draftId,
      sealedVersion,
      textVersion,
      notes.filter((note) => note !== 'gone').sort(),
    ]);
  return told(before) !== told(now);
}

/** What becomes of a record by one look. */
export function buildLiveMatch(before: LiveMatch | null, now: LiveFinding, at: string): LiveMatch {
  if (before === null)
    return { id: liveMatchId(now), ...now, revision: 1, checkedAt: at, changedAt: at, explanation: null };
  if (!saysOtherwise(before, now)) return { ...before, ...now, checkedAt: at };
  return {
    ...{ id: before.id, ...now, revision: before.revision + 1, checkedAt: at },
    changedAt: before.result === now.result ? before.changedAt : at,
    explanation: null,
  };
}

export const ExplainLive = z.strictObject({
  commandId: z.uuid(),
  id: z.string(),
  /** The one seen. */
  revision: z.int().positive(),
  reason: z.enum(explanationReasons),
  text: z.string().trim().max(500).default(''),
});
export type ExplainLive = z.infer<typeof ExplainLive>;

/**
 * The record with a person's answer; null when this very command had answered it before.
 * @throws Conflict, InvalidInput
 */
export function explainLive(
  before: LiveMatch,
  command: ExplainLive,
  by: string,
  at: string,
): LiveMatch | null {
  const { commandId, revision, reason, text } = command;
  if (before.explanation?.commandId === commandId) return null;
  if (before.revision !== revision) throw new Conflict('核查结果已有变化，请刷新后再填写。');
  if (!openResults.includes(before.result)) throw new InvalidInput('id', '这一条没有需要说明的问题。');
  if (reason === 'other' && text === '') throw new InvalidInput('text', '选“其他”时请写明情况。');
  return { ...before, revision: revision + 1, explanation: { commandId, reason, text, by, at } };
}

/** Does it ask a person for an answer? */
export function isOpen({
  result,
  notes,
  explanation,
}: Pick<LiveMatch, 'result' | 'notes' | 'explanation'>): boolean {
  return openResults.includes(result) && explanation === null && !notes.includes('gone');
}

/** An own item as the crawler met it; its text lies in the post. */
export const MetItem = z.strictObject({
  postId: z.string(),
  channelId: z.string(),
  url: z.string(),
  publishedAt: Instant.nullable(),
  publishedPrecision: PublishedPrecision.nullable(),
  /** Tells a page from what it was: SHA-256 of title, text, links and files. */
  contentHash: z.string(),
  /** Addresses of its pictures; null where the source does not say. */
  images: z.array(z.string()).nullable(),
});
export type MetItem = z.infer<typeof MetItem>;
