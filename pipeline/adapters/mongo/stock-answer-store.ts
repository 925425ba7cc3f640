import type { ClientSession } from 'mongodb';
import { Conflict, NotFound } from '../../domain/errors.ts';
import { StockAnswer } from '../../domain/stock-answer.ts';
import {
  type AnswerCommand,
  type AnswerWriter,
  changeStockAnswer,
} from '../../domain/stock-answer-change.ts';
import type { AnswerUses, RecordedAnswer, StockAnswerStore } from '../../ports/stock-answer-store.ts';
import { buildStockAudit } from '../answer-record.ts';
import {
  type AnswerCollections,
  answerCollections,
  findRepeatedSubject,
  type StockAnswerDocument,
} from './answer-documents.ts';
import { type AuditCollections, auditCollections, insertFacts } from './audit-documents.ts';
import { inMongoTransaction, type MongoConnection } from './connection.ts';

interface Scope {
  at: AnswerCollections & AuditCollections;
  session: ClientSession;
}

export function openMongoStockAnswerStore({ client, db }: MongoConnection): StockAnswerStore {
  const at = { ...answerCollections(db), ...auditCollections(db) };
  return {
    change: (command, writer, now) =>
      inMongoTransaction(client, (session) => change({ at, session }, command, writer, now)),
    find: async (answerId) => parseAnswer(await at.answers.findOne({ _id: answerId })),
    list: async () => {
      const found = await at.answers.find().sort({ createdAt: 1, _id: 1 }).toArray();
      return found.flatMap((document) => parseAnswer(document) ?? []);
    },
    countUses: () =>
      at.uses
        .aggregate<AnswerUses>([
          { $group: { _id: '$answerId', uses: { $sum: 1 } } },
          { $sort: { _id: 1 } },
          { $project: { _id: 0, answerId: '$_id', uses: 1 } },
        ])
        .toArray(),
  };
}

function parseAnswer(document: StockAnswerDocument | null): StockAnswer | null {
  if (document === null) return null;
  const { _id: id, ...fields } = document;
  return StockAnswer.parse({ id, ...fields });
}

async function change(
  scope: Scope,
  command: AnswerCommand,
  writer: AnswerWriter,
  now: string,
): Promise<RecordedAnswer> {
  const { at, session } = scope;
  const find = async (id: string) => parseAnswer(await at.answers.findOne({ _id: id }, { session }));
  const repeated = await findRepeatedSubject(scope, command, writer.actor);
  if (repeated !== null) {
    const answer = await find(repeated);
    if (answer === null) throw new NotFound('没有这条口径。');
    return { answer, repeated: true };
  }
  const current = command.answerId === null ? null : await find(command.answerId);
  const answer = changeStockAnswer(current, command, writer, now);
  const { id: _id, ...fields } = answer;
  if (current === null) await at.answers.insertOne({ _id, ...fields }, { session });
  else {
    const filter = { _id, revision: current.revision };
    const { matchedCount } = await at.answers.replaceOne(filter, fields, { session });
    if (matchedCount === 0) throw new Conflict('这条口径已有更新，请重新打开后再改。');
  }
  await insertFacts(at, session, [buildStockAudit(answer, command, writer.actor, now)], []);
  return { answer, repeated: false };
}
