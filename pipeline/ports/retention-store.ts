import type { RetentionClass } from '../domain/retention-class.ts';

export interface PurgeResult {
  texts: number;
  notes: number;
  /** What people wrote beside the cases: instructions, cards, slips, answers, registers. */
  records: number;
  auditPayloads: number;
  cases: number;
}

/** The class is the one under which the snapshot was put: that of its post's kind, whatever its text has become since. */
interface ExpiredSnapshot {
  retentionClass: RetentionClass;
  hash: string;
}

/** A post whose texts have expired, up to this version, the newest when it was listed. */
export interface ExpiredPost {
  postId: string;
  textVersion: number;
}

export interface ExpiredTexts {
  posts: ExpiredPost[];
  /** Of all their versions, but for those that a living text points to as well. */
  snapshots: ExpiredSnapshot[];
}

/** What has a term: texts by their class, drafts under `publication`; notes; what people wrote beside the cases; cases; what lies beside audit entries. */
type KeptPart = RetentionClass | 'note' | 'written' | 'case' | 'audit-note';

/** How much of one part there is, whatever its access class. */
export interface KeptCount {
  part: KeptPart;
  kept: number;
  /** Its term has ended, and no purge has come by since. */
  overdue: number;
  /** Its term ends until the instant that was asked for. */
  due: number;
  /** The first end of a term; null where no clock runs. */
  nextAt: string | null;
}

/**
 * Deleting means gone (R8). Blobs go first, then the rows that name them, and only rows that were listed with their blobs: a
 * purge that was cut off can start again, and two at once do each other no harm.
 */
export interface RetentionStore {
  /** The texts of up to `limit` posts, those first that expired first. */
  listExpired(now: string, limit: number): Promise<ExpiredTexts>;

  /**
   * Erases the texts and index entries of just these posts, and up to `limit` each of notes, audit payloads, and whole cases
   * past their term; from the bytes of the store too, where the store can promise it. What remains of a post is its
   * text-free row. A post that has another version meanwhile, or expires no more, is left for the next listing.
   */
  purgeExpired(now: string, posts: readonly ExpiredPost[], limit: number): Promise<PurgeResult>;

  /** By part; a part of which there is nothing is left out. */
  countKept(now: string, until: string): Promise<KeptCount[]>;

  /**
   * The texts of these posts end now, and with them what may quote them: notes, slips, replies, texts of the registers. The next
   * purge erases all of it, snapshots too. For when somebody asks for it (R13); saying it again is harmless.
   */
  endTexts(postIds: readonly string[], at: string): Promise<void>;
}
