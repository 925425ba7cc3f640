import type { Case, CaseEvent } from '../../domain/case.ts';
import { mayFold } from '../../domain/near-copy.ts';
import { type PassedAs, passedAs } from '../../domain/passed.ts';
import type { Post } from '../../domain/post.ts';
import type { Judgement } from '../../ports/post-store.ts';
import { buildCaseChange, type CaseChange, hasLeft, judgedClasses, mayJoin } from '../judged-case.ts';
import { type Candidate, chooseTwin, postsOfKey } from '../near-copies.ts';
import { keyIds, rankPosts } from './fingerprint-keys.ts';
import type { PostDocument } from './post-documents.ts';
import { indexTokens } from './search.ts';

/** Of a post that waits to be judged, what storing its verdict takes. */
export type WaitingPost = Pick<
  PostDocument,
  | '_id'
  | 'channelId'
  | 'kind'
  | 'textVersion'
  | 'accessClass'
  | 'retentionClass'
  | 'gatheredAt'
  | 'expiresAt'
  | 'sortAt'
  | 'bucketHour'
  | 'judgedVersion'
  | 'lead'
>;

export interface JudgedPost {
  post: WaitingPost;
  judgement: Judgement;
  classes: Pick<Post, 'accessClass' | 'retentionClass' | 'expiresAt'>;
  /** The class is another one now, so the texts follow. */
  reclassed: boolean;
  /** Undefined leaves it as it is. */
  passed: PassedAs | null | undefined;
  /** The case that the post is in from now on. */
  home: Case | null;
}

/** What one batch of judgements will write; built from what was read, before anything is written. */
export interface JudgementPlan {
  judged: JudgedPost[];
  opened: Case[];
  updated: { next: Case; expectedVersion: number }[];
  /** Cases that only lost copies, which is no version of its own. */
  left: { caseId: string; expectedVersion: number; postIds: string[] }[];
  events: CaseEvent[];
  openings: CaseEvent[];
}

/** Cases of the batch's posts, as they stand while the plan grows. */
class CaseBook {
  private readonly cases = new Map<string, Case>();
  private readonly readVersions = new Map<string, number>();
  private readonly newestOfPost = new Map<string, string>();
  private readonly openedIds: string[] = [];
  private readonly leftOf = new Map<string, string[]>();

  /** @param cases newest first */
  constructor(cases: readonly Case[]) {
    for (const one of cases) {
      for (const postId of one.postIds) {
        if (!this.newestOfPost.has(postId)) this.newestOfPost.set(postId, one.id);
      }
      this.cases.set(one.id, one);
    }
  }

  findNewest(postId: string): Case | null {
    const current = this.cases.get(this.newestOfPost.get(postId) ?? '');
    if (current === undefined) return null;
    const isNew = this.openedIds.includes(current.id);
    if (!isNew && !this.readVersions.has(current.id)) this.readVersions.set(current.id, current.version);
    return current;
  }

  apply(change: Exclude<CaseChange, { kind: 'none' }>): void {
    this.cases.set(change.next.id, change.next);
    if (change.kind !== 'open') return;
    this.openedIds.push(change.next.id);
    for (const postId of change.next.postIds) this.newestOfPost.set(postId, change.next.id);
  }

  leave(caseId: string, postId: string): void {
    const one = this.cases.get(caseId);
    if (one === undefined) return;
    this.cases.set(caseId, { ...one, postIds: one.postIds.filter((id) => id !== postId) });
    this.leftOf.set(caseId, [...(this.leftOf.get(caseId) ?? []), postId]);
  }

  summary(): Pick<JudgementPlan, 'opened' | 'updated' | 'left'> {
    const summary: Pick<JudgementPlan, 'opened' | 'updated' | 'left'> = {
      opened: this.openedIds.flatMap((id) => this.cases.get(id) ?? []),
      updated: [],
      left: [],
    };
    for (const [id, expectedVersion] of this.readVersions) {
      const next = this.cases.get(id);
      if (next !== undefined && next.version !== expectedVersion) {
        summary.updated.push({ next, expectedVersion });
        continue;
      }
      const postIds = this.leftOf.get(id);
      if (postIds !== undefined) summary.left.push({ caseId: id, expectedVersion, postIds });
    }
    return summary;
  }
}

/** What was found in the store of texts that share a key with those of the batch. */
export interface FoundCopies {
  /** Posts by key, newest first. */
  postsOf: ReadonlyMap<string, readonly string[]>;
  /** Words by post, as the index has them. */
  tokensOf: ReadonlyMap<string, readonly string[]>;
  /** By post: the cases that a person parted it from. */
  partedOf: ReadonlyMap<string, readonly string[]>;
}

const noCopies: FoundCopies = { postsOf: new Map(), tokensOf: new Map(), partedOf: new Map() };

/** Whose near copy a post of the batch is: of one that is stored, or of one that came before it in the batch. */
class CopyBook {
  private readonly postsOf: Map<string, readonly string[]>;
  private readonly tokensOf: Map<string, readonly string[]>;
  private readonly partedOf: FoundCopies['partedOf'];
  private readonly book: CaseBook;

  constructor({ postsOf, tokensOf, partedOf }: FoundCopies, book: CaseBook) {
    this.postsOf = new Map(postsOf);
    this.tokensOf = new Map(tokensOf);
    this.partedOf = partedOf;
    this.book = book;
  }

  findTwin(post: WaitingPost, judgement: Judgement, current: Case | null, at: string): Case | null {
    const { fingerprint, verdict } = judgement;
    const known = { id: post._id, kind: post.kind };
    if (fingerprint === null || fingerprint === undefined) return null;
    if (!mayFold(verdict) || !mayJoin(known, current)) return null;
    const candidates = rankPosts(fingerprint, this.postsOf).flatMap((postId): Candidate[] => {
      const tokens = this.tokensOf.get(postId);
      const one = this.book.findNewest(postId);
      return tokens === undefined || one === null ? [] : [{ postId, tokens, case: one }];
    });
    const parted = this.partedOf.get(post._id) ?? [];
    const asIndexed = { ...judgement, tokens: indexTokens(judgement.tokens) };
    return chooseTwin(known, asIndexed, { candidates, parted }, at);
  }

  /** A case was opened on this text: what comes later in the batch may be a copy of it. */
  remember({ postId, fingerprint, verdict, tokens }: Judgement): void {
    if (fingerprint === null || fingerprint === undefined || !mayFold(verdict)) return;
    this.tokensOf.set(postId, indexTokens(tokens));
    for (const key of keyIds(fingerprint)) {
      this.postsOf.set(key, [postId, ...(this.postsOf.get(key) ?? [])].slice(0, postsOfKey));
    }
  }
}

/**
 * Pure. A judgement whose post does not wait for it, or that comes a second time in the batch, is dropped.
 * @param found `cases` of the waiting posts and of those that share a key with them, newest first
 */
export function planJudgements(
  judgements: readonly Judgement[],
  found: { waiting: readonly WaitingPost[]; cases: readonly Case[]; copies?: FoundCopies },
  at: string,
): JudgementPlan {
  const waiting = new Map(found.waiting.map((post) => [post._id, post]));
  const book = new CaseBook(found.cases);
  const copies = new CopyBook(found.copies ?? noCopies, book);
  const judged: JudgedPost[] = [];
  const events: CaseEvent[] = [];
  const openings: CaseEvent[] = [];
  for (const judgement of judgements) {
    const post = waiting.get(judgement.postId);
    if (post === undefined || post.textVersion !== judgement.textVersion) continue;
    waiting.delete(post._id);
    const current = book.findNewest(post._id);
    const twin = copies.findTwin(post, judgement, current, at);
    const judgedBefore = post.judgedVersion === post.textVersion;
    const { channelId, kind, lead = null } = post;
    const known = { id: post._id, channelId, kind, lead };
    const change = buildCaseChange(known, judgement, { current, twin, judgedBefore }, at);
    const home = change.kind === 'none' ? current : change.next;
    judged.push({ ...judgePost(post, judgement, current), home });
    if (change.kind === 'none') continue;
    book.apply(change);
    if (hasLeft(known, current, change)) book.leave(current.id, known.id);
    if (change.kind === 'open') copies.remember(judgement);
    events.push(change.event);
    if (change.kind === 'open') openings.push(change.event);
  }
  return { judged, events, openings, ...book.summary() };
}

function judgePost(post: WaitingPost, judgement: Judgement, current: Case | null): Omit<JudgedPost, 'home'> {
  const classes = judgedClasses(post, judgement.verdict, current);
  const reclassed =
    classes.accessClass !== post.accessClass || classes.retentionClass !== post.retentionClass;
  const passed = passedAs(post.kind, judgement.verdict, current);
  const wasPassed = post.judgedVersion !== null;
  return { post, judgement, classes, reclassed, passed: passed ?? (wasPassed ? null : undefined) };
}
