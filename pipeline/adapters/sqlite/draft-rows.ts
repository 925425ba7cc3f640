import { z } from 'zod';
import { CheckResult } from '../../domain/check.ts';
import { Draft, DraftVersion, KeptSeal } from '../../domain/draft.ts';
import type { SealEnd } from '../../domain/draft-change.ts';
import { DraftEvent } from '../../domain/draft-move-command.ts';
import { Conflict } from '../../domain/errors.ts';
import type { CommandSeal } from '../decision-record.ts';
import { buildDraftAudit, buildDraftOutbox, draftKeys, eventFiles, filesOf } from '../draft-record.ts';
import { insertAudit, insertOutbox } from './audit-rows.ts';
import { type SqliteDatabase, statement } from './database.ts';

const DraftRow = z.object({ facts: z.string() }).transform(({ facts }) => Draft.parse(JSON.parse(facts)));

export function parseDraft(row: unknown): Draft {
  return DraftRow.parse(row);
}

export function findDraft(db: SqliteDatabase, id: string): Draft | null {
  const row = statement(db, 'SELECT facts FROM drafts WHERE id = ?').get(id);
  return row === undefined ? null : parseDraft(row);
}

function toRow(draft: Draft) {
  const { lateBy, confirmBy, takeDownAt } = draftKeys(draft);
  return {
    ...{ id: draft.id, revision: draft.revision, number: draft.number, unitId: draft.unitId },
    ...{ state: draft.state, title: draft.title, changedAt: draft.changedAt, expiresAt: draft.expiresAt },
    ...{ lateBy, confirmBy, takeDownAt, facts: JSON.stringify(draft) },
  };
}

/** What a draft is found by, written anew with each of its changes. */
function writeKeys(db: SqliteDatabase, draft: Draft): void {
  const { waits, writers, involved, named, channels } = draftKeys(draft);
  for (const table of ['draft_waits', 'draft_people', 'draft_channels'])
    statement(db, `DELETE FROM ${table} WHERE draft_id = ?`).run(draft.id);
  const wait = statement(db, 'INSERT INTO draft_waits (key, draft_id) VALUES (?, ?)');
  for (const key of waits) wait.run(key, draft.id);
  const person = statement(db, 'INSERT INTO draft_people (part, person_id, draft_id) VALUES (?, ?, ?)');
  for (const [part, ids] of Object.entries({ writer: writers, involved, named }))
    for (const id of ids) person.run(part, id, draft.id);
  const channel = statement(db, 'INSERT INTO draft_channels (channel_id, draft_id) VALUES (?, ?)');
  for (const id of channels) channel.run(id, draft.id);
}

export function insertDraft(db: SqliteDatabase, draft: Draft): void {
  statement(
    db,
    `INSERT INTO drafts (id, revision, number, unit_id, state, title, changed_at, late_by, confirm_by, take_down_at, sealed,
       expires_at, facts) VALUES (@id, @revision, @number, @unitId, @state, @title, @changedAt, @lateBy, @confirmBy,
       @takeDownAt, 0, @expiresAt, @facts)`,
  ).run(toRow(draft));
  writeKeys(db, draft);
}

/** Compare-and-swap on the revision. @throws Conflict when another is stored */
export function updateDraft(db: SqliteDatabase, next: Draft, expectedRevision: number): void {
  const { changes } = statement(
    db,
    `UPDATE drafts SET revision = @revision, number = @number, unit_id = @unitId, state = @state, title = @title,
       changed_at = @changedAt, late_by = @lateBy, confirm_by = @confirmBy, take_down_at = @takeDownAt,
       expires_at = @expiresAt, facts = @facts WHERE id = @id AND revision = @expectedRevision`,
  ).run({ ...toRow(next), expectedRevision });
  if (changes === 0) throw new Conflict('这篇稿件已有更新，请重新打开后再办理。');
  writeKeys(db, next);
}

/** The running number of the year, in the transaction of the submission that it is for. */
export function takeDraftNumber(db: SqliteDatabase, year: number): number {
  const row = statement<[number], { last: number }>(
    db,
    'INSERT INTO draft_numbers VALUES (?, 1) ON CONFLICT (year) DO UPDATE SET last = last + 1 RETURNING last',
  ).get(year);
  return row?.last ?? 1;
}

const versionColumns =
  'draft_id AS draftId, version, written_by AS writtenBy, saved_at AS savedAt, frozen FROM draft_versions';
const VersionFacts = z.object({
  draftId: z.string(),
  version: z.number(),
  writtenBy: z.string(),
  savedAt: z.string(),
  frozen: z.number().transform((frozen) => frozen === 1),
});

export function listVersionRows(db: SqliteDatabase, id: string): Omit<DraftVersion, 'content'>[] {
  const sql = `SELECT ${versionColumns} WHERE draft_id = ? ORDER BY version`;
  return statement(db, sql)
    .all(id)
    .map((row) => VersionFacts.parse(row));
}

/** @param version null for the last that was begun */
export function findVersionRow(db: SqliteDatabase, id: string, version: number | null): DraftVersion | null {
  const row = statement<unknown[], { content: string }>(
    db,
    version === null
      ? `SELECT content, ${versionColumns} WHERE draft_id = ? ORDER BY version DESC LIMIT 1`
      : `SELECT content, ${versionColumns} WHERE draft_id = ? AND version = ?`,
  ).get(...(version === null ? [id] : [id, version]));
  if (row === undefined) return null;
  return DraftVersion.parse({ ...VersionFacts.parse(row), content: JSON.parse(row.content) });
}

/** Writes over the version of this number, with the files that it names. */
export function writeVersion(db: SqliteDatabase, { content, ...version }: DraftVersion): void {
  const { draftId, savedAt } = version;
  statement(
    db,
    `INSERT INTO draft_versions (draft_id, version, written_by, saved_at, frozen, content)
       VALUES (@draftId, @version, @writtenBy, @savedAt, @frozen, @content)
       ON CONFLICT (draft_id, version) DO UPDATE SET written_by = excluded.written_by, saved_at = excluded.saved_at,
         frozen = excluded.frozen, content = excluded.content`,
  ).run({ ...version, frozen: version.frozen ? 1 : 0, content: JSON.stringify(content) });
  statement(db, 'DELETE FROM draft_files WHERE draft_id = ? AND version = ?').run(draftId, version.version);
  for (const hash of filesOf(content))
    insertFile(db, { draftId, version: version.version, hash, at: savedAt });
}

/** Named by a draft, and known as brought, so that it is found once it is named no more. */
function insertFile(
  db: SqliteDatabase,
  { draftId, version, hash, at }: { draftId: string; version: number; hash: string; at: string },
): void {
  statement(db, 'INSERT INTO draft_files VALUES (?, ?, ?) ON CONFLICT DO NOTHING').run(
    draftId,
    version,
    hash,
  );
  statement(db, 'INSERT INTO draft_uploads VALUES (?, ?) ON CONFLICT DO NOTHING').run(hash, at);
}

export function freezeVersion(db: SqliteDatabase, { id, contentVersion }: Draft): void {
  const sql = 'UPDATE draft_versions SET frozen = 1 WHERE draft_id = ? AND version = ?';
  statement(db, sql).run(id, contentVersion);
}

/** The event with its audit and outbox entries, and the file that it names. */
export function insertDraftEvent(
  db: SqliteDatabase,
  { event, number }: { event: DraftEvent; number: string | null },
  seal: CommandSeal | null,
): void {
  const sql = `INSERT INTO draft_events (id, draft_id, revision, event, command_salt, command_digest)
    VALUES (?, ?, ?, ?, ?, ?)`;
  const { id, draftId, revision, at } = event;
  statement(db, sql).run(
    id,
    draftId,
    revision,
    JSON.stringify(event),
    seal?.salt ?? null,
    seal?.digest ?? null,
  );
  insertAudit(db, buildDraftAudit(event, number));
  insertOutbox(db, buildDraftOutbox(event));
  const { scan } = event.details;
  if (scan !== null) insertFile(db, { draftId, version: eventFiles, hash: scan, at });
}

const EventRow = z.object({
  event: z.string(),
  command_salt: z.string().nullable(),
  command_digest: z.string().nullable(),
});

export function findDraftEvent(
  db: SqliteDatabase,
  id: string,
): { event: DraftEvent; seal: CommandSeal | null } | null {
  const sql = 'SELECT event, command_salt, command_digest FROM draft_events WHERE id = ?';
  const found = statement(db, sql).get(id);
  if (found === undefined) return null;
  const { event, command_salt: salt, command_digest: digest } = EventRow.parse(found);
  const seal = salt === null || digest === null ? null : { salt, digest };
  return { event: DraftEvent.parse(JSON.parse(event)), seal };
}

export function listEventRows(db: SqliteDatabase, id: string): DraftEvent[] {
  const sql = 'SELECT event FROM draft_events WHERE draft_id = ? ORDER BY revision';
  return statement<[string], { event: string }>(db, sql)
    .all(id)
    .map(({ event }) => DraftEvent.parse(JSON.parse(event)));
}

export function insertReport(db: SqliteDatabase, { id, round }: Draft, report: CheckResult): void {
  statement(db, 'INSERT INTO draft_reports VALUES (?, ?, ?)').run(id, round, JSON.stringify(report));
}

export function findReportRow(db: SqliteDatabase, id: string, round: number | null): CheckResult | null {
  const row = statement<unknown[], { report: string }>(
    db,
    round === null
      ? 'SELECT report FROM draft_reports WHERE draft_id = ? ORDER BY round DESC LIMIT 1'
      : 'SELECT report FROM draft_reports WHERE draft_id = ? AND round = ?',
  ).get(...(round === null ? [id] : [id, round]));
  return row === undefined ? null : CheckResult.parse(JSON.parse(row.report));
}

/** The seal that holds from this change on, if it makes one, and the end of the one before. */
export function writeSeals(
  db: SqliteDatabase,
  { before, next, ended }: { before: Draft; next: Draft; ended: SealEnd | null },
): void {
  if (ended !== null && before.seal !== null) {
    const sql =
      'UPDATE draft_seals SET ended_at = ?, ended_by = ? WHERE draft_id = ? AND digest = ? AND ended_at IS NULL';
    statement(db, sql).run(next.changedAt, ended, next.id, before.seal.digest);
  }
  if (next.seal === null || next.seal.digest === before.seal?.digest) return;
  const { digest } = next.seal;
  const sql = 'INSERT INTO draft_seals (draft_id, revision, digest, seal) VALUES (?, ?, ?, ?)';
  statement(db, sql).run(next.id, next.revision, digest, JSON.stringify(next.seal));
  statement(db, 'UPDATE drafts SET sealed = 1 WHERE id = ?').run(next.id);
}

const SealRow = z.object({
  draftId: z.string(),
  seal: z.string().transform((seal): unknown => JSON.parse(seal)),
  endedAt: z.string().nullable(),
  endedBy: z.string().nullable(),
});

export function listSealRows(db: SqliteDatabase, id: string): KeptSeal[] {
  const sql = `SELECT draft_id AS draftId, seal, ended_at AS endedAt, ended_by AS endedBy FROM draft_seals
    WHERE draft_id = ? ORDER BY revision`;
  return statement(db, sql)
    .all(id)
    .map((row) => KeptSeal.parse(SealRow.parse(row)));
}
