import { z } from 'zod';
import { Conflict, InvalidInput } from './errors.ts';
import { RemovalPlatform } from './removal.ts';
import { Instant, laterBy } from './time.ts';

/** What somebody from outside asks of us (R13). */
export const PublicWish = z.enum(['wrong-reading', 'erase', 'object', 'correct-ours']);
export type PublicWish = z.infer<typeof PublicWish>;

export const publicWishNames: Record<PublicWish, string> = {
  'wrong-reading': '对我的留言认错了或答错了',
  erase: '请从本系统删除我的评论',
  object: '今后不要再处理我的内容',
  'correct-ours': '学校发布的内容有错，请更正',
};

export const PublicDoor = z.enum(['form', 'phone', 'letter', 'e-mail', 'visit']);
export type PublicDoor = z.infer<typeof PublicDoor>;

export const PublicState = z.enum(['received', 'answered', 'closed']);
export type PublicState = z.infer<typeof PublicState>;

export const PublicOutcome = z.enum(['granted', 'partly', 'refused']);
export type PublicOutcome = z.infer<typeof PublicOutcome>;

/** An answer with reasons is due within so many working days. */
export const answerWorkingDays = 15;
/** How long the contact is kept once the matter is closed, and how long at the very most. */
const contactDays = 30;
const longestContactDays = 180;
const dayMs = 86_400_000;

/** Without a name, an address or anything else that tells who asks. */
export const PublicRequest = z.object({
  kind: z.literal('public-request'),
  state: PublicState,
  wish: PublicWish,
  platform: RemovalPlatform,
  door: PublicDoor,
  dueAt: Instant,
  /** SHA-256 of the code that was given once, with which the state is looked up. */
  codeDigest: z.string(),
  /** What the office found to be meant. */
  postIds: z.array(z.string()),
  /** A contact was left for the answer; it lies sealed beside the entry. */
  hasContact: z.boolean(),
  erasedAt: Instant.nullable(),
  /** When whoever writes was entered in the list of those who are left out. */
  listedAt: Instant.nullable(),
  /** Of the lead that tells the office to put its own publication right. */
  leadId: z.string().nullable(),
  /** Our own words on what was put right: published, so that everybody sees the correction. */
  correction: z.object({ at: Instant, text: z.string(), link: z.string().nullable() }).nullable(),
  outcome: PublicOutcome.nullable(),
  answeredAt: Instant.nullable(),
});
export type PublicRequest = z.infer<typeof PublicRequest>;

function assertReceived({ state }: PublicRequest): void {
  if (state !== 'received') throw new Conflict('这件申请已经答复。');
}

/** Pure. @throws Conflict once it was answered */
export function matchPosts(request: PublicRequest, postIds: readonly string[]): PublicRequest {
  assertReceived(request);
  return { ...request, postIds: [...new Set(postIds)] };
}

/** Pure: their texts are gone. @throws Conflict before anything was found to be meant */
export function recordErased(request: PublicRequest, at: string): PublicRequest {
  assertReceived(request);
  if (request.postIds.length === 0) throw new Conflict('还没有核对出是哪几条内容。');
  return { ...request, erasedAt: request.erasedAt ?? at };
}

/** Pure: once a request; another account of the same person is another request. */
export function recordListed(request: PublicRequest, at: string): PublicRequest {
  assertReceived(request);
  if (request.wish !== 'object') throw new Conflict('只有“不要再处理我的内容”的申请可以登入名单。');
  if (request.listedAt !== null) throw new Conflict('这件申请已经登入名单。');
  return { ...request, listedAt: at };
}

/** Pure. */
export function recordCorrection(
  request: PublicRequest,
  { leadId, ...correction }: NonNullable<PublicRequest['correction']> & { leadId: string },
): PublicRequest {
  assertReceived(request);
  if (request.wish !== 'correct-ours') throw new Conflict('只有“更正”的申请可以登记更正。');
  return { ...request, leadId, correction };
}

/** What must have been done before a wish counts as granted. */
const doneFor: Record<PublicWish, (request: PublicRequest) => boolean> = {
  'wrong-reading': () => true,
  erase: ({ erasedAt }) => erasedAt !== null,
  object: ({ listedAt }) => listedAt !== null,
  'correct-ours': ({ correction }) => correction !== null,
};

/**
 * Pure: answered, with reasons. @throws InvalidInput (`outcome`) where the wish is said to be granted and nothing was done
 */
export function answerPublic(request: PublicRequest, outcome: PublicOutcome, at: string): PublicRequest {
  assertReceived(request);
  if (outcome === 'granted' && !doneFor[request.wish](request)) {
    throw new InvalidInput('outcome', '还没有办理，不能答复“同意并已办理”。', '请先办理，再答复');
  }
  return { ...request, state: 'answered', outcome, answeredAt: at };
}

/** Pure. @throws Conflict before it was answered */
export function closePublic(request: PublicRequest): PublicRequest {
  if (request.state !== 'answered') throw new Conflict('只有已答复的申请可以办结。');
  return { ...request, state: 'closed' };
}

/** The end of a contact: at receipt, and at closing. */
export function contactEndsAt(at: string, closed: boolean): string {
  return laterBy(at, (closed ? contactDays : longestContactDays) * dayMs);
}
