import type { CheckResult } from '../../domain/check.ts';
import type { Draft } from '../../domain/draft.ts';
import { buildDraftMove } from '../../domain/draft-change.ts';
import type { DraftMoveCommand, FoundForMove } from '../../domain/draft-move-command.ts';
import { draftYear, formatDraftNumber } from '../../domain/draft-number.ts';
import { buildDraft, buildSave, type CreateDraft, type SaveDraft } from '../../domain/draft-save.ts';
import type { DraftMover } from '../../domain/draft-steps.ts';
import { Conflict, NotFound } from '../../domain/errors.ts';
import type { DraftFiles } from '../../ports/draft-files.ts';
import type { DraftStore, RecordedDraftMove, SealedDrafts } from '../../ports/draft-store.ts';
import { otherCommandKnown } from '../audit-entry.ts';
import { isSameCommand, sealCommand } from '../decision-record.ts';
import { inTransaction, type SqliteDatabase, statement } from './database.ts';
import { countDrafts, findInSight, listDrafts, listSealed } from './draft-lists.ts';
import {
  findDraft,
  findDraftEvent,
  findReportRow,
  findVersionRow,
  freezeVersion,
  insertDraft,
  insertDraftEvent,
  insertReport,
  listEventRows,
  listSealRows,
  listVersionRows,
  takeDraftNumber,
  updateDraft,
  writeSeals,
  writeVersion,
} from './draft-rows.ts';

export function openDraftStore(db: SqliteDatabase): DraftStore & SealedDrafts {
  return {
    create: async (command, mover, at) => inTransaction(db, () => create(db, command, mover, at)),
    save: async (command, mover, at) => inTransaction(db, () => save(db, command, mover, at)),
    recordMove: async (move, mover, at) => inTransaction(db, () => recordMove(db, move, mover, at)),
    find: async (id, sight) => findInSight(db, { column: 'id', value: id }, sight),
    findByNumber: async (number, sight) => findInSight(db, { column: 'number', value: number }, sight),
    list: async (query) => listDrafts(db, query),
    count: async (asked) => countDrafts(db, asked),
    findVersion: async (id, version) => {
      const draft = findDraft(db, id);
      return draft === null ? null : findVersionRow(db, id, version ?? draft.contentVersion);
    },
    listVersions: async (id) => listVersionRows(db, id),
    findReport: async (id, round) => findReportRow(db, id, round ?? null),
    listEvents: async (id) => listEventRows(db, id),
    listSeals: async (id) => listSealRows(db, id),
    listSealed: async (query) => listSealed(db, query),
  };
}

const actorOf = ({ id }: DraftMover) => ({ id, roles: [] });

function create(db: SqliteDatabase, command: CreateDraft, mover: DraftMover, at: string): Draft {
  const known = findDraft(db, command.commandId);
  if (known !== null) {
    const made = findDraftEvent(db, `${command.commandId}/1`);
    if (made?.seal == null || !isSameCommand(made.seal, command, actorOf(mover))) throw otherCommandKnown();
    return known;
  }
  const { draft, version, event } = buildDraft(command, mover, at);
  insertDraft(db, draft);
  writeVersion(db, version);
  insertDraftEvent(db, { event, number: null }, sealCommand(command, actorOf(mover)));
  return draft;
}

function save(db: SqliteDatabase, command: SaveDraft, mover: DraftMover, at: string): Draft {
  const draft = findDraft(db, command.draftId);
  const newest = findVersionRow(db, command.draftId, null);
  if (draft === null || newest === null) throw new NotFound('没有这篇稿件。');
  const saved = buildSave(draft, newest, command, { mover, at });
  if (saved === null) return draft;
  updateDraft(db, saved.draft, draft.revision);
  writeVersion(db, saved.version);
  if (saved.event !== null) insertDraftEvent(db, { event: saved.event, number: draft.number }, null);
  return saved.draft;
}

function recordMove(
  db: SqliteDatabase,
  { command, found, report }: { command: DraftMoveCommand; found: FoundForMove; report?: CheckResult },
  mover: DraftMover,
  at: string,
): RecordedDraftMove {
  const draft = findDraft(db, command.draftId);
  if (draft === null) throw new NotFound('没有这篇稿件。');
  const known = findDraftEvent(db, command.commandId);
  if (known !== null) {
    if (known.seal === null || !isSameCommand(known.seal, command, actorOf(mover))) throw otherCommandKnown();
    return { draft, event: known.event, repeated: true };
  }
  const { next: moved, event, sealEnded } = buildDraftMove(draft, { command, found }, mover, at);
  const next = command.move === 'submit' ? submitted(db, moved, { report, at }) : moved;
  updateDraft(db, next, draft.revision);
  writeSeals(db, { before: draft, next, ended: sealEnded });
  insertDraftEvent(db, { event, number: next.number }, sealCommand(command, actorOf(mover)));
  return { draft: next, event, repeated: false };
}

/** What was submitted is kept as it was: the version, and the report on it. */
function submitted(
  db: SqliteDatabase,
  draft: Draft,
  { report, at }: { report: CheckResult | undefined; at: string },
): Draft {
  if (report === undefined) throw new Conflict('稿件还没有检查，不能送审。');
  freezeVersion(db, draft);
  insertReport(db, draft, report);
  const year = draftYear(at);
  return { ...draft, number: draft.number ?? formatDraftNumber(year, takeDraftNumber(db, year)) };
}

export function openDraftFiles(db: SqliteDatabase): DraftFiles {
  const loose = `at < ? AND NOT EXISTS (SELECT 1 FROM draft_files f WHERE f.hash = draft_uploads.hash)`;
  return {
    noteUpload: async (hash, at) => {
      const sql = 'INSERT INTO draft_uploads VALUES (?, ?) ON CONFLICT (hash) DO UPDATE SET at = excluded.at';
      statement(db, sql).run(hash, at);
    },
    listLoose: async (before, limit) =>
      statement<unknown[], { hash: string }>(
        db,
        `SELECT hash FROM draft_uploads WHERE ${loose} ORDER BY at LIMIT ?`,
      )
        .all(before, limit)
        .map(({ hash }) => hash),
    forgetLoose: async (hashes, before) => {
      const sql = `DELETE FROM draft_uploads WHERE ${loose} AND hash IN (SELECT value FROM json_each(?))`;
      statement(db, sql).run(before, JSON.stringify(hashes));
    },
  };
}
