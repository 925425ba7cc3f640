import { z } from 'zod';
import {
  buildEnd,
  buildStandIn,
  type EndStandIn,
  type Maker,
  type MakeStandIn,
} from '../../domain/stand-in.ts';
import type { Page } from '../../ports/page.ts';
import type { RecordedStandIn, StandInQuery, StandInStore } from '../../ports/stand-in-store.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { assertSameEnd, assertSameStandIn, buildStandInAudit } from '../stand-in-record.ts';
import { insertAudit } from './audit-rows.ts';
import { inTransaction, type SqliteDatabase, statement } from './database.ts';
import { insertStandIn, readOpenOf, readStandIns, updateEnd } from './stand-in-rows.ts';
import { findUser } from './user-store.ts';

const mostOfOne = 200;

export function openStandInStore(db: SqliteDatabase): StandInStore {
  return {
    make: async (command, maker, at) => inTransaction(db, () => make(db, command, maker, at)),
    end: async (command, maker, at) => inTransaction(db, () => end(db, command, maker, at)),
    listActive: async (standInId, at) =>
      readStandIns(db, 'stand_in_id = ? AND ends_at > ? AND starts_at <= ? ORDER BY id', [standInId, at, at]),
    listOf: async (personId) =>
      readStandIns(db, '(stand_in_id = ? OR absent_id = ?) ORDER BY ends_at DESC, id DESC LIMIT ?', [
        personId,
        personId,
        mostOfOne,
      ]),
    list: async (query) => list(db, query),
  };
}

function bumpBoth(db: SqliteDatabase, personIds: readonly string[]): void {
  for (const id of personIds) statement(db, 'UPDATE users SET version = version + 1 WHERE id = ?').run(id);
}

function make(db: SqliteDatabase, command: MakeStandIn, maker: Maker, at: string): RecordedStandIn {
  const [known] = readStandIns(db, 'id = ?', [command.commandId]);
  if (known !== undefined) {
    assertSameStandIn(known, command, maker);
    return { standIn: known, repeated: true };
  }
  const { absentId, standInId } = command;
  const scene = {
    absent: findUser(db, absentId),
    standIn: findUser(db, standInId),
    known: readOpenOf(db, [absentId, standInId], at),
  };
  const standIn = buildStandIn(scene, command, maker, at);
  insertStandIn(db, standIn);
  bumpBoth(db, [absentId, standInId]);
  insertAudit(db, buildStandInAudit('stand-in.made', standIn, { id: standIn.id, at, maker }));
  return { standIn, repeated: false };
}

function end(db: SqliteDatabase, command: EndStandIn, maker: Maker, at: string): RecordedStandIn {
  const [current = null] = readStandIns(db, 'id = ?', [command.standInId]);
  const known = statement<[string], { action: string; subject: string }>(
    db,
    'SELECT action, subject FROM audit_entry WHERE id = ?',
  ).get(command.commandId);
  if (known !== undefined && current !== null) {
    assertSameEnd(known, command);
    return { standIn: current, repeated: true };
  }
  const ended = buildEnd(current, command, maker, at);
  updateEnd(db, ended);
  bumpBoth(db, [ended.absentId, ended.standInId]);
  insertAudit(db, buildStandInAudit('stand-in.ended', ended, { id: command.commandId, at, maker }));
  return { standIn: ended, repeated: false };
}

const StandInCursor = z.tuple([z.string(), z.string()]);

function list(db: SqliteDatabase, query: StandInQuery): Page<RecordedStandIn['standIn']> {
  const [endsAt, id] = query.cursor === null ? ['9', ''] : parseCursor(query.cursor, StandInCursor);
  const side = query.state === 'open' ? '>' : '<=';
  const rows = readStandIns(
    db,
    `ends_at ${side} ? AND (ends_at, id) < (?, ?) ORDER BY ends_at DESC, id DESC LIMIT ?`,
    [query.at, endsAt, id, query.limit + 1],
  );
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  const more = rows.length > query.limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor([last.endsAt, last.id]) : null };
}
