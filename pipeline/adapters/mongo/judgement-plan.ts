import type { Case, CaseEvent } from '../../domain/case.ts';
import type { Post } from '../../domain/post.ts';
import type { Judgement } from '../../ports/post-store.ts';
import { buildCaseChange, type CaseChange, judgedClasses } from '../judged-case.ts';
import type { PostDocument } from './post-documents.ts';

/** Of a post that waits to be judged, what storing its verdict takes. */
export type WaitingPost = Pick<
  PostDocument,
  | '_id'
  | 'channelId'
  | 'textVersion'
  | 'accessClass'
  | 'retentionClass'
  | 'gatheredAt'
  | 'expiresAt'
  | 'sortAt'
  | 'bucketHour'
  | 'judgedVersion'
>;

export interface JudgedPost {
  post: WaitingPost;
  judgement: Judgement;
  classes: Pick<Post, 'accessClass' | 'retentionClass' | 'expiresAt'>;
  /** The class is another one now, so the texts follow. */
  reclassed: boolean;
}

/** What one batch of judgements will write; built from what was read, before anything is written. */
export interface JudgementPlan {
  judged: JudgedPost[];
  opened: Case[];
  updated: { next: Case; expectedVersion: number }[];
  events: CaseEvent[];
  openings: CaseEvent[];
}

/** Cases of the batch's posts, as they stand while the plan grows. */
class CaseBook {
  private readonly cases = new Map<string, Case>();
  private readonly readVersions = new Map<string, number>();
  private readonly newestOfPost = new Map<string, string>();
  private readonly openedIds: string[] = [];

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
    if (!this.readVersions.has(current.id)) this.readVersions.set(current.id, current.version);
    return current;
  }

  apply(change: Exclude<CaseChange, { kind: 'none' }>): void {
    this.cases.set(change.next.id, change.next);
    if (change.kind === 'open') this.openedIds.push(change.next.id);
  }

  summary(): Pick<JudgementPlan, 'opened' | 'updated'> {
    const summary: Pick<JudgementPlan, 'opened' | 'updated'> = {
      opened: this.openedIds.flatMap((id) => this.cases.get(id) ?? []),
      updated: [],
    };
    for (const [id, expectedVersion] of this.readVersions) {
      const next = this.cases.get(id);
      if (next !== undefined && next.version !== expectedVersion) {
        summary.updated.push({ next, expectedVersion });
      }
    }
    return summary;
  }
}

/**
 * Pure. A judgement whose post does not wait for it, or that comes a second time in the batch, is dropped.
 * @param cases of the waiting posts, newest first
 */
export function planJudgements(
  judgements: readonly Judgement[],
  found: { waiting: readonly WaitingPost[]; cases: readonly Case[] },
  at: string,
): JudgementPlan {
  const waiting = new Map(found.waiting.map((post) => [post._id, post]));
  const book = new CaseBook(found.cases);
  const judged: JudgedPost[] = [];
  const events: CaseEvent[] = [];
  const openings: CaseEvent[] = [];
  for (const judgement of judgements) {
    const post = waiting.get(judgement.postId);
    if (post === undefined || post.textVersion !== judgement.textVersion) continue;
    waiting.delete(post._id);
    const current = book.findNewest(post._id);
    judged.push(judgePost(post, judgement, current));
    const change = buildCaseChange({ id: post._id, channelId: post.channelId }, judgement, current, at);
    if (change.kind === 'none') continue;
    book.apply(change);
    events.push(change.event);
    if (change.kind === 'open') openings.push(change.event);
  }
  return { judged, events, openings, ...book.summary() };
}

function judgePost(post: WaitingPost, judgement: Judgement, current: Case | null): JudgedPost {
  const classes = judgedClasses(post, judgement.verdict, current);
  const reclassed =
    classes.accessClass !== post.accessClass || classes.retentionClass !== post.retentionClass;
  return { post, judgement, classes, reclassed };
}
