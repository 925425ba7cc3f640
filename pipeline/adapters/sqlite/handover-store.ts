import { z } from 'zod';
import type { Case } from '../../domain/case.ts';
import { Conflict, NotFound } from '../../domain/errors.ts';
import { type Handover, HandoverEvent, isWithUnit } from '../../domain/handover.ts';
import { caseAfterMove } from '../../domain/handover-case.ts';
import { type HandoverFilter, handoverFilters } from '../../domain/handover-filter.ts';
import { HandoverLink, isOpenTo } from '../../domain/handover-link.ts';
import {
  buildMove,
  buildNudge,
  type MoveCommand,
  type Mover,
  type Nudge,
} from '../../domain/handover-moves.ts';
import { RetentionClass } from '../../domain/retention-class.ts';
import type {
  HandoverEventWithText,
  HandoverQuery,
  HandoverSight,
  HandoverStore,
  RecordedMove,
} from '../../ports/handover-store.ts';
import type { Page } from '../../ports/page.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { buildDecisionAudit, buildDecisionOutbox, isSameCommand, sealCommand } from '../decision-record.ts';
import { DueCursor, saidByCaller } from '../handover-record.ts';
import { insertAudit, insertOutbox } from './audit-rows.ts';
import { findCaseRow, findEventWithSeal, insertEvent, updateCase } from './case-rows.ts';
import { inTransaction, type SqliteDatabase, statement } from './database.ts';
import { findSlip, findSlipEvent, listSlipsOfCase, parseSlip, writeSlipChange } from './handover-rows.ts';

export function openHandoverStore(db: SqliteDatabase): HandoverStore {
  return {
    list: async (query) => list(db, query),
    count: async (asked) => count(db, asked),
    find: async (id, sight) => findOne(db, 'id', id, sight),
    findByNumber: async (number, sight) => findOne(db, 'number', number, sight),
    listOfCase: async (caseId) =>
      listSlipsOfCase(db, caseId).filter(({ originAccessClass }) => originAccessClass !== 'safety'),
    listEvents: async (id, now) => listEvents(db, id, now),
    recordMove: async (command, mover, at) => inTransaction(db, () => recordMove(db, command, mover, at)),
    recordNudge: async (nudge, at) => inTransaction(db, () => recordNudge(db, nudge, at)),
    addLink: async (link) => addLink(db, link),
    openLink: async (asked) => inTransaction(db, () => openLink(db, asked)),
    listLinks: async (handoverId) =>
      statement(db, `${linkColumns} WHERE handover_id = ? ORDER BY created_at DESC, id DESC`)
        .all(handoverId)
        .map((row) => HandoverLink.parse(row)),
  };
}

const withUnit = "h.state IN ('sent', 'received')";
const conditions: Record<HandoverFilter, string> = {
  active: "h.state IN ('sent', 'received', 'answered', 'returned')",
  sent: "h.state = 'sent'",
  received: "h.state = 'received'",
  near: `${withUnit} AND h.due_at >= @now AND h.due_at < @until`,
  overdue: `${withUnit} AND h.due_at < @now`,
  extension: `${withUnit} AND h.asks = 1`,
  answered: "h.state = 'answered'",
  returned: "h.state = 'returned'",
  supervised: "h.supervised = 1 AND h.state IN ('sent', 'received', 'answered', 'returned')",
  done: "h.state IN ('closed', 'withdrawn')",
  all: '1 = 1',
};

/** A question of its own each: a condition that may be empty would use no index. */
const inSight = ({ units }: HandoverSight) =>
  units === 'all'
    ? 'h.hidden = 0'
    : `h.hidden = 0 AND h.id IN (SELECT handover_id FROM handover_units
         WHERE unit_id IN (SELECT value FROM json_each(@units)))`;

/** What the question asks for and no more: a name too many is an error. */
function valuesFor(sql: string, { units }: HandoverSight, values: Record<string, unknown>) {
  const all = { ...values, units: units === 'all' ? null : JSON.stringify(units) };
  return Object.fromEntries(Object.entries(all).filter(([name]) => sql.includes(`@${name}`)));
}

function list(db: SqliteDatabase, query: HandoverQuery): Page<Handover> {
  const latestFirst = query.filter === 'all' || query.filter === 'done';
  const start = latestFirst ? ['9', ''] : ['', ''];
  const [dueAt, id] = query.cursor === null ? start : parseCursor(query.cursor, DueCursor);
  const sql = `SELECT h.facts FROM handovers h WHERE ${conditions[query.filter]} AND ${inSight(query)}
    AND (h.due_at, h.id) ${latestFirst ? '<' : '>'} (@dueAt, @id)
    ORDER BY h.due_at ${latestFirst ? 'DESC' : ''}, h.id ${latestFirst ? 'DESC' : ''} LIMIT @limit`;
  const { now, until } = query;
  const rows = statement(db, sql).all(
    valuesFor(sql, query, { now, until, dueAt, id, limit: query.limit + 1 }),
  );
  const items = rows.slice(0, query.limit).map(parseSlip);
  const last = items.at(-1);
  const more = rows.length > query.limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor([last.dueAt, last.id]) : null };
}

function count(
  db: SqliteDatabase,
  asked: HandoverSight & Pick<HandoverQuery, 'now' | 'until'>,
): Record<HandoverFilter, number> {
  const sums = handoverFilters.map((name) => `count(*) FILTER (WHERE ${conditions[name]}) AS "${name}"`);
  const sql = `SELECT ${sums.join(', ')} FROM handovers h WHERE ${inSight(asked)}`;
  const { now, until } = asked;
  return z
    .record(z.enum(handoverFilters), z.number())
    .parse(statement(db, sql).get(valuesFor(sql, asked, { now, until })));
}

function findOne(
  db: SqliteDatabase,
  column: 'id' | 'number',
  value: string,
  sight: HandoverSight,
): Handover | null {
  const sql = `SELECT h.facts FROM handovers h WHERE h.${column} = @value AND ${inSight(sight)}`;
  const row = statement(db, sql).get(valuesFor(sql, sight, { value }));
  return row === undefined ? null : parseSlip(row);
}

const EventWithText = z.object({
  event: z.string(),
  text: z.string().nullable(),
  kept: RetentionClass.nullable(),
});

function listEvents(db: SqliteDatabase, id: string, now: string): HandoverEventWithText[] {
  const rows = statement(
    db,
    `SELECT e.event, t.text, t.retention_class AS kept FROM handover_events e
       LEFT JOIN handover_texts t ON t.event_id = e.id AND t.expires_at > ? AND t.access_class <> 'safety'
       WHERE e.handover_id = ? ORDER BY e.version`,
  ).all(now, id);
  return rows.map((row) => {
    const { event, text, kept } = EventWithText.parse(row);
    return { ...HandoverEvent.parse(JSON.parse(event)), text, kept };
  });
}

function getCase(db: SqliteDatabase, slip: Handover): Case {
  const current = findCaseRow(db, slip.caseId);
  if (current === null) throw new NotFound('没有这张转办单。');
  return current;
}

function recordMove(db: SqliteDatabase, command: MoveCommand, mover: Mover, at: string): RecordedMove {
  const actor = { id: mover.id, roles: [] };
  const said = saidByCaller(command);
  const slip = findSlip(db, command.handoverId);
  if (slip === null) throw new NotFound('没有这张转办单。');
  const known = findSlipEvent(db, command.commandId);
  if (known !== null) {
    if (known.seal === null || !isSameCommand(known.seal, said, actor)) {
      throw new Conflict('同一编号的操作已经记录过，内容不同。');
    }
    return { handover: slip, event: known.event, repeated: true };
  }
  const { next, event } = buildMove(slip, command, mover, at);
  const current = getCase(db, slip);
  const decided = findEventWithSeal(db, slip.id)?.event ?? null;
  const moved = caseAfterMove({ current, slip, decided }, command, mover, at);
  if (moved !== null) {
    updateCase(db, moved.next, current.version);
    insertEvent(db, moved.event, null);
    insertAudit(db, buildDecisionAudit(moved.event));
    insertOutbox(db, buildDecisionOutbox(moved.event));
  }
  const { text, quoting } = command;
  const seal = sealCommand(said, actor);
  writeSlipChange(db, { next, event }, { current: moved?.next ?? current, text, quoting, seal });
  return { handover: next, event, repeated: false };
}

function recordNudge(db: SqliteDatabase, nudge: Nudge, at: string): boolean {
  const slip = findSlip(db, nudge.handoverId);
  if (slip === null || slip.version !== nudge.version || !isWithUnit(slip.state)) return false;
  const { next, event } = buildNudge(slip, nudge, at);
  if (findSlipEvent(db, event.id) !== null) return false;
  const current = getCase(db, slip);
  writeSlipChange(db, { next, event }, { current, text: null, quoting: undefined, seal: null });
  return true;
}

const linkColumns = `SELECT id, handover_id AS handoverId, digest, created_by AS createdBy, created_at AS createdAt,
  expires_at AS expiresAt, device_digest AS deviceDigest, opened_at AS openedAt FROM handover_links`;

function addLink(db: SqliteDatabase, link: HandoverLink): void {
  const { changes } = statement(
    db,
    `INSERT INTO handover_links (id, handover_id, digest, created_by, created_at, expires_at, device_digest, opened_at)
       VALUES (@id, @handoverId, @digest, @createdBy, @createdAt, @expiresAt, @deviceDigest, @openedAt)
       ON CONFLICT DO NOTHING`,
  ).run(link);
  if (changes === 0) throw new Conflict('这个链接已经存在。');
}

function openLink(
  db: SqliteDatabase,
  { digest, deviceDigest, at }: Parameters<HandoverStore['openLink']>[0],
): Awaited<ReturnType<HandoverStore['openLink']>> {
  const row = statement(db, `${linkColumns} WHERE digest = ?`).get(digest);
  if (row === undefined) return null;
  const link = HandoverLink.parse(row);
  const handover = findSlip(db, link.handoverId);
  if (handover === null || !isOpenTo(link, handover, deviceDigest, at)) return null;
  if (link.deviceDigest !== null) return { link, handover };
  const bound = { ...link, deviceDigest, openedAt: at };
  statement(
    db,
    'UPDATE handover_links SET device_digest = @deviceDigest, opened_at = @openedAt WHERE id = @id',
  ).run({ deviceDigest, openedAt: at, id: link.id });
  return { link: bound, handover };
}
