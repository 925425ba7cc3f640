import { z } from 'zod';
import { AuditEntry, chainName } from '../../domain/audit.ts';
import type { AuditQuery, AuditRecord, Oversight, ReadingCount, ReadQuery } from '../../ports/oversight.ts';
import type { Page } from '../../ports/page.ts';
import type { ReadRecord } from '../../ports/read-log.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { yearBounds } from '../lead-record.ts';
import {
  answeringDecisions,
  buildYearFigures,
  familyBounds,
  inReadingOrder,
  OpenedAndDecided,
  parseReading,
  purposeInBody,
} from '../oversight-record.ts';
import { type SqliteDatabase, statement } from './database.ts';

const ReadRow = z.object({
  id: z.string(),
  at: z.string(),
  actorId: z.string(),
  subject: z.string(),
  body: z.string().nullable(),
});
const CountRow = z.object({ actorId: z.string(), reads: z.number(), texts: z.number(), actions: z.number() });
const FactRow = z.object({ at: z.string(), actorId: z.string().nullable(), body: z.string().nullable() });
const KindRow = z.object({ kind: z.string(), n: z.number() });

export function openOversight(db: SqliteDatabase): Oversight {
  return {
    listReads: async (query) => listReads(db, query),
    listAudit: async (query) => listAudit(db, query),
    countReading: async (from, until) => countReading(db, from, until),
    findLastFact: async (action) => {
      const row = statement(
        db,
        `SELECT e.at, e.actor_id AS actorId, p.body FROM audit_entry e
         LEFT JOIN audit_payload p ON p.entry_id = e.id
         WHERE e.log = 'audit' AND e.action = ? ORDER BY e.at DESC, e.id DESC LIMIT 1`,
      ).get(action);
      if (row === undefined) return null;
      const { body, ...fact } = FactRow.parse(row);
      return { ...fact, payload: body === null ? null : JSON.parse(body) };
    },
    countYear: async (year) => countYear(db, year),
  };
}

const Cursor = z.tuple([z.string(), z.string()]);

function listReads(db: SqliteDatabase, query: ReadQuery): Page<ReadRecord> {
  const [at, id] = query.cursor === null ? ['9', ''] : parseCursor(query.cursor, Cursor);
  const { actorId, from, until, purpose, limit } = query;
  // A question of its own each: a condition that may be empty would use no index.
  const where = [
    "e.log = 'read'",
    '(e.at, e.id) < (@at, @id)',
    ...(actorId === undefined ? [] : ['e.actor_id = @actorId']),
    ...(from === undefined ? [] : ['e.at >= @from']),
    ...(until === undefined ? [] : ['e.at < @until']),
    ...(purpose === undefined ? [] : ['instr(p.body, @purpose) > 0']),
  ];
  const rows = statement(
    db,
    `SELECT e.id, e.at, e.actor_id AS actorId, e.subject, p.body FROM audit_entry e
     LEFT JOIN audit_payload p ON p.entry_id = e.id
     WHERE ${where.join(' AND ')} ORDER BY e.at DESC, e.id DESC LIMIT @limit`,
  ).all({
    ...{ at, id, limit: limit + 1 },
    ...(actorId === undefined ? {} : { actorId }),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
    ...(purpose === undefined ? {} : { purpose: purposeInBody(purpose) }),
  });
  const items = rows.slice(0, limit).map((row) => {
    const { body, ...entry } = ReadRow.parse(row);
    return parseReading(entry, body);
  });
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor([last.at, last.id]) : null };
}

const AuditRow = AuditEntry.pick({ id: true, at: true, actorId: true, action: true, subject: true }).extend({
  retentionClass: AuditEntry.shape.retentionClass,
  linked: z.number(),
  erased: z.number(),
});

function listAudit(db: SqliteDatabase, query: AuditQuery): Page<AuditRecord> {
  const [at, id] = query.cursor === null ? ['9', ''] : parseCursor(query.cursor, Cursor);
  const { actorId, from, until, family, subject, limit } = query;
  const asked = {
    ...(actorId === undefined ? {} : { actorId }),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
    ...(subject === undefined ? {} : { subject }),
    ...(family === undefined ? {} : familyBounds(family)),
  };
  const where = [
    "e.log = 'audit'",
    '(e.at, e.id) < (@at, @id)',
    ...(actorId === undefined ? [] : ['e.actor_id = @actorId']),
    ...(from === undefined ? [] : ['e.at >= @from']),
    ...(until === undefined ? [] : ['e.at < @until']),
    ...(subject === undefined ? [] : ['e.subject = @subject']),
    ...(family === undefined ? [] : ['e.action >= @first AND e.action < @next']),
  ];
  const rows = statement(
    db,
    `SELECT e.id, e.at, e.actor_id AS actorId, e.action, e.subject, e.retention_class AS retentionClass,
       e.linked, p.entry_id IS NULL AS erased
     FROM audit_entry e LEFT JOIN audit_payload p ON p.entry_id = e.id
     WHERE ${where.join(' AND ')} ORDER BY e.at DESC, e.id DESC LIMIT @limit`,
  ).all({ at, id, limit: limit + 1, ...asked });
  const items = rows.slice(0, limit).map((row) => {
    const { retentionClass, linked, erased, ...entry } = AuditRow.parse(row);
    const chain = chainName({ ...entry, log: 'audit', retentionClass });
    return { ...entry, chain, linked: linked === 1, erased: erased === 1 };
  });
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor([last.at, last.id]) : null };
}

function countReading(db: SqliteDatabase, from: string, until: string): ReadingCount[] {
  const rows = statement(
    db,
    `SELECT r.actor_id AS actorId, count(*) AS reads, count(DISTINCT r.subject) AS texts,
       (SELECT count(*) FROM audit_entry a WHERE a.log = 'audit' AND a.actor_id = r.actor_id
          AND a.at >= @from AND a.at < @until) AS actions
     FROM audit_entry r WHERE r.log = 'read' AND r.at >= @from AND r.at < @until GROUP BY r.actor_id`,
  ).all({ from, until });
  return inReadingOrder(rows.map((row) => CountRow.parse(row)));
}

function countYear(db: SqliteDatabase, year: number) {
  const bounds = yearBounds(year);
  const hours = { first: `${year}-`, next: `${year + 1}-` };
  const items = statement(
    db,
    'SELECT kind, count(*) AS n FROM posts WHERE bucket_hour >= @first AND bucket_hour < @next GROUP BY kind',
  ).all(hours);
  const opened = statement<unknown[], { n: number }>(
    db,
    'SELECT count(*) AS n FROM cases WHERE opened_at >= @from AND opened_at < @to',
  ).get(bounds);
  const answered = statement(
    db,
    `SELECT c.opened_at AS openedAt, c.decided_at AS decidedAt
     FROM cases c JOIN case_events e ON e.id = c.decision_id
     WHERE c.opened_at >= @from AND c.opened_at < @to
       AND e.decision ->> 'kind' IN (SELECT value FROM json_each(@kinds))`,
  ).all({ ...bounds, kinds: JSON.stringify(answeringDecisions) });
  return buildYearFigures(
    items.map((row) => KindRow.parse(row)),
    opened?.n ?? 0,
    answered.map((row) => OpenedAndDecided.parse(row)),
  );
}
