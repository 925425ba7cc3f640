import { type Case, isUndecided } from '../domain/case.ts';
import { compareWords, mayBeJoined } from '../domain/near-copy.ts';
import type { Post } from '../domain/post.ts';
import type { RiskLevel, Verdict } from '../domain/verdict.ts';
import type { Judgement } from '../ports/post-store.ts';

/** So many posts may answer to one key before the oldest are passed over: a phrase that everybody uses finds nobody. */
export const postsOfKey = 32;
/** So many of those that share most keys are compared word by word. */
const mostCompared = 8;

/** What was opened on a text that shares a key. */
export interface Candidate {
  postId: string;
  /** As the index has them. */
  tokens: readonly string[];
  /** The newest of the post. */
  case: Case;
}

/** Those that share most keys first, then the newest of them. @param found posts of each key, newest first */
export function rankShared<Id>(found: readonly (readonly Id[])[]): Id[] {
  const shared = new Map<Id, number>();
  for (const ids of found) for (const id of ids) shared.set(id, (shared.get(id) ?? 0) + 1);
  return [...shared]
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostCompared)
    .map(([id]) => id);
}

const levels: readonly RiskLevel[] = ['low', 'watch', 'important', 'urgent'];
/** Longer than this after it was made, a decision says nothing about what is written now. */
const inheritedDays = 7;
const dayMs = 86_400_000;

/**
 * Does the decision about `one` hold for this copy too? Never where a person is attacked or exposed, never for our own
 * publications, each of which has to be put right, and never for more than the person who decided has seen.
 */
export function inherits(
  one: Case,
  post: Pick<Post, 'kind'>,
  verdict: Verdict,
  at: string,
): one is Case & { decisionId: string } {
  if (isUndecided(one.state) || one.decisionId === null || one.decidedAt === null) return false;
  if (one.accessClass !== 'open' || verdict.accessClass !== 'open') return false;
  if (post.kind === 'article' || post.kind === 'status') return false;
  if (Date.parse(at) - Date.parse(one.decidedAt) > inheritedDays * dayMs) return false;
  return (
    levels.indexOf(verdict.risk.level) <= levels.indexOf(one.level) &&
    verdict.findings.every(({ category }) => one.categories.includes(category)) &&
    (verdict.service === null || verdict.service.kind === one.service?.kind)
  );
}

/**
 * The case that a post belongs to as a near copy of what it was opened on; null for none. Copies are compared with that text
 * alone, since it is the one which a person reads: chains of copies drift nowhere.
 * @param parted cases that a person parted the post from
 */
export function chooseTwin(
  post: Pick<Post, 'id' | 'kind'>,
  judgement: Judgement,
  { candidates, parted }: { candidates: readonly Candidate[]; parted: readonly string[] },
  at: string,
): Case | null {
  const { fingerprint, verdict, tokens } = judgement;
  if (fingerprint === null || fingerprint === undefined) return null;
  const rated = candidates
    .filter(({ postId, case: one }) => postId !== post.id && one.postIds[0] === postId)
    .filter(({ case: one }) => one.accessClass === verdict.accessClass && mayBeJoined(one))
    .filter(({ case: one }) => !parted.includes(one.id))
    .map((candidate) => ({
      one: candidate.case,
      likeness: compareWords(tokens, candidate.tokens, fingerprint),
      waits: isUndecided(candidate.case.state) ? 1 : 0,
      takes: isUndecided(candidate.case.state) || inherits(candidate.case, post, verdict, at) ? 1 : 0,
    }))
    .filter(({ likeness }) => likeness > 0);
  rated.sort(
    (a, b) =>
      b.takes - a.takes ||
      b.likeness - a.likeness ||
      b.waits - a.waits ||
      (a.one.openedAt < b.one.openedAt ? -1 : 1),
  );
  return rated[0]?.one ?? null;
}
