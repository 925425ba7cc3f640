import { z } from 'zod';
import { Case, CaseEvent } from '../../domain/case.ts';
import { type CommandSeal, caseExpiresAt } from '../decision-record.ts';
import { writeCaseTags } from './case-tags.ts';
import { type SqliteDatabase, statement } from './database.ts';

const Json = z.string().transform((text): unknown => JSON.parse(text));

const CaseRow = z
  .object({
    id: z.string(),
    version: z.number(),
    state: z.string(),
    queues: Json,
    access_class: z.string(),
    level: z.string(),
    risk_score: z.number(),
    life_safety: z.number(),
    categories: Json,
    service: Json.nullable(),
    channel_id: z.string(),
    text_version: z.number(),
    opened_at: z.string(),
    decision_id: z.string().nullable(),
    decided_at: z.string().nullable(),
    unit_id: z.string().nullable(),
    referred_at: z.string().nullable(),
    previous_case_id: z.string().nullable(),
    claim_actor: z.string().nullable(),
    claim_token: z.string().nullable(),
    claim_expires_at: z.string().nullable(),
    deadline: z.string().nullable(),
    reply_seen_at: z.string().nullable(),
    routing: Json.nullable(),
    post_ids: Json,
  })
  .transform((row) => ({
    id: row.id,
    version: row.version,
    state: row.state,
    queues: row.queues,
    accessClass: row.access_class,
    level: row.level,
    riskScore: row.risk_score,
    lifeSafety: row.life_safety === 1,
    categories: row.categories,
    service: row.service,
    channelId: row.channel_id,
    postIds: row.post_ids,
    textVersion: row.text_version,
    openedAt: row.opened_at,
    decisionId: row.decision_id,
    decidedAt: row.decided_at,
    unitId: row.unit_id,
    referredAt: row.referred_at,
    previousCaseId: row.previous_case_id,
    deadline: row.deadline,
    replySeenAt: row.reply_seen_at,
    ...(row.routing === null ? {} : { routing: row.routing }),
    claim:
      row.claim_actor === null
        ? null
        : { actorId: row.claim_actor, token: row.claim_token, expiresAt: row.claim_expires_at },
  }))
  .pipe(Case);

/** The columns that `parseCase` reads, for a query over `cases c`. */
export const caseColumns = `c.*, (SELECT json_group_array(post_id)
  FROM (SELECT post_id FROM case_posts WHERE case_id = c.id ORDER BY position)) AS post_ids`;

export function parseCase(row: unknown): Case {
  return CaseRow.parse(row);
}

export function findCaseRow(db: SqliteDatabase, caseId: string): Case | null {
  const row = statement(db, `SELECT ${caseColumns} FROM cases c WHERE c.id = ?`).get(caseId);
  return row === undefined ? null : parseCase(row);
}

function toRow(one: Case) {
  return {
    ...one,
    queues: JSON.stringify(one.queues),
    lifeSafety: one.lifeSafety ? 1 : 0,
    categories: JSON.stringify(one.categories),
    service: one.service === null ? null : JSON.stringify(one.service),
    claimActor: one.claim?.actorId ?? null,
    claimToken: one.claim?.token ?? null,
    claimExpiresAt: one.claim?.expiresAt ?? null,
    expiresAt: caseExpiresAt(one),
    routing: one.routing === undefined ? null : JSON.stringify(one.routing),
    postIds: null,
    claim: null,
  };
}

/** After those that it has. */
export function insertCasePost(db: SqliteDatabase, caseId: string, postId: string): void {
  statement(
    db,
    `INSERT INTO case_posts SELECT @caseId, coalesce(max(position), -1) + 1, @postId FROM case_posts
       WHERE case_id = @caseId`,
  ).run({ caseId, postId });
}

export function deleteCasePost(db: SqliteDatabase, caseId: string, postId: string): void {
  statement(db, 'DELETE FROM case_posts WHERE case_id = ? AND post_id = ?').run(caseId, postId);
}

function insertQueues(db: SqliteDatabase, one: Case): void {
  writeCaseTags(db, one);
  const insert = statement(db, 'INSERT INTO case_queues VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  for (const queue of one.queues) {
    insert.run(
      one.id,
      queue,
      one.accessClass,
      one.state,
      one.lifeSafety ? 1 : 0,
      one.riskScore,
      one.openedAt,
      one.deadline,
    );
  }
}

export function insertCase(db: SqliteDatabase, one: Case): void {
  statement(
    db,
    `INSERT INTO cases (id, version, state, queues, access_class, level, risk_score, life_safety, categories, service,
     channel_id, text_version, opened_at, decision_id, decided_at, unit_id, referred_at, previous_case_id, claim_actor,
     claim_token, claim_expires_at, expires_at, deadline, reply_seen_at, routing) VALUES (@id, @version, @state, @queues, @accessClass, @level, @riskScore, @lifeSafety, @categories,
     @service, @channelId, @textVersion, @openedAt, @decisionId, @decidedAt, @unitId, @referredAt, @previousCaseId,
     @claimActor, @claimToken, @claimExpiresAt, @expiresAt, @deadline, @replySeenAt, @routing)`,
  ).run(toRow(one));
  const insertPost = statement(db, 'INSERT INTO case_posts VALUES (?, ?, ?)');
  for (const [position, postId] of one.postIds.entries()) insertPost.run(one.id, position, postId);
  insertQueues(db, one);
}

/** Compare-and-swap on the version. @returns false when another version is stored */
export function updateCase(db: SqliteDatabase, next: Case, expectedVersion: number): boolean {
  const { changes } = statement(
    db,
    `UPDATE cases SET version = @version, state = @state, queues = @queues, access_class = @accessClass, level = @level,
       risk_score = @riskScore, life_safety = @lifeSafety, categories = @categories, service = @service,
       text_version = @textVersion, decision_id = @decisionId, decided_at = @decidedAt, unit_id = @unitId,
       referred_at = @referredAt, deadline = @deadline, reply_seen_at = @replySeenAt, claim_actor = @claimActor, claim_token = @claimToken, claim_expires_at = @claimExpiresAt
       WHERE id = @id AND version = @expectedVersion`,
  ).run({ ...toRow(next), expectedVersion });
  if (changes === 0) return false;
  statement(db, 'DELETE FROM case_queues WHERE case_id = ?').run(next.id);
  insertQueues(db, next);
  return true;
}

const EventRow = z
  .object({
    id: z.string(),
    case_id: z.string(),
    case_version: z.number(),
    kind: z.string(),
    at: z.string(),
    actor_id: z.string().nullable(),
    decision: Json.nullable(),
    undoes: z.string().nullable(),
    before: Json,
    post_id: z.string().nullable(),
    inherits: z.string().nullable(),
    reason: z.string().nullable(),
    holder_id: z.string().nullable(),
  })
  .transform((row) => ({
    id: row.id,
    caseId: row.case_id,
    caseVersion: row.case_version,
    kind: row.kind,
    at: row.at,
    actorId: row.actor_id,
    decision: row.decision,
    undoes: row.undoes,
    postId: row.post_id,
    inherits: row.inherits,
    reason: row.reason ?? undefined,
    holderId: row.holder_id ?? undefined,
    before: row.before,
  }));

export function parseEvent(row: unknown): CaseEvent {
  return CaseEvent.parse(EventRow.parse(row));
}

export function insertEvent(db: SqliteDatabase, event: CaseEvent, seal: CommandSeal | null): void {
  statement(
    db,
    `INSERT INTO case_events (id, case_id, case_version, kind, at, actor_id, decision, undoes, before, command_salt,
       command_digest, post_id, inherits, reason, holder_id)
     VALUES (@id, @caseId, @caseVersion, @kind, @at, @actorId, @decision, @undoes, @before, @salt, @digest, @postId,
       @inherits, @reason, @holderId)`,
  ).run({
    ...event,
    reason: event.reason ?? null,
    holderId: event.holderId ?? null,
    decision: event.decision === null ? null : JSON.stringify(event.decision),
    before: JSON.stringify(event.before),
    salt: seal?.salt ?? null,
    digest: seal?.digest ?? null,
  });
}

export function findEventWithSeal(
  db: SqliteDatabase,
  eventId: string,
): { event: CaseEvent; seal: CommandSeal | null } | null {
  const row = statement<[string], { command_salt: string | null; command_digest: string | null }>(
    db,
    'SELECT * FROM case_events WHERE id = ?',
  ).get(eventId);
  if (row === undefined) return null;
  const seal =
    row.command_salt === null || row.command_digest === null
      ? null
      : { salt: row.command_salt, digest: row.command_digest };
  return { event: parseEvent(row), seal };
}
