import { z } from 'zod';
import type { Actor, Case, CaseEvent } from '../../domain/case.ts';
import type { DecisionCommand } from '../../domain/decision.ts';
import { Conflict } from '../../domain/errors.ts';
import { buildHandover, Handover, HandoverEvent, handoverYear, unitsOf } from '../../domain/handover.ts';
import { slipAfterCase } from '../../domain/handover-case.ts';
import type { CommandSeal } from '../decision-record.ts';
import {
  buildHandoverAudit,
  buildHandoverOutbox,
  buildHandoverText,
  buildSentEvent,
  type HandoverText,
  orderOf,
} from '../handover-record.ts';
import { insertAudit, insertOutbox } from './audit-rows.ts';
import { type SqliteDatabase, statement } from './database.ts';

const SlipRow = z.object({ facts: z.string() }).transform(({ facts }) => Handover.parse(JSON.parse(facts)));

export function parseSlip(row: unknown): Handover {
  return SlipRow.parse(row);
}

export function findSlip(db: SqliteDatabase, id: string): Handover | null {
  const row = statement(db, 'SELECT facts FROM handovers WHERE id = ?').get(id);
  return row === undefined ? null : parseSlip(row);
}

export function listSlipsOfCase(db: SqliteDatabase, caseId: string): Handover[] {
  const rows = statement(db, 'SELECT facts FROM handovers WHERE case_id = ? ORDER BY number DESC').all(
    caseId,
  );
  return rows.map(parseSlip);
}

function toRow(slip: Handover) {
  return {
    ...{ id: slip.id, version: slip.version, number: slip.number, caseId: slip.caseId },
    ...{ state: slip.state, dueAt: slip.dueAt, facts: JSON.stringify(slip) },
    supervised: slip.supervised === null ? 0 : 1,
    asks: slip.extension === null ? 0 : 1,
    hidden: slip.originAccessClass === 'safety' ? 1 : 0,
  };
}

function writeUnits(db: SqliteDatabase, slip: Handover): void {
  statement(db, 'DELETE FROM handover_units WHERE handover_id = ?').run(slip.id);
  const insert = statement(db, 'INSERT INTO handover_units (unit_id, handover_id) VALUES (?, ?)');
  for (const unitId of unitsOf(slip)) insert.run(unitId, slip.id);
}

/** Compare-and-swap on the version. @throws Conflict when another version is stored */
function updateSlip(db: SqliteDatabase, next: Handover, expectedVersion: number): void {
  const { changes } = statement(
    db,
    `UPDATE handovers SET version = @version, state = @state, due_at = @dueAt, supervised = @supervised, asks = @asks,
       hidden = @hidden, facts = @facts WHERE id = @id AND version = @expectedVersion`,
  ).run({ ...toRow(next), expectedVersion });
  if (changes === 0) throw new Conflict('这张转办单已有更新，请重新打开后再办理。');
  writeUnits(db, next);
}

function insertSlipEvent(db: SqliteDatabase, event: HandoverEvent, seal: CommandSeal | null): void {
  statement(
    db,
    `INSERT INTO handover_events (id, handover_id, version, event, command_salt, command_digest)
       VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(
    event.id,
    event.handoverId,
    event.handoverVersion,
    JSON.stringify(event),
    seal?.salt ?? null,
    seal?.digest ?? null,
  );
}

const EventRow = z.object({
  event: z.string(),
  command_salt: z.string().nullable(),
  command_digest: z.string().nullable(),
});

export function findSlipEvent(
  db: SqliteDatabase,
  id: string,
): { event: HandoverEvent; seal: CommandSeal | null } | null {
  const found = statement(
    db,
    'SELECT event, command_salt, command_digest FROM handover_events WHERE id = ?',
  ).get(id);
  if (found === undefined) return null;
  const { event, command_salt: salt, command_digest: digest } = EventRow.parse(found);
  const seal = salt === null || digest === null ? null : { salt, digest };
  return { event: HandoverEvent.parse(JSON.parse(event)), seal };
}

function insertText(db: SqliteDatabase, text: HandoverText | null): void {
  if (text === null) return;
  statement(
    db,
    `INSERT INTO handover_texts (event_id, handover_id, case_id, text, access_class, retention_class, expires_at)
       VALUES (@eventId, @handoverId, @caseId, @text, @accessClass, @retentionClass, @expiresAt)`,
  ).run(text);
}

function earliestExpiry(db: SqliteDatabase, caseId: string): string | null {
  const found = statement<[string], { expires_at: string | null }>(
    db,
    `SELECT min(t.expires_at) AS expires_at FROM post_texts t JOIN case_posts p ON p.post_id = t.post_id
       WHERE p.case_id = ?`,
  ).get(caseId);
  return found?.expires_at ?? null;
}

/** The slip as it becomes, with its event and what stands beside: in the transaction of the caller. */
export function writeSlipChange(
  db: SqliteDatabase,
  { next, event }: { next: Handover; event: HandoverEvent },
  said: { current: Case; text: string | null; quoting: boolean | undefined; seal: CommandSeal | null },
): void {
  updateSlip(db, next, next.version - 1);
  writeEvent(db, { next, event }, said);
}

function writeEvent(
  db: SqliteDatabase,
  { next, event }: { next: Handover; event: HandoverEvent },
  said: { current: Case; text: string | null; quoting: boolean | undefined; seal: CommandSeal | null },
): void {
  insertSlipEvent(db, event, said.seal);
  const known = {
    ...{ event, slip: next, current: said.current },
    textExpiresAt: earliestExpiry(db, next.caseId),
  };
  insertText(db, buildHandoverText(known, said.text, said.quoting));
  insertAudit(db, buildHandoverAudit(event, next.number));
  insertOutbox(db, buildHandoverOutbox(event));
}

function takeNumber(db: SqliteDatabase, year: number): number {
  const row = statement<[number], { last: number }>(
    db,
    'INSERT INTO handover_numbers VALUES (?, 1) ON CONFLICT (year) DO UPDATE SET last = last + 1 RETURNING last',
  ).get(year);
  return row?.last ?? 1;
}

/** The slip of a hand-over, in the transaction of its decision. */
export function insertSlip(
  db: SqliteDatabase,
  current: Case,
  command: DecisionCommand,
  actor: Actor,
  at: string,
): void {
  const running = takeNumber(db, handoverYear(at));
  const order = orderOf(command);
  const known = { current, ownerUnitId: command.unitId ?? '', order, id: command.commandId, running };
  const slip = buildHandover(known, actor, at);
  statement(
    db,
    `INSERT INTO handovers (id, version, number, case_id, state, due_at, supervised, asks, hidden, facts)
       VALUES (@id, @version, @number, @caseId, @state, @dueAt, @supervised, @asks, @hidden, @facts)`,
  ).run(toRow(slip));
  writeUnits(db, slip);
  const said = { current, text: order.request, quoting: undefined, seal: null };
  writeEvent(db, { next: slip, event: buildSentEvent(slip, actor) }, said);
}

/** What becomes of a case's slips when it changes by other ways than theirs: in the transaction of that change. */
export function followCase(
  db: SqliteDatabase,
  change: { before: Case; after: Case; cause: CaseEvent },
): void {
  const { after } = change;
  for (const slip of listSlipsOfCase(db, after.id)) {
    const changed = slipAfterCase(slip, change);
    if (changed === null) continue;
    const { next, event } = changed;
    if (event === null) updateSlip(db, next, slip.version);
    else writeSlipChange(db, { next, event }, { current: after, text: null, quoting: undefined, seal: null });
    if (next.originAccessClass === 'safety') {
      statement(db, "UPDATE handover_texts SET access_class = 'safety' WHERE handover_id = ?").run(slip.id);
    }
  }
}
