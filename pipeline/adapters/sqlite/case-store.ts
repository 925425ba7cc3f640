import { z } from 'zod';
import { type Case, isUndecided } from '../../domain/case.ts';
import type { QueueName } from '../../domain/category.ts';
import { Conflict, NotFound } from '../../domain/errors.ts';
import type { CaseEventWithNote, CaseStore, CaseVisibility, QueueQuery } from '../../ports/case-store.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Page } from '../../ports/page.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { caseColumns, findCaseRow, parseCase, parseEvent } from './case-rows.ts';
import { inTransaction, type SqliteDatabase, statement } from './database.ts';
import {
  recordCloseRows,
  recordDecisionRows,
  recordNoteRows,
  recordReopenRows,
  recordTakeOverRows,
  recordUndoRows,
} from './record-decision.ts';
import { recordSplitRows } from './record-split.ts';

const DueCursor = z.tuple([z.string(), z.string()]);
const QueueCursor = z.tuple([z.number(), z.number(), z.string(), z.string()]);

/** A list for SQL `IN (SELECT value FROM json_each(?))`: one prepared statement for any length. */
const list = (values: readonly string[]) => JSON.stringify(values);

export function openCaseStore(db: SqliteDatabase, clock: Clock): CaseStore {
  return {
    listQueue: async (query) =>
      query.due === undefined ? listQueue(db, query) : listDueCases(db, { ...query, due: query.due }),
    countQueues: async (visibility) => countQueues(db, visibility),
    findCase: async (caseId, visibility) => findVisible(db, caseId, visibility),
    findReferral: async (caseId) => {
      const found = findCaseRow(db, caseId);
      return found?.accessClass === 'safety' && found.referredAt !== null
        ? { referredAt: found.referredAt }
        : null;
    },
    listEvents: async (caseId, visibility) => listEvents(db, caseId, visibility, clock.now()),
    claimCase: async (claim) => claimCase(db, claim),
    releaseClaim: async (caseId, token) => {
      statement(
        db,
        'UPDATE cases SET claim_actor = NULL, claim_token = NULL, claim_expires_at = NULL WHERE id = ? AND claim_token = ?',
      ).run(caseId, token);
    },
    recordDecision: async (command, actor, at) => recordDecisionRows(db, command, actor, at),
    recordClose: async (command, actor, at) => recordCloseRows(db, command, actor, at),
    recordUndo: async (command, actor, at) => recordUndoRows(db, command, actor, at),
    recordReopening: async (command, actor, at) => recordReopenRows(db, command, actor, at),
    recordNote: async (command, actor, at) => recordNoteRows(db, command, actor, at),
    recordTakeOver: async (asked, actor, at) => recordTakeOverRows(db, asked, actor, at),
    recordSplit: async (command, actor, at) => recordSplitRows(db, command, actor, at),
  };
}

function findVisible(db: SqliteDatabase, caseId: string, visibility: CaseVisibility): Case | null {
  const found = findCaseRow(db, caseId);
  return found !== null && visibility.accessClasses.includes(found.accessClass) ? found : null;
}

function listQueue(db: SqliteDatabase, query: QueueQuery): Page<Case> {
  const after = query.cursor === null ? null : parseCursor(query.cursor, QueueCursor);
  const rows = statement(
    db,
    `SELECT ${caseColumns} FROM case_queues q JOIN cases c ON c.id = q.case_id
       WHERE q.queue = @queue AND q.state IN (SELECT value FROM json_each(@states))
         AND q.access_class IN (SELECT value FROM json_each(@classes))
         AND (@start = 1 OR q.life_safety < @lifeSafety OR (q.life_safety = @lifeSafety AND (q.risk_score < @riskScore
           OR (q.risk_score = @riskScore AND (q.opened_at, q.case_id) > (@openedAt, @id)))))
       ORDER BY q.life_safety DESC, q.risk_score DESC, q.opened_at, q.case_id LIMIT @limit`,
  ).all({
    queue: query.queue,
    states: list(query.states),
    classes: list(query.accessClasses),
    start: after === null ? 1 : 0,
    lifeSafety: after?.[0] ?? 0,
    riskScore: after?.[1] ?? 0,
    openedAt: after?.[2] ?? '',
    id: after?.[3] ?? '',
    limit: query.limit + 1,
  });
  const items = rows.slice(0, query.limit).map(parseCase);
  const last = items.at(-1);
  const more = rows.length > query.limit && last !== undefined;
  return {
    items,
    nextCursor: more ? encodeCursor([last.lifeSafety ? 1 : 0, last.riskScore, last.openedAt, last.id]) : null,
  };
}

function listDueCases(db: SqliteDatabase, query: QueueQuery & Required<Pick<QueueQuery, 'due'>>): Page<Case> {
  const after = query.cursor === null ? null : parseCursor(query.cursor, DueCursor);
  const { kind, now, until } = query.due;
  const rows = statement(
    db,
    `SELECT ${caseColumns} FROM case_queues q JOIN cases c ON c.id = q.case_id
       WHERE q.queue = @queue AND q.state IN (SELECT value FROM json_each(@states))
         AND q.access_class IN (SELECT value FROM json_each(@classes))
         AND q.deadline IS NOT NULL AND q.deadline >= @from AND q.deadline < @to
         AND (q.deadline, q.case_id) > (@deadline, @id)
       ORDER BY q.deadline, q.case_id LIMIT @limit`,
  ).all({
    queue: query.queue,
    states: list(query.states),
    classes: list(query.accessClasses),
    from: kind === 'near' ? now : '',
    to: kind === 'near' ? until : now,
    deadline: after?.[0] ?? '',
    id: after?.[1] ?? '',
    limit: query.limit + 1,
  });
  const items = rows.slice(0, query.limit).map(parseCase);
  const last = items.at(-1);
  const more = rows.length > query.limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor([last.deadline, last.id]) : null };
}

function countQueues(db: SqliteDatabase, visibility: CaseVisibility): Record<QueueName, number> {
  const counts: Record<QueueName, number> = { safety: 0, review: 0, operations: 0, service: 0 };
  const rows = statement<[string], { queue: QueueName; n: number }>(
    db,
    `SELECT queue, count(*) AS n FROM case_queues
       WHERE state IN ('open', 'reopened') AND access_class IN (SELECT value FROM json_each(?)) GROUP BY queue`,
  ).all(list(visibility.accessClasses));
  for (const row of rows) counts[row.queue] = row.n;
  return counts;
}

function listEvents(
  db: SqliteDatabase,
  caseId: string,
  visibility: CaseVisibility,
  now: string,
): CaseEventWithNote[] {
  if (findVisible(db, caseId, visibility) === null) return [];
  const rows = statement<unknown[], { note: string | null }>(
    db,
    `SELECT e.*, n.note FROM case_events e
       LEFT JOIN case_notes n ON n.event_id = e.id AND n.expires_at > ?
         AND n.access_class IN (SELECT value FROM json_each(?))
       WHERE e.case_id = ? ORDER BY e.case_version`,
  ).all(now, list(visibility.accessClasses), caseId);
  return rows.map((row) => ({ ...parseEvent(row), note: row.note }));
}

function claimCase(db: SqliteDatabase, claim: Parameters<CaseStore['claimCase']>[0]): Case {
  return inTransaction(db, () => {
    const found = findVisible(db, claim.caseId, claim);
    if (found === null) throw new NotFound('没有这条线索。');
    if (!isUndecided(found.state)) throw new Conflict('这条线索已经处理过。');
    const held = found.claim;
    if (held !== null && held.expiresAt > claim.at && held.actorId !== claim.actorId) {
      throw new Conflict('另一位同事正在处理这条线索。');
    }
    statement(db, 'UPDATE cases SET claim_actor = ?, claim_token = ?, claim_expires_at = ? WHERE id = ?').run(
      claim.actorId,
      claim.token,
      claim.expiresAt,
      claim.caseId,
    );
    return {
      ...found,
      claim: { actorId: claim.actorId, token: claim.token, expiresAt: claim.expiresAt },
    };
  });
}
