import { z } from 'zod';
import type { AccessClass } from '../../domain/access-class.ts';
import { CardText, type SaveCard } from '../../domain/case-card.ts';
import type { ServiceTopic } from '../../domain/category.ts';
import { Conflict, NotFound } from '../../domain/errors.ts';
import {
  Instruction,
  InstructionEvent,
  instructionExpiresAt,
  type MoveCommand,
  type Moved,
  moveInstruction,
  reachOf,
  type StartCommand,
  type Subject,
  seesInstruction,
  startInstruction,
  subjectKey,
} from '../../domain/instruction.ts';
import type {
  InstructionQuery,
  InstructionSight,
  InstructionStore,
  RecordedInstruction,
  TopicFacts,
} from '../../ports/instruction-store.ts';
import type { Page } from '../../ports/page.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import {
  assertNewCard,
  assertSameMove,
  buildCardAudit,
  buildInstructionFacts,
  cardExpiresAt,
  caseIdOf,
  isSameCard,
  parseSubject,
} from '../instruction-record.ts';
import { insertAudit, insertOutbox } from './audit-rows.ts';
import { findCaseRow } from './case-rows.ts';
import { inTransaction, type SqliteDatabase, statement } from './database.ts';

const columns = `id, version, subject, state, access_class AS accessClass, leader_id AS leaderId,
  submitted_by AS submittedBy, unit_id AS unitId, due_at AS dueAt, created_at AS createdAt, changed_at AS changedAt`;
const eventColumns = `id, instruction_id AS instructionId, version, move, at, actor_id AS actorId,
  on_behalf_of AS onBehalfOf, unit_id AS unitId, due_at AS dueAt, text`;
const cardColumns = `subject, version, gist, next_step AS nextStep, stock_answer_id AS stockAnswerId,
  access_class AS accessClass, updated_by AS updatedBy, updated_at AS updatedAt`;

const withSubject = <T extends z.ZodType>(schema: T) =>
  z
    .looseObject({ subject: z.string() })
    .transform((row): unknown => ({ ...row, subject: parseSubject(row.subject) }))
    .pipe(schema);
const InstructionRow = withSubject(Instruction);
const CardRow = withSubject(CardText);

export function openInstructionStore(db: SqliteDatabase): InstructionStore {
  return {
    start: async (command, sight, at) => inTransaction(db, () => start(db, command, sight, at)),
    move: async (command, sight, at) => inTransaction(db, () => move(db, command, sight, at)),
    find: async (id, sight) => find(db, id, sight),
    list: async (query) => list(db, query),
    listEvents: async (id, sight) => (find(db, id, sight) === null ? [] : listEvents(db, id)),
    saveCard: async (command, by) => inTransaction(db, () => saveCard(db, command, by)),
    findCard: async (subject, accessClasses) => findCard(db, subject, accessClasses),
    listCards: async (accessClasses, limit) =>
      statement(
        db,
        `SELECT ${cardColumns} FROM card_texts WHERE access_class IN (SELECT value FROM json_each(?))
           ORDER BY updated_at DESC, subject LIMIT ?`,
      )
        .all(JSON.stringify(accessClasses), limit)
        .map((row) => CardRow.parse(row)),
    readTopicFacts: async (topic, since, accessClasses) => readTopicFacts(db, topic, since, accessClasses),
  };
}

/** The class of what it is about, as it is now. @throws NotFound outside the sight */
function findClass(db: SqliteDatabase, subject: Subject, accessClasses: readonly AccessClass[]): AccessClass {
  const caseId = caseIdOf(subject);
  if (caseId === null) return 'open';
  const found = findCaseRow(db, caseId);
  if (found === null || !accessClasses.includes(found.accessClass)) throw new NotFound('没有这条线索。');
  return found.accessClass;
}

function findRow(db: SqliteDatabase, id: string): Instruction | null {
  const row = statement(db, `SELECT ${columns} FROM instructions WHERE id = ?`).get(id);
  return row === undefined ? null : InstructionRow.parse(row);
}

function find(db: SqliteDatabase, id: string, sight: InstructionSight): Instruction | null {
  const found = findRow(db, id);
  if (found === null || !sight.accessClasses.includes(found.accessClass)) return null;
  return seesInstruction(found, sight.mover) ? found : null;
}

function findRepeated(
  db: SqliteDatabase,
  command: StartCommand | MoveCommand,
  actorId: string,
): RecordedInstruction | null {
  const row = statement(db, `SELECT ${eventColumns} FROM instruction_events WHERE id = ?`).get(
    command.commandId,
  );
  if (row === undefined) return null;
  const known = InstructionEvent.parse(row);
  assertSameMove(known, command, actorId);
  const instruction = findRow(db, known.instructionId);
  return instruction === null ? null : { instruction, repeated: true };
}

function start(
  db: SqliteDatabase,
  command: StartCommand,
  { accessClasses, mover }: InstructionSight,
  at: string,
): RecordedInstruction {
  const repeated = findRepeated(db, command, mover.id);
  if (repeated !== null) return repeated;
  const accessClass = findClass(db, command.subject, accessClasses);
  const moved = startInstruction(command, mover, { at, accessClass });
  statement(
    db,
    `INSERT INTO instructions (id, version, subject, case_id, state, access_class, leader_id, submitted_by, unit_id, due_at,
       created_at, changed_at, expires_at) VALUES (@id, @version, @subject, @caseId, @state, @accessClass, @leaderId,
       @submittedBy, @unitId, @dueAt, @createdAt, @changedAt, @expiresAt)`,
  ).run({
    ...moved.next,
    subject: subjectKey(moved.next.subject),
    caseId: caseIdOf(moved.next.subject),
    expiresAt: instructionExpiresAt(moved.next),
  });
  return write(db, moved);
}

function move(
  db: SqliteDatabase,
  command: MoveCommand,
  sight: InstructionSight,
  at: string,
): RecordedInstruction {
  const repeated = findRepeated(db, command, sight.mover.id);
  if (repeated !== null) return repeated;
  const current = find(db, command.instructionId, sight);
  if (current === null) throw new NotFound('没有这件批示。');
  const moved = moveInstruction(current, command, sight.mover, at);
  const { changes } = statement(
    db,
    `UPDATE instructions SET version = @version, state = @state, unit_id = @unitId, due_at = @dueAt, changed_at = @changedAt
       WHERE id = @id AND version = @version - 1`,
  ).run({ ...moved.next, subject: null });
  if (changes === 0) throw new Conflict('这件批示已有更新，请重新打开后再办理。');
  return write(db, moved);
}

function write(db: SqliteDatabase, { next, event }: Moved): RecordedInstruction {
  statement(
    db,
    `INSERT INTO instruction_events (id, instruction_id, version, move, at, actor_id, on_behalf_of, unit_id, due_at, text)
       VALUES (@id, @instructionId, @version, @move, @at, @actorId, @onBehalfOf, @unitId, @dueAt, @text)`,
  ).run(event);
  const { audit, outbox } = buildInstructionFacts(event);
  insertAudit(db, audit);
  insertOutbox(db, outbox);
  return { instruction: next, repeated: false };
}

const ListCursor = z.tuple([z.string(), z.string()]);

function list(db: SqliteDatabase, query: InstructionQuery): Page<Instruction> {
  const [at, id] = query.cursor === null ? ['9', ''] : parseCursor(query.cursor, ListCursor);
  const reach = reachOf(query.mover);
  const mine =
    reach === 'all'
      ? ''
      : `AND (leader_id IN (SELECT value FROM json_each(@leaderIds))
           OR unit_id IN (SELECT value FROM json_each(@unitIds)))`;
  const rows = statement(
    db,
    `SELECT ${columns} FROM instructions
       WHERE access_class IN (SELECT value FROM json_each(@classes)) AND state IN (SELECT value FROM json_each(@states))
         ${mine} ${query.subject === undefined ? '' : 'AND subject = @subject'}
         AND (changed_at, id) < (@at, @id)
       ORDER BY changed_at DESC, id DESC LIMIT @limit`,
  ).all({
    classes: JSON.stringify(query.accessClasses),
    states: JSON.stringify(query.states),
    ...(reach === 'all'
      ? {}
      : { leaderIds: JSON.stringify(reach.leaderIds), unitIds: JSON.stringify(reach.unitIds) }),
    ...(query.subject === undefined ? {} : { subject: subjectKey(query.subject) }),
    ...{ at, id, limit: query.limit + 1 },
  });
  const items = rows.slice(0, query.limit).map((row) => InstructionRow.parse(row));
  const last = items.at(-1);
  const more = rows.length > query.limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor([last.changedAt, last.id]) : null };
}

function listEvents(db: SqliteDatabase, id: string): InstructionEvent[] {
  return statement(
    db,
    `SELECT ${eventColumns} FROM instruction_events WHERE instruction_id = ? ORDER BY version`,
  )
    .all(id)
    .map((row) => InstructionEvent.parse(row));
}

function findCard(
  db: SqliteDatabase,
  subject: Subject,
  accessClasses: readonly AccessClass[],
): CardText | null {
  const row = statement(db, `SELECT ${cardColumns} FROM card_texts WHERE subject = ?`).get(
    subjectKey(subject),
  );
  const card = row === undefined ? null : CardRow.parse(row);
  return card !== null && accessClasses.includes(card.accessClass) ? card : null;
}

function saveCard(
  db: SqliteDatabase,
  command: SaveCard,
  { actorId, accessClasses, at }: Parameters<InstructionStore['saveCard']>[1],
): CardText {
  const accessClass = findClass(db, command.subject, accessClasses);
  const current = findCard(db, command.subject, [accessClass]);
  const { commandId: _, version, ...words } = command;
  if (current !== null && isSameCard(current, command)) return current;
  assertNewCard(statement(db, 'SELECT 1 FROM audit_entry WHERE id = ?').get(command.commandId));
  if ((current?.version ?? 0) !== version) throw new Conflict('这张卡片已有更新，请重新打开后再保存。');
  const card: CardText = { ...words, version: version + 1, accessClass, updatedBy: actorId, updatedAt: at };
  statement(
    db,
    `INSERT OR REPLACE INTO card_texts (subject, case_id, version, gist, next_step, stock_answer_id, access_class, updated_by,
       updated_at, expires_at) VALUES (@key, @caseId, @version, @gist, @nextStep, @stockAnswerId, @accessClass, @updatedBy,
       @updatedAt, @expiresAt)`,
  ).run({
    ...{ ...card, subject: null },
    key: subjectKey(card.subject),
    caseId: caseIdOf(card.subject),
    expiresAt: cardExpiresAt(at),
  });
  insertAudit(db, buildCardAudit(command, card.version, { actorId, at }));
  return card;
}

const TopicRow = z.object({
  undecided: z.number(),
  handedOver: z.number(),
  done: z.number(),
  units: z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))),
  oldestUndecidedAt: z.string().nullable(),
});

function readTopicFacts(
  db: SqliteDatabase,
  topic: ServiceTopic,
  since: string,
  accessClasses: readonly AccessClass[],
): TopicFacts {
  const row = statement(
    db,
    `SELECT count(*) FILTER (WHERE state IN ('open', 'reopened')) AS undecided,
       count(*) FILTER (WHERE state = 'handed-over') AS handedOver,
       count(*) FILTER (WHERE state IN ('decided', 'answered', 'closed')) AS done,
       json_group_array(DISTINCT unit_id) FILTER (WHERE unit_id IS NOT NULL) AS units,
       min(opened_at) FILTER (WHERE state IN ('open', 'reopened')) AS oldestUndecidedAt
     FROM cases WHERE service ->> 'topic' = @topic AND opened_at >= @since
       AND access_class IN (SELECT value FROM json_each(@classes))`,
  ).get({ topic, since, classes: JSON.stringify(accessClasses) });
  const { units, ...counts } = TopicRow.parse(row);
  return { ...counts, unitIds: units.sort() };
}

/** The class goes wherever words about the case stand: to the people on duty, and back. */
export function reclassifyInstructions(db: SqliteDatabase, caseId: string, accessClass: AccessClass): void {
  statement(db, 'UPDATE instructions SET access_class = ? WHERE case_id = ?').run(accessClass, caseId);
  statement(db, 'UPDATE card_texts SET access_class = ? WHERE case_id = ?').run(accessClass, caseId);
}
