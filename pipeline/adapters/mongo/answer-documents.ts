import type { ClientSession, Collection, Db } from 'mongodb';
import type { Actor } from '../../domain/case.ts';
import type { HelpRelease } from '../../domain/help-release.ts';
import type { Reply } from '../../domain/reply.ts';
import type { RetentionClass } from '../../domain/retention-class.ts';
import type { StockAnswer } from '../../domain/stock-answer.ts';
import { type KnownCommand, subjectOfRepeated } from '../answer-record.ts';
import type { AuditCollections } from './audit-documents.ts';
import { type CollectionSpec, field } from './schema.ts';

type Stored<T extends { id: string }> = Omit<T, 'id'> & { _id: string };
export type StockAnswerDocument = Stored<StockAnswer>;
/** `serial`: the how-manieth draft of its case, so that of two begun at once the second meets the first. */
type ReplyDocument = Stored<Reply> & { serial: number; retentionClass: RetentionClass };
type ReleaseDocument = Stored<HelpRelease> & { accessClass: 'safety'; retentionClass: RetentionClass };
/** `_id` is `<answer>/<reply or release>`: counted, and nothing else is known of it. */
interface UseDocument {
  _id: string;
  answerId: string;
}

export interface AnswerCollections {
  answers: Collection<StockAnswerDocument>;
  uses: Collection<UseDocument>;
  replies: Collection<ReplyDocument>;
  releases: Collection<ReleaseDocument>;
}

export function answerCollections(db: Db): AnswerCollections {
  return {
    answers: db.collection('stock_answers'),
    uses: db.collection('stock_answer_uses'),
    replies: db.collection('replies'),
    releases: db.collection('help_releases'),
  };
}

const since = '2026-11-23';
const kept = { accessClass: field.accessClass, retentionClass: field.retentionClass, expiresAt: field.text };

export const answerSpecs: readonly CollectionSpec[] = [
  {
    name: 'stock_answers',
    fields: {
      revision: field.number,
      kind: field.text,
      unitId: field.text,
      createdAt: field.text,
      checked: field.objectOrNull,
      versions: field.list,
    },
    indexes: [],
  },
  {
    name: 'stock_answer_uses',
    fields: { answerId: field.text },
    indexes: [{ key: { answerId: 1 }, since, reason: 'counting' }],
  },
  {
    name: 'replies',
    version: 2,
    fields: {
      caseId: field.text,
      serial: field.number,
      version: field.number,
      text: field.text,
      stockAnswerId: field.textOrNull,
      stockAnswerVersion: { bsonType: ['int', 'long', 'double', 'null'] },
      state: field.text,
      changedBy: field.text,
      changedAt: field.text,
      postedBy: field.textOrNull,
      postedAt: field.textOrNull,
      address: field.textOrNull,
      ...kept,
    },
    indexes: [
      { key: { caseId: 1, changedAt: -1 }, since, reason: 'the newest draft of a case' },
      {
        key: { caseId: 1, serial: 1 },
        options: { unique: true },
        since,
        reason: 'of two begun at once one is kept',
      },
      { key: { expiresAt: 1 }, since, reason: 'the purge' },
    ],
  },
  {
    name: 'help_releases',
    version: 2,
    fields: {
      version: field.number,
      caseId: field.text,
      postId: field.text,
      channelId: field.text,
      collectorId: field.text,
      replyText: field.text,
      stockAnswerId: field.text,
      stockAnswerVersion: field.number,
      edited: field.boolean,
      locator: field.object,
      state: field.text,
      proposedBy: field.text,
      releasedBy: field.textOrNull,
      releasedAt: field.textOrNull,
      settledAt: field.textOrNull,
      reason: field.textOrNull,
      createdAt: field.text,
      ...kept,
    },
    indexes: [
      { key: { caseId: 1, createdAt: -1 }, since, reason: 'the releases of a case' },
      { key: { collectorId: 1, createdAt: -1 }, since, reason: 'what one person is asked to post' },
      { key: { expiresAt: 1 }, since, reason: 'the purge' },
    ],
  },
];

interface Scope {
  at: Pick<AuditCollections, 'audit'> & Pick<AnswerCollections, 'uses'>;
  session: ClientSession;
}

/** For use inside the transaction. @returns what the command made before; null where nobody has sent it yet */
export async function findRepeatedSubject(
  { at, session }: { at: Pick<AuditCollections, 'audit'>; session: ClientSession },
  command: { commandId: string },
  actor: Actor,
): Promise<string | null> {
  const entry = await at.audit.findOne({ _id: command.commandId }, { session });
  const known: KnownCommand | null =
    entry === null ? null : { subject: entry.subject, body: entry.payload?.body ?? null };
  return subjectOfRepeated(known, command, actor);
}

/** For use inside the transaction. */
export async function noteUse({ at, session }: Scope, answerId: string | null, useId: string): Promise<void> {
  if (answerId === null) return;
  const _id = `${answerId}/${useId}`;
  if ((await at.uses.findOne({ _id }, { session })) === null)
    await at.uses.insertOne({ _id, answerId }, { session });
}

/** The case went to those on duty, or came back: what was drafted before is for them alone (R19). */
export async function hideReplies(
  { replies }: Pick<AnswerCollections, 'replies'>,
  session: ClientSession,
  caseId: string,
): Promise<void> {
  await replies.updateMany({ caseId }, { $set: { accessClass: 'safety' } }, { session });
}
