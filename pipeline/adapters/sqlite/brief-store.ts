import { z } from 'zod';
import { Brief, type BriefHand, type BriefKind } from '../../domain/brief.ts';
import {
  asksForApproved,
  assertOnlyIssue,
  BriefEvent,
  briefYear,
  type ChangedBrief,
  createBrief,
  type MoveBrief,
  moveBrief,
  type NewBrief,
  replaceBrief,
  type SaveBriefWords,
  saveWords,
} from '../../domain/brief-life.ts';
import type { BriefLine, BriefQuery, BriefStore, RecordedBrief } from '../../ports/brief-store.ts';
import type { Page } from '../../ports/page.ts';
import {
  askedDigest,
  assertSameAsked,
  buildBriefAudit,
  frozenIds,
  missingBrief,
  sha256,
  staleBrief,
  toLine,
} from '../brief-record.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { insertAudit } from './audit-rows.ts';
import { inTransaction, type SqliteDatabase, statement } from './database.ts';

const Json = z.string().transform((text): unknown => JSON.parse(text));
const BriefRow = z
  .object({ line: Json.pipe(z.looseObject({})), facts: Json, words: Json })
  .transform(({ line, facts, words }): unknown => ({ ...line, facts, words }))
  .pipe(Brief);
const LineRow = z.object({ line: Json.pipe(Brief.omit({ facts: true, words: true })) });
const EventRow = z.object({ asked: z.string(), body: Json.pipe(BriefEvent) });

export function openBriefStore(db: SqliteDatabase): BriefStore {
  return {
    create: async (command, hand, at) => inTransaction(db, () => create(db, command, hand, at)),
    saveWords: async (command, hand, at) =>
      inTransaction(db, () =>
        change(db, command, hand, (current) => [saveWords(current, command, hand, at)]),
      ),
    move: async (command, hand, known) => inTransaction(db, () => move(db, command, hand, known)),
    find: async (id) => find(db, id),
    findScheduled: async (keys) =>
      statement<[string], { key: string }>(
        db,
        'SELECT schedule_key AS key FROM briefs WHERE schedule_key IN (SELECT value FROM json_each(?)) ORDER BY 1',
      )
        .all(JSON.stringify(keys))
        .map(({ key }) => key),
    list: async (query) => list(db, query),
    listEvents: async (id) =>
      statement(db, 'SELECT asked, body FROM brief_events WHERE brief_id = ? ORDER BY brief_version')
        .all(id)
        .map((row) => EventRow.parse(row).body),
    readEvidence: async (id, numberId) => {
      const row = statement<[string, string], { ids: string }>(
        db,
        'SELECT ids FROM brief_evidence WHERE brief_id = ? AND number_id = ?',
      ).get(id, numberId);
      return row === undefined ? null : z.array(z.string()).parse(JSON.parse(row.ids));
    },
  };
}

function find(db: SqliteDatabase, id: string): Brief | null {
  const row = statement(db, 'SELECT line, facts, words FROM briefs WHERE id = ?').get(id);
  return row === undefined ? null : BriefRow.parse(row);
}

function findRepeated(
  db: SqliteDatabase,
  command: NewBrief | SaveBriefWords | MoveBrief,
  hand: BriefHand | null,
): RecordedBrief | null {
  const row = statement(db, 'SELECT asked, body FROM brief_events WHERE id = ?').get(command.commandId);
  if (row === undefined) return null;
  const { asked, body } = EventRow.parse(row);
  assertSameAsked(asked, askedDigest(command, hand));
  const brief = find(db, body.briefId);
  return brief === null ? null : { brief, repeated: true };
}

function create(
  db: SqliteDatabase,
  command: NewBrief,
  hand: BriefHand | null,
  at: string,
): RecordedBrief | null {
  const repeated = findRepeated(db, command, hand);
  if (repeated !== null) return repeated;
  const made = createBrief(command, hand, at);
  // The machine has a key of its own; its draft cannot be issued beside another one either.
  if (hand !== null) assertOnlyIssue(made.next, listApproved(db, made.next));
  const { facts, words, ...line } = made.next;
  const { changes } = statement(
    db,
    `INSERT INTO briefs (id, version, kind, state, schedule_key, created_at, expires_at, line, facts, words)
       VALUES (@id, @version, @kind, @state, @scheduleKey, @createdAt, @expiresAt, @line, @facts, @words)
       ON CONFLICT (schedule_key) DO NOTHING`,
  ).run({
    ...{ id: line.id, version: line.version, kind: line.kind, state: line.state },
    ...{ scheduleKey: line.scheduleKey, createdAt: line.createdAt, expiresAt: line.expiresAt },
    ...{ line: JSON.stringify(line), facts: JSON.stringify(facts), words: JSON.stringify(words) },
  });
  if (changes === 0) return null;
  const insert = statement(db, 'INSERT INTO brief_evidence (brief_id, number_id, ids) VALUES (?, ?, ?)');
  for (const [numberId, ids] of frozenIds(command)) insert.run(line.id, numberId, JSON.stringify(ids));
  note(db, made, askedDigest(command, hand));
  return { brief: made.next, repeated: false };
}

/** The event and the audit entry. */
function note(db: SqliteDatabase, { next, event }: ChangedBrief, asked: string): void {
  statement(
    db,
    'INSERT INTO brief_events (id, brief_id, brief_version, asked, body) VALUES (?, ?, ?, ?, ?)',
  ).run(event.id, event.briefId, event.briefVersion, asked, JSON.stringify(event));
  insertAudit(db, buildBriefAudit(event, next));
}

function change(
  db: SqliteDatabase,
  command: SaveBriefWords | MoveBrief,
  hand: BriefHand,
  make: (current: Brief) => ChangedBrief[],
): RecordedBrief {
  const repeated = findRepeated(db, command, hand);
  if (repeated !== null) return repeated;
  const current = find(db, command.briefId);
  if (current === null) throw missingBrief();
  const made = make(current);
  for (const one of made) {
    const { next } = one;
    const { changes } = statement(
      db,
      `UPDATE briefs SET version = @version, state = @state, line = @line, words = @words
         WHERE id = @id AND version = @version - 1`,
    ).run({
      ...{ id: next.id, version: next.version, state: next.state },
      ...{ line: JSON.stringify(toLine(next)), words: JSON.stringify(next.words) },
    });
    if (changes === 0) throw staleBrief();
    note(db, one, askedDigest(command, hand));
  }
  return { brief: made[0]?.next ?? current, repeated: false };
}

function takeSerial(db: SqliteDatabase, kind: BriefKind, year: number): number {
  const row = statement<[string, number], { serial: number }>(
    db,
    `INSERT INTO brief_serials (kind, year, serial) VALUES (?, ?, 1)
       ON CONFLICT DO UPDATE SET serial = serial + 1 RETURNING serial`,
  ).get(kind, year);
  return row?.serial ?? 1;
}

/** In force, of its kind, and to the same day: among them those of its period. */
const listApproved = (db: SqliteDatabase, { kind, period }: Pick<Brief, 'kind' | 'period'>): Brief[] =>
  statement(
    db,
    `SELECT line, facts, words FROM briefs
       WHERE state = 'approved' AND kind = @kind AND line ->> '$.period.toDay' = @toDay`,
  )
    .all({ kind, toDay: period.toDay })
    .map((row) => BriefRow.parse(row));

function move(
  db: SqliteDatabase,
  command: MoveBrief,
  hand: BriefHand,
  known: { at: string; mayApprove: boolean },
): RecordedBrief {
  return change(db, command, hand, (current) => {
    const { at } = known;
    const approves = command.move === 'approve';
    // A refusal rolls the number back with everything else.
    const running = approves ? takeSerial(db, current.kind, briefYear(at)) : 0;
    const approved = asksForApproved(command.move) ? listApproved(db, current) : [];
    const made = [moveBrief(current, command, hand, { ...known, running, approved, digest: sha256 })];
    const before = approves && current.replaces !== null ? find(db, current.replaces) : null;
    const replaced =
      before === null
        ? null
        : replaceBrief(before, { id: current.id, commandId: command.commandId }, hand, at);
    return replaced === null ? made : [...made, replaced];
  });
}

const Cursor = z.tuple([z.string(), z.string()]);

function list(db: SqliteDatabase, { states, kinds, cursor, limit }: BriefQuery): Page<BriefLine> {
  const [at, id] = cursor === null ? ['9', ''] : parseCursor(cursor, Cursor);
  const rows = statement(
    db,
    `SELECT line FROM briefs WHERE (created_at, id) < (@at, @id)
       AND state IN (SELECT value FROM json_each(@states)) AND kind IN (SELECT value FROM json_each(@kinds))
     ORDER BY created_at DESC, id DESC LIMIT @limit`,
  ).all({ at, id, states: JSON.stringify(states), kinds: JSON.stringify(kinds), limit: limit + 1 });
  const items = rows.slice(0, limit).map((row) => LineRow.parse(row).line);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor([last.createdAt, last.id]) : null };
}
