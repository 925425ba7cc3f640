import { z } from 'zod';
import type { AccessClass } from '../../domain/access-class.ts';
import type { Actor, Case } from '../../domain/case.ts';
import { Conflict, NotFound } from '../../domain/errors.ts';
import {
  buildRelease,
  changeRelease,
  HelpRelease,
  type NewRelease,
  type ReleaseCommand,
  type ReleaseFacts,
} from '../../domain/help-release.ts';
import { changeReply, Reply, type ReplyCommand } from '../../domain/reply.ts';
import type { ReplyStore } from '../../ports/reply-store.ts';
import { buildReleaseAudit, buildReplyAudit, buildReplyOutbox, classesOfDrafts } from '../answer-record.ts';
import { noteExpiry } from '../decision-record.ts';
import { insertAudit, insertOutbox } from './audit-rows.ts';
import { findCaseRow, findEventWithSeal } from './case-rows.ts';
import { inTransaction, type SqliteDatabase, statement } from './database.ts';
import { findRepeatedSubject, noteUse } from './stock-answer-store.ts';

type Sight = Parameters<ReplyStore['changeReply']>[2];

export function openReplyStore(db: SqliteDatabase): ReplyStore {
  return {
    changeReply: async (command, actor, sight) => inTransaction(db, () => change(db, command, actor, sight)),
    findReply: async (caseId, { accessClasses, now }) => {
      const one = findCaseRow(db, caseId);
      if (one === null || !accessClasses.includes(one.accessClass)) return null;
      return findReplyRow(db, caseId, classesOfDrafts(one, accessClasses), now);
    },
    release: async (command, facts, actor, sight) =>
      inTransaction(db, () => release(db, { command, facts }, actor, sight)),
    changeRelease: async (command, actor, at) => inTransaction(db, () => moveRelease(db, command, actor, at)),
    listReleases: async (caseId, { accessClasses, now }) => {
      const classes = list(accessClasses);
      return statement(
        db,
        `SELECT body FROM help_releases WHERE case_id = ? AND expires_at > ?
           AND access_class IN (SELECT value FROM json_each(?)) ORDER BY created_at DESC, id DESC`,
      )
        .all(caseId, now, classes)
        .map(parseRelease);
    },
    listCollected: async (collectorId, now) =>
      statement(
        db,
        `SELECT body FROM help_releases WHERE collector_id = ? AND expires_at > ?
           AND body ->> 'state' IN ('released', 'posted', 'declined') ORDER BY created_at DESC, id DESC`,
      )
        .all(collectorId, now)
        .map(parseRelease),
  };
}

const list = (values: readonly string[]) => JSON.stringify(values);
const Body = z.object({ body: z.string().transform((text): unknown => JSON.parse(text)) });
const parseReply = (row: unknown): Reply => Reply.parse(Body.parse(row).body);
const parseRelease = (row: unknown): HelpRelease => HelpRelease.parse(Body.parse(row).body);

function findReplyRow(
  db: SqliteDatabase,
  caseId: string,
  accessClasses: readonly AccessClass[],
  now: string,
): Reply | null {
  const row = statement(
    db,
    `SELECT body FROM replies WHERE case_id = ? AND expires_at > ?
       AND access_class IN (SELECT value FROM json_each(?)) ORDER BY changed_at DESC, id DESC LIMIT 1`,
  ).get(caseId, now, list(accessClasses));
  return row === undefined ? null : parseReply(row);
}

/** When the first of its texts goes; null where none has a term yet. */
function findEarliestExpiry(db: SqliteDatabase, caseId: string): string | null {
  const found = statement<[string], { at: string | null }>(
    db,
    `SELECT min(t.expires_at) AS at FROM post_texts t JOIN case_posts p ON p.post_id = t.post_id WHERE p.case_id = ?`,
  ).get(caseId);
  return found?.at ?? null;
}

function getCase(db: SqliteDatabase, caseId: string, { accessClasses }: Sight): Case {
  const found = findCaseRow(db, caseId);
  if (found === null || !accessClasses.includes(found.accessClass)) throw new NotFound('没有这条线索。');
  return found;
}

function change(
  db: SqliteDatabase,
  command: ReplyCommand,
  actor: Actor,
  sight: Sight,
): { reply: Reply; repeated: boolean } {
  const current = getCase(db, command.caseId, sight);
  if (findRepeatedSubject(db, command, actor) !== null) {
    const known = findReplyRow(db, current.id, sight.accessClasses, sight.at);
    if (known === null) throw new NotFound('没有这份回应稿。');
    return { reply: known, repeated: true };
  }
  const { decisionId } = current;
  const holding = decisionId === null ? null : (findEventWithSeal(db, decisionId)?.event ?? null);
  const expiresAt = noteExpiry(sight.at, findEarliestExpiry(db, current.id));
  const before = findReplyRow(db, current.id, ['open', 'victim'], sight.at);
  const reply = changeReply({ current, holding, reply: before, expiresAt }, command, actor, sight.at);
  statement(
    db,
    `INSERT INTO replies VALUES (@id, @caseId, @version, @changedAt, @body, @accessClass, 'comment', @expiresAt)
       ON CONFLICT (id) DO UPDATE SET version = @version, changed_at = @changedAt, body = @body, expires_at = @expiresAt`,
  ).run({ ...reply, body: JSON.stringify(reply) });
  noteUse(db, reply.stockAnswerId, reply.id);
  insertAudit(db, buildReplyAudit(reply, command, actor, sight.at));
  insertOutbox(db, buildReplyOutbox(reply, command));
  return { reply, repeated: false };
}

/** The case went to those on duty, or came back: what was drafted before is for them alone (R19). */
export function hideReplies(db: SqliteDatabase, caseId: string): void {
  statement(
    db,
    `UPDATE replies SET access_class = 'safety', body = json_set(body, '$.accessClass', 'safety') WHERE case_id = ?`,
  ).run(caseId);
}

function getRelease(db: SqliteDatabase, id: string): HelpRelease {
  const row = statement(db, 'SELECT body FROM help_releases WHERE id = ?').get(id);
  if (row === undefined) throw new NotFound('没有这条待发布回复，或已过期清除。');
  return parseRelease(row);
}

function release(
  db: SqliteDatabase,
  { command, facts }: { command: NewRelease; facts: ReleaseFacts },
  actor: Actor,
  sight: Sight,
): { release: HelpRelease; repeated: boolean } {
  const repeated = findRepeatedSubject(db, command, actor);
  if (repeated !== null) return { release: getRelease(db, repeated), repeated: true };
  const current = getCase(db, command.caseId, sight);
  if (current.version !== command.caseVersion) throw new Conflict('这条线索已有更新，请重新打开后再处理。');
  const built = buildRelease(command, facts, actor, sight.at);
  statement(
    db,
    `INSERT INTO help_releases VALUES (@id, @caseId, @collectorId, @version, @createdAt, @body, 'safety', 'comment',
       @expiresAt)`,
  ).run({ ...built, body: JSON.stringify(built), locator: null });
  noteUse(db, built.stockAnswerId, built.id);
  insertAudit(db, buildReleaseAudit(built, command, actor, sight.at));
  return { release: built, repeated: false };
}

function moveRelease(
  db: SqliteDatabase,
  command: ReleaseCommand,
  actor: Actor,
  at: string,
): { release: HelpRelease; repeated: boolean } {
  const repeated = findRepeatedSubject(db, command, actor);
  if (repeated !== null) return { release: getRelease(db, repeated), repeated: true };
  const next = changeRelease(getRelease(db, command.releaseId), command, actor, at);
  statement(db, 'UPDATE help_releases SET version = ?, body = ? WHERE id = ?').run(
    next.version,
    JSON.stringify(next),
    next.id,
  );
  insertAudit(db, buildReleaseAudit(next, command, actor, at));
  return { release: next, repeated: false };
}
