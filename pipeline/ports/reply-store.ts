import type { AccessClass } from '../domain/access-class.ts';
import type { Actor } from '../domain/case.ts';
import type { HelpRelease, NewRelease, ReleaseCommand, ReleaseFacts } from '../domain/help-release.ts';
import type { Reply, ReplyCommand } from '../domain/reply.ts';

interface Sight {
  accessClasses: readonly AccessClass[];
  /** What has expired by now is not there, erased yet or not. */
  now: string;
}

/** Drafts of public replies, and help replies that those on duty let out. Nothing here posts (R22). */
export interface ReplyStore {
  /**
   * One transaction: the draft (compare-and-swap on `version`), the audit entry, the outbox entry, and the use of the stock
   * answer. Repeating the same command returns the draft as it stands. What was drafted before a referral is seen by those
   * on duty while the case is theirs, and by nobody after a return: a new draft begins.
   * @throws NotFound outside the classes; Conflict, NotPermitted, InvalidInput (domain/reply.ts)
   */
  changeReply(
    command: ReplyCommand,
    actor: Actor,
    sight: { accessClasses: readonly AccessClass[]; at: string },
  ): Promise<{ reply: Reply; repeated: boolean }>;

  /** The draft of a case that is seen; the newest. */
  findReply(caseId: string, sight: Sight): Promise<Reply | null>;

  /**
   * One transaction: the release, the audit entry, and the use of the stock answer.
   * @throws NotFound outside the classes; Conflict for another version of the case, or other content under the same id
   */
  release(
    command: NewRelease,
    facts: ReleaseFacts,
    actor: Actor,
    sight: { accessClasses: readonly AccessClass[]; at: string },
  ): Promise<{ release: HelpRelease; repeated: boolean }>;

  /** One transaction, as above: approved, withdrawn, or settled by who was asked to post it (domain/help-release.ts). */
  changeRelease(
    command: ReleaseCommand,
    actor: Actor,
    at: string,
  ): Promise<{ release: HelpRelease; repeated: boolean }>;

  /** Of a case that is seen, newest first. */
  listReleases(caseId: string, sight: Sight): Promise<HelpRelease[]>;

  /** What one person is asked to post, and was: newest first. Never anybody else's. */
  listCollected(collectorId: string, now: string): Promise<HelpRelease[]>;
}
