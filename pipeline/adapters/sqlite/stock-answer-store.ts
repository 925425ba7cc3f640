import { z } from 'zod';
import type { Actor } from '../../domain/case.ts';
import { NotFound } from '../../domain/errors.ts';
import { StockAnswer } from '../../domain/stock-answer.ts';
import {
  type AnswerCommand,
  type AnswerWriter,
  changeStockAnswer,
} from '../../domain/stock-answer-change.ts';
import type { AnswerUses, RecordedAnswer, StockAnswerStore } from '../../ports/stock-answer-store.ts';
import { buildStockAudit, type KnownCommand, subjectOfRepeated } from '../answer-record.ts';
import { insertAudit } from './audit-rows.ts';
import { inTransaction, type SqliteDatabase, statement } from './database.ts';

export function openStockAnswerStore(db: SqliteDatabase): StockAnswerStore {
  return {
    change: async (command, writer, at) => inTransaction(db, () => change(db, command, writer, at)),
    find: async (answerId) => findAnswer(db, answerId),
    list: async () =>
      statement(db, 'SELECT * FROM stock_answers ORDER BY created_at, id').all().map(parseAnswer),
    countUses: async () =>
      statement<unknown[], AnswerUses>(
        db,
        'SELECT answer_id AS answerId, count(*) AS uses FROM stock_answer_uses GROUP BY answer_id ORDER BY answer_id',
      ).all(),
  };
}

const Json = z.string().transform((text): unknown => JSON.parse(text));
const AnswerRow = z
  .looseObject({ checked: Json.nullable(), versions: Json })
  .transform(({ unit_id: unitId, created_at: createdAt, ...row }) => ({ ...row, unitId, createdAt }))
  .pipe(StockAnswer);
const parseAnswer = (row: unknown): StockAnswer => AnswerRow.parse(row);

function findAnswer(db: SqliteDatabase, id: string): StockAnswer | null {
  const row = statement(db, 'SELECT * FROM stock_answers WHERE id = ?').get(id);
  return row === undefined ? null : parseAnswer(row);
}

/** For use inside the transaction. @returns what the command made before; null where nobody has sent it yet */
export function findRepeatedSubject(
  db: SqliteDatabase,
  command: { commandId: string },
  actor: Actor,
): string | null {
  const known = statement<[string], KnownCommand>(
    db,
    'SELECT e.subject, p.body FROM audit_entry e LEFT JOIN audit_payload p ON p.entry_id = e.id WHERE e.id = ?',
  ).get(command.commandId);
  return subjectOfRepeated(known ?? null, command, actor);
}

/** For use inside the transaction. */
export function noteUse(db: SqliteDatabase, answerId: string | null, useId: string): void {
  if (answerId === null) return;
  statement(db, 'INSERT OR IGNORE INTO stock_answer_uses VALUES (?, ?)').run(answerId, useId);
}

function change(
  db: SqliteDatabase,
  command: AnswerCommand,
  writer: AnswerWriter,
  at: string,
): RecordedAnswer {
  const repeated = findRepeatedSubject(db, command, writer.actor);
  if (repeated !== null) {
    const answer = findAnswer(db, repeated);
    if (answer === null) throw new NotFound('没有这条口径。');
    return { answer, repeated: true };
  }
  const current = command.answerId === null ? null : findAnswer(db, command.answerId);
  const answer = changeStockAnswer(current, command, writer, at);
  statement(
    db,
    `INSERT INTO stock_answers VALUES (@id, @revision, @kind, @unitId, @createdAt, @checked, @versions)
       ON CONFLICT (id) DO UPDATE SET revision = @revision, unit_id = @unitId, checked = @checked, versions = @versions`,
  ).run({
    ...answer,
    checked: answer.checked === null ? null : JSON.stringify(answer.checked),
    versions: JSON.stringify(answer.versions),
  });
  insertAudit(db, buildStockAudit(answer, command, writer.actor, at));
  return { answer, repeated: false };
}
