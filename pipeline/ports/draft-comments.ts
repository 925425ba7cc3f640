import type { Actor } from '../domain/case.ts';
import type { CommentCommand, DraftComment } from '../domain/draft-comment.ts';

/** 批注 of drafts. They go with their draft. */
export interface DraftComments {
  /**
   * One transaction: the comment as `changeComment` says, and its audit entry, which holds no text. The same command again gives what
   * stands.
   * @throws NotFound (no such comment), Conflict (another command has the id, or somebody was faster)
   */
  change(command: CommentCommand, actor: Actor, at: string): Promise<DraftComment>;

  find(draftId: string, id: string): Promise<DraftComment | null>;

  /** In the order they were written. */
  list(draftId: string): Promise<DraftComment[]>;
}
