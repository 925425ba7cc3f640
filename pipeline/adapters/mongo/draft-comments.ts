import type { ClientSession, Collection } from 'mongodb';
import type { Actor } from '../../domain/case.ts';
import { type CommentCommand, changeComment, DraftComment } from '../../domain/draft-comment.ts';
import { Conflict, NotFound } from '../../domain/errors.ts';
import type { DraftComments } from '../../ports/draft-comments.ts';
import { buildCommentAudit, commentIdOf } from '../comment-record.ts';
import { findRepeatedSubject } from './answer-documents.ts';
import { type AuditCollections, auditCollections, insertFacts } from './audit-documents.ts';
import { inMongoTransaction, type MongoConnection } from './connection.ts';
import { type CollectionSpec, field } from './schema.ts';

type CommentDocument = Omit<DraftComment, 'id'> & { _id: string };

export const draftCommentSpecs: readonly CollectionSpec[] = [
  {
    name: 'draft_comments',
    fields: {
      ...{ draftId: field.text, revision: field.number, version: field.number, text: field.text },
      ...{
        phrase: field.objectOrNull,
        around: field.objectOrNull,
        suggestion: field.textOrNull,
        by: field.text,
        at: field.text,
      },
      ...{ replies: field.list, resolved: field.objectOrNull },
    },
    indexes: [
      {
        key: { draftId: 1, at: 1, _id: 1 },
        since: '2026-11-23',
        reason: 'what people said about a draft, in the order they said it',
      },
    ],
  },
];

interface Collections extends AuditCollections {
  comments: Collection<CommentDocument>;
  drafts: Collection<{ _id: string }>;
}

function parseDocument({ _id, ...fields }: CommentDocument): DraftComment {
  return DraftComment.parse({ id: _id, ...fields });
}

export function openMongoDraftComments({ client, db }: MongoConnection): DraftComments {
  const at: Collections = {
    ...auditCollections(db),
    comments: db.collection('draft_comments'),
    drafts: db.collection('drafts'),
  };
  return {
    change: (command, actor, now) =>
      inMongoTransaction(client, (session) => change({ at, session }, command, { actor, now })),
    find: async (draftId, id) => {
      const found = await at.comments.findOne({ _id: id, draftId });
      return found === null ? null : parseDocument(found);
    },
    list: async (draftId) =>
      (await at.comments.find({ draftId }).sort({ at: 1, _id: 1 }).toArray()).map(parseDocument),
  };
}

async function change(
  { at, session }: { at: Collections; session: ClientSession },
  command: CommentCommand,
  { actor, now }: { actor: Actor; now: string },
): Promise<DraftComment> {
  const _id = commentIdOf(command);
  const stored = await at.comments.findOne({ _id, draftId: command.draftId }, { session });
  const current = stored === null ? null : parseDocument(stored);
  if ((await findRepeatedSubject({ at, session }, command, actor)) !== null) {
    if (current === null) throw new NotFound('没有这条批注。');
    return current;
  }
  if ((await at.drafts.findOne({ _id: command.draftId }, { session })) === null)
    throw new NotFound('没有这篇稿件。');
  const next = changeComment(current, command, { by: actor.id, at: now });
  const { id, ...fields } = next;
  if (current === null) {
    await at.comments.insertOne({ _id: id, ...fields }, { session });
  } else {
    const filter = { _id, revision: current.revision };
    const { matchedCount } = await at.comments.replaceOne(filter, fields, { session });
    if (matchedCount === 0) throw new Conflict('这条批注已有更新，请重新打开后再试。');
  }
  await insertFacts(at, session, [buildCommentAudit(command, next, { actor, at: now })], []);
  return next;
}
