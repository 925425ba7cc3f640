import { z } from 'zod';
import { AccessClass } from '../../domain/access-class.ts';
import { type DocketKind, type DocketText, DocketTextName } from '../../domain/docket.ts';
import { Conflict } from '../../domain/errors.ts';
import type { DocketQuery, DocketStore } from '../../ports/docket-store.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import {
  buildMoved,
  buildOpened,
  isRepeated,
  missingEntry,
  openingYear,
  parseNumber,
  StoredEntry,
  toEntry,
} from '../docket-record.ts';
import { insertAudit } from './audit-rows.ts';
import { inTransaction, type SqliteDatabase, statement } from './database.ts';

const columns = 'id, kind, year, serial, version, opened_at AS openedAt, facts, moves';

const Json = z.string().transform((text): unknown => JSON.parse(text));
const EntryRow = z.looseObject({ facts: Json, moves: Json }).pipe(StoredEntry);
const TextRow = z.object({
  name: DocketTextName,
  text: z.string(),
  accessClass: AccessClass,
  expiresAt: z.string(),
  postIds: Json.pipe(z.array(z.string())),
});

export function openDocketStore(db: SqliteDatabase): DocketStore {
  return {
    open: async (opening) =>
      inTransaction(db, () => {
        const known = findStored(db, opening.commandId);
        if (known !== null) {
          isRepeated(known, opening);
          return { entry: toEntry(opening.kind, known), repeated: true };
        }
        const serial = nextSerial(db, opening.kind, openingYear(opening));
        const { entry, expiresAt, audit } = buildOpened(opening, serial);
        insertEntry(db, entry, expiresAt);
        for (const text of opening.texts) putText(db, entry.id, text);
        insertAudit(db, audit);
        return { entry: toEntry(opening.kind, entry), repeated: false };
      }),
    move: async (command, step) =>
      inTransaction(db, () => {
        const current = findStored(db, command.entryId);
        if (current === null) throw missingEntry();
        const before = toEntry(command.kind, current);
        if (isRepeated(current, command)) return { entry: before, repeated: true };
        // A stale version is told before what it would break.
        if (current.version !== command.version) {
          throw new Conflict('登记内容已有更新，请重新打开后再处理。');
        }
        const stepped = step(before);
        const { entry, audit } = buildMoved(current, command, stepped);
        updateEntry(db, entry);
        for (const text of stepped.texts ?? []) putText(db, entry.id, text);
        for (const [name, end] of Object.entries(stepped.ends ?? {})) {
          const update = 'UPDATE docket_texts SET expires_at = ? WHERE entry_id = ? AND name = ?';
          statement(db, update).run(end, entry.id, name);
        }
        insertAudit(db, audit);
        return { entry: toEntry(command.kind, entry), repeated: false };
      }),
    find: async (kind, entryId) => {
      const stored = findStored(db, entryId);
      return stored === null || stored.kind !== kind ? null : toEntry(kind, stored);
    },
    findByNumber: async (kind, number) => {
      const parsed = parseNumber(kind, number);
      if (parsed === null) return null;
      const row = statement(
        db,
        `SELECT ${columns} FROM docket_entries WHERE kind = @kind AND year = @year AND serial = @serial`,
      ).get({ kind, ...parsed });
      return row === undefined ? null : toEntry(kind, EntryRow.parse(row));
    },
    readTexts: async (entryId, { accessClasses, now }) =>
      statement(
        db,
        `SELECT name, text, access_class AS accessClass, expires_at AS expiresAt, post_ids AS postIds
         FROM docket_texts WHERE entry_id = @entryId AND expires_at > @now
         AND access_class IN (SELECT value FROM json_each(@classes)) ORDER BY name`,
      )
        .all({ entryId, now, classes: JSON.stringify(accessClasses) })
        .map((row) => TextRow.parse(row)),
    list: async (query) => list(db, query),
    listYear: async (kind, year) =>
      statement(db, `SELECT ${columns} FROM docket_entries WHERE kind = ? AND year = ? ORDER BY serial`)
        .all(kind, year)
        .map((row) => toEntry(kind, EntryRow.parse(row))),
  };
}

function findStored(db: SqliteDatabase, id: string): StoredEntry | null {
  const row = statement(db, `SELECT ${columns} FROM docket_entries WHERE id = ?`).get(id);
  return row === undefined ? null : EntryRow.parse(row);
}

function nextSerial(db: SqliteDatabase, kind: DocketKind, year: number): number {
  const row = statement<[string, number], { serial: number }>(
    db,
    `INSERT INTO docket_serials (kind, year, serial) VALUES (?, ?, 1)
     ON CONFLICT DO UPDATE SET serial = serial + 1 RETURNING serial`,
  ).get(kind, year);
  return row?.serial ?? 1;
}

const toRow = ({ facts, moves, ...rest }: StoredEntry) => ({
  ...rest,
  state: facts.state,
  facts: JSON.stringify(facts),
  moves: JSON.stringify(moves),
});

function insertEntry(db: SqliteDatabase, entry: StoredEntry, expiresAt: string): void {
  statement(
    db,
    `INSERT INTO docket_entries (id, kind, year, serial, version, state, opened_at, facts, moves, expires_at)
     VALUES (@id, @kind, @year, @serial, @version, @state, @openedAt, @facts, @moves, @expiresAt)`,
  ).run({ ...toRow(entry), expiresAt });
}

function updateEntry(db: SqliteDatabase, entry: StoredEntry): void {
  const { id, version, state, facts, moves } = toRow(entry);
  statement(
    db,
    'UPDATE docket_entries SET version = @version, state = @state, facts = @facts, moves = @moves WHERE id = @id',
  ).run({ id, version, state, facts, moves });
}

function putText(db: SqliteDatabase, entryId: string, text: DocketText): void {
  statement(
    db,
    `INSERT INTO docket_texts (entry_id, name, text, access_class, retention_class, expires_at, post_ids)
     VALUES (@entryId, @name, @text, @accessClass, 'comment', @expiresAt, @postIds)
     ON CONFLICT DO UPDATE SET text = @text, access_class = @accessClass, expires_at = @expiresAt, post_ids = @postIds`,
  ).run({ entryId, ...text, postIds: JSON.stringify(text.postIds) });
}

const Cursor = z.tuple([z.string(), z.string()]);

function list<K extends DocketKind>(db: SqliteDatabase, { kind, states, cursor, limit }: DocketQuery<K>) {
  const [at, id] = cursor === null ? ['9', ''] : parseCursor(cursor, Cursor);
  const rows = statement(
    db,
    `SELECT ${columns} FROM docket_entries WHERE kind = @kind AND (opened_at, id) < (@at, @id)
     AND (@every = 1 OR state IN (SELECT value FROM json_each(@states)))
     ORDER BY opened_at DESC, id DESC LIMIT @limit`,
  ).all({
    ...{ kind, at, id, limit: limit + 1 },
    ...{ every: states.length === 0 ? 1 : 0, states: JSON.stringify(states) },
  });
  const items = rows.slice(0, limit).map((row) => toEntry(kind, EntryRow.parse(row)));
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor([last.openedAt, last.id]) : null };
}
