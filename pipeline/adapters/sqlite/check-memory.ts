import { z } from 'zod';
import type { Actor } from '../../domain/case.ts';
import {
  type AnswerFindingCommand,
  holdsAt,
  RememberedAnswer,
  type RuleAnswers,
  rememberAnswer,
  type TakeBackCommand,
} from '../../domain/check-memory.ts';
import { NotFound } from '../../domain/errors.ts';
import type { CheckMemory } from '../../ports/check-memory.ts';
import type { Page, PageRequest } from '../../ports/page.ts';
import { buildAnswerAudit } from '../check-answer-record.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { insertAudit } from './audit-rows.ts';
import { inTransaction, type SqliteDatabase, statement, truncateLog } from './database.ts';
import { findRepeatedSubject } from './stock-answer-store.ts';

const columns = `owner_id AS ownerId, key, scope, unit_id AS unitId, rule, text, reason, actor_id AS actorId, at, times,
  expires_at AS expiresAt, taken_back_at AS takenBackAt`;
const ListCursor = z.tuple([z.string(), z.string(), z.string()]);

export function openCheckMemory(db: SqliteDatabase): CheckMemory {
  return {
    answer: async (command, actor, at) => inTransaction(db, () => answer(db, command, { actor, at })),
    takeBack: async (command, actor, at) => inTransaction(db, () => takeBack(db, command, { actor, at })),
    recall: async (owners, keys, at) =>
      statement(
        db,
        `SELECT ${columns} FROM check_answers WHERE owner_id IN (SELECT value FROM json_each(@owners))
           AND key IN (SELECT value FROM json_each(@keys)) AND taken_back_at IS NULL AND expires_at >= @at
           ORDER BY owner_id, key`,
      )
        .all({ owners: JSON.stringify(owners), keys: JSON.stringify(keys), at })
        .map((row) => RememberedAnswer.parse(row)),
    list: async (unitIds, at, page) => list(db, { unitIds, at }, page),
    noteShown: async (reportId, counts) =>
      inTransaction(db, () => {
        const insert = statement(db, 'INSERT OR IGNORE INTO check_shown VALUES (?, ?, ?)');
        for (const [rule, shown] of counts) insert.run(reportId, rule, shown);
      }),
    countRules: async () =>
      statement<unknown[], RuleAnswers>(
        db,
        `SELECT rule, sum(shown) AS shown, sum(notMistake) AS notMistake FROM (
           SELECT rule, shown, 0 AS notMistake FROM check_shown
           UNION ALL SELECT rule, 0, times FROM check_answers WHERE taken_back_at IS NULL
         ) GROUP BY rule ORDER BY rule`,
      ).all(),
    purge: async (now) => purge(db, now),
  };
}

function purge(db: SqliteDatabase, now: string): number {
  const { changes } = statement(
    db,
    `UPDATE check_answers SET text = '', reason = '', actor_id = '' WHERE expires_at < ? AND actor_id <> ''`,
  ).run(now);
  if (changes > 0) truncateLog(db);
  return changes;
}

function find(db: SqliteDatabase, ownerId: string, key: string): RememberedAnswer | null {
  const row = statement(db, `SELECT ${columns} FROM check_answers WHERE owner_id = ? AND key = ?`).get(
    ownerId,
    key,
  );
  return row === undefined ? null : RememberedAnswer.parse(row);
}

interface Saying {
  actor: Actor;
  at: string;
}

function answer(db: SqliteDatabase, command: AnswerFindingCommand, { actor, at }: Saying): RememberedAnswer {
  const ownerId = command.forUnit ? command.unitId : command.draftId;
  const known = find(db, ownerId, command.key);
  if (findRepeatedSubject(db, command, actor) !== null) {
    if (known === null) throw new NotFound('没有这条答复。');
    return known;
  }
  const next = rememberAnswer(known, command, { actorId: actor.id, at });
  statement(
    db,
    `INSERT OR REPLACE INTO check_answers (owner_id, key, scope, unit_id, rule, text, reason, actor_id, at, times, expires_at,
       taken_back_at) VALUES (@ownerId, @key, @scope, @unitId, @rule, @text, @reason, @actorId, @at, @times, @expiresAt, NULL)`,
  ).run({ ...next, takenBackAt: undefined });
  insertAudit(db, buildAnswerAudit('check.answered', { command, answer: next }, { actor, at }));
  return next;
}

function takeBack(db: SqliteDatabase, command: TakeBackCommand, { actor, at }: Saying): boolean {
  const known = find(db, command.ownerId, command.key);
  if (known === null || !holdsAt(known, at)) return false;
  statement(db, 'UPDATE check_answers SET taken_back_at = ? WHERE owner_id = ? AND key = ?').run(
    at,
    command.ownerId,
    command.key,
  );
  insertAudit(db, buildAnswerAudit('check.answer-taken-back', { command, answer: known }, { actor, at }));
  return true;
}

function list(
  db: SqliteDatabase,
  { unitIds, at }: { unitIds: readonly string[] | null; at: string },
  page: PageRequest,
): Page<RememberedAnswer> {
  const [lastAt, lastOwner, lastKey] =
    page.cursor === null ? ['9', '', ''] : parseCursor(page.cursor, ListCursor);
  const rows = statement(
    db,
    `SELECT ${columns} FROM check_answers WHERE scope = 'unit' AND taken_back_at IS NULL AND expires_at >= @at
       AND (at, owner_id, key) < (@lastAt, @lastOwner, @lastKey)
       AND (@units IS NULL OR unit_id IN (SELECT value FROM json_each(@units)))
       ORDER BY at DESC, owner_id DESC, key DESC LIMIT @limit`,
  ).all({
    ...{ at, lastAt, lastOwner, lastKey },
    units: unitIds === null ? null : JSON.stringify(unitIds),
    limit: page.limit + 1,
  });
  const items = rows.slice(0, page.limit).map((row) => RememberedAnswer.parse(row));
  const last = items.at(-1);
  const more = rows.length > page.limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor([last.at, last.ownerId, last.key]) : null };
}
