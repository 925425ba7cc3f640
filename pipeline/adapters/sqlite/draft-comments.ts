import type { Actor } from '../../domain/case.ts';
import { type CommentCommand, changeComment, DraftComment } from '../../domain/draft-comment.ts';
import { NotFound } from '../../domain/errors.ts';
import type { DraftComments } from '../../ports/draft-comments.ts';
import { buildCommentAudit, commentIdOf } from '../comment-record.ts';
import { insertAudit } from './audit-rows.ts';
import { inTransaction, type SqliteDatabase, statement } from './database.ts';
import { findRepeatedSubject } from './stock-answer-store.ts';

interface Row {
  body: string;
}

const parseRow = ({ body }: Row): DraftComment => DraftComment.parse(JSON.parse(body));

export function openDraftComments(db: SqliteDatabase): DraftComments {
  return {
    change: async (command, actor, at) => inTransaction(db, () => change(db, command, { actor, at })),
    find: async (draftId, id) => find(db, draftId, id),
    list: async (draftId) =>
      statement<[string], Row>(db, 'SELECT body FROM draft_comments WHERE draft_id = ? ORDER BY at, id')
        .all(draftId)
        .map(parseRow),
  };
}

function find(db: SqliteDatabase, draftId: string, id: string): DraftComment | null {
  const row = statement<[string, string], Row>(
    db,
    'SELECT body FROM draft_comments WHERE draft_id = ? AND id = ?',
  ).get(draftId, id);
  return row === undefined ? null : parseRow(row);
}

function change(
  db: SqliteDatabase,
  command: CommentCommand,
  { actor, at }: { actor: Actor; at: string },
): DraftComment {
  const current = find(db, command.draftId, commentIdOf(command));
  if (findRepeatedSubject(db, command, actor) !== null) {
    if (current === null) throw new NotFound('没有这条批注。');
    return current;
  }
  const known = statement(db, 'SELECT 1 FROM drafts WHERE id = ?').get(command.draftId);
  if (known === undefined) throw new NotFound('没有这篇稿件。');
  const next = changeComment(current, command, { by: actor.id, at });
  statement(
    db,
    `INSERT INTO draft_comments VALUES (@id, @draftId, @revision, @at, @body)
       ON CONFLICT (id) DO UPDATE SET revision = @revision, body = @body`,
  ).run({
    id: next.id,
    draftId: next.draftId,
    revision: next.revision,
    at: next.at,
    body: JSON.stringify(next),
  });
  insertAudit(db, buildCommentAudit(command, next, { actor, at }));
  return next;
}
