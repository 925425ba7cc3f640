import type { AccessClass } from '../domain/access-class.ts';
import type { Fingerprint } from '../domain/near-copy.ts';
import type { GatheredPost, Metrics, Post, PostKind, PostText } from '../domain/post.ts';
import type { CaseRouting } from '../domain/routing.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { Page, PageRequest } from './page.ts';

export interface GatheredItem {
  post: GatheredPost;
  /** Of the compressed snapshot in the blob store, if one was kept: put under `retentionOf(post.kind)`. */
  snapshotHash: string | null;
}

/** `edited`: the text differs from the newest version and became a new one. */
export type StoreOutcome = 'created' | 'edited' | 'unchanged';

/** A text that waits for judgement, with what the judge asks of its post. */
export interface DueText {
  postId: string;
  channelId: string;
  kind: PostKind;
  /** The school's own account speaks. */
  official: boolean;
  metrics: Metrics;
  /** When the numbers were read. */
  metricsAt: string;
  publishedAt: string | null;
  bucketHour: string;
  textVersion: number;
  title: string;
  text: string;
}

export interface Judgement {
  postId: string;
  /** The version that was judged; if a newer one exists meanwhile, the judgement is dropped. */
  textVersion: number;
  verdict: Verdict;
  /** nodejieba's words of the stored text, for the index. */
  tokens: readonly string[];
  /** By what near copies are found; without it the post neither joins a case nor is joined. */
  fingerprint?: Fingerprint | null;
  /** What the routing rules give the case, should one be opened. */
  routing?: CaseRouting | null;
  /** Id of the case to open, should one be needed; of the event, should the post join another. */
  caseId: string;
}

/** Kept with its reason. */
export interface Failure {
  postId: string;
  /** The version that could not be judged. */
  textVersion: number;
  reason: string;
  /** When it is due again; null: never (re-run by hand). */
  retryAt: string | null;
}

export interface SearchQuery extends PageRequest {
  /** Every word must occur. */
  words: readonly string[];
  /** None of these may. */
  without?: readonly string[];
  /** When it was published, else gathered. */
  from?: string;
  /** Exclusive. */
  to?: string;
  accessClasses: readonly AccessClass[];
  now: string;
}

export interface PostStore {
  /**
   * One transaction: posts, text versions and the marks of an edit; new and edited posts become `pending` and due.
   * The same item twice in one call, or again in another, is one post. One that is known and has come further (`hasOutgrown`)
   * is due again while a person has still to decide it. A reply of the school's own account is noted on the case of the comment
   * that it answers, and is an event where an answer had been decided; one that came before is noted with the decision.
   */
  storePosts(items: readonly GatheredItem[], at: string): Promise<StoreOutcome[]>;

  findPost(postId: string): Promise<Post | null>;

  /** The text of a version (the newest if none is named); null when erased or of a class not listed. */
  findText(
    postId: string,
    sight: { textVersion?: number; accessClasses: readonly AccessClass[] },
  ): Promise<PostText | null>;

  findVerdict(postId: string, textVersion: number): Promise<Verdict | null>;

  /** Ids of posts that wait for judgement at `now`, oldest due first. The sweeper's question. */
  listDue(now: string, limit: number): Promise<string[]>;

  /** The newest texts of those of `ids` that are still due. */
  loadDue(ids: readonly string[], now: string): Promise<DueText[]>;

  /**
   * One transaction: verdicts, post state, access and retention class, index entry, fingerprint, and the case (opened,
   * brought up to date, joined as a near copy, or linked to a decided one), with its audit and outbox entries. Delivered
   * twice, it changes nothing; near copies stored by two at once make one case.
   * @returns ids of cases opened
   */
  storeJudgements(judgements: readonly Judgement[], at: string): Promise<string[]>;

  /** A failure that comes late changes nothing about a post that was edited, judged or erased meanwhile. */
  markFailed(failure: Failure): Promise<void>;

  /** The source is gone: the mark, and the start of the three years of an own article. */
  markDeleted(postId: string, at: string): Promise<void>;

  /**
   * Newest first; of more than a thousand hits, a thousand at a time as they were gathered. Expired entries and other classes are
   * no hits and are not counted.
   */
  search(query: SearchQuery): Promise<Page<Post>>;

  /**
   * Brings up to `limit` index entries that were written in haste into their final place. Search finds the same before,
   * meanwhile and after; it is faster after. Two at once, or one that is cut off, are harmless.
   * @param leave so many may stay as they are; 0 unless told
   * @returns how many; 0 when no more than `leave` were in haste
   */
  mergeIndex(limit: number, leave?: number): Promise<number>;

  countStates(): Promise<Record<Post['state'], number>>;
}
