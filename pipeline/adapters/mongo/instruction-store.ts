import type { ClientSession, Db, Filter } from 'mongodb';
import { z } from 'zod';
import type { AccessClass } from '../../domain/access-class.ts';
import type { CardText, SaveCard } from '../../domain/case-card.ts';
import type { ServiceTopic } from '../../domain/category.ts';
import { Conflict, NotFound } from '../../domain/errors.ts';
import {
  type Instruction,
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
  caseIdOf,
  isSameCard,
} from '../instruction-record.ts';
import { auditCollections, insertFacts } from './audit-documents.ts';
import { caseCollections } from './case-documents.ts';
import { meetAtCase } from './case-writings.ts';
import { inMongoTransaction, type MongoConnection } from './connection.ts';
import {
  type InstructionDocument,
  instructionCollections,
  parseCardDocument,
  parseInstructionDocument,
  parseInstructionEvent,
  toCardDocument,
  toInstructionDocument,
} from './instruction-documents.ts';

function collectionsOf(db: Db) {
  return { ...instructionCollections(db), ...auditCollections(db), cases: caseCollections(db).cases };
}
type Collections = ReturnType<typeof collectionsOf>;
interface Scope {
  at: Collections;
  session: ClientSession;
}

export function openMongoInstructionStore({ client, db }: MongoConnection): InstructionStore {
  const at = collectionsOf(db);
  const inOne = <T>(write: (scope: Scope) => Promise<T>) =>
    inMongoTransaction(client, (session) => write({ at, session }));
  return {
    start: (command, sight, now) => inOne((scope) => start(scope, command, sight, now)),
    move: (command, sight, now) => inOne((scope) => move(scope, command, sight, now)),
    find: (id, sight) => find(at, id, sight),
    list: (query) => list(at, query),
    listEvents: async (id, sight) => {
      if ((await find(at, id, sight)) === null) return [];
      const events = await at.instructionEvents.find({ instructionId: id }).sort({ version: 1 }).toArray();
      return events.map(parseInstructionEvent);
    },
    saveCard: (command, by) => inOne((scope) => saveCard(scope, command, by)),
    findCard: async (subject, accessClasses) => {
      const found = await at.cards.findOne({
        _id: subjectKey(subject),
        accessClass: { $in: [...accessClasses] },
      });
      return found === null ? null : parseCardDocument(found);
    },
    listCards: async (accessClasses, limit) => {
      const found = at.cards.find({ accessClass: { $in: [...accessClasses] } });
      return (await found.sort({ updatedAt: -1, _id: 1 }).limit(limit).toArray()).map(parseCardDocument);
    },
    readTopicFacts: (topic, since, accessClasses) => readTopicFacts(at, topic, since, accessClasses),
  };
}

/** The class of what it is about, as it is when this is written. @throws NotFound outside the sight */
async function findClass(
  { at, session }: Scope,
  subject: Subject,
  accessClasses: readonly AccessClass[],
): Promise<AccessClass> {
  const caseId = caseIdOf(subject);
  if (caseId === null) return 'open';
  await meetAtCase(at, session, caseId);
  const found = await at.cases.findOne({ _id: caseId }, { session });
  if (found === null || !accessClasses.includes(found.accessClass)) throw new NotFound('没有这条线索。');
  return found.accessClass;
}

async function find(
  at: Collections,
  id: string,
  sight: InstructionSight,
  session?: ClientSession,
): Promise<Instruction | null> {
  const filter = { _id: id, accessClass: { $in: [...sight.accessClasses] } };
  const found = await at.instructions.findOne(filter, session === undefined ? {} : { session });
  if (found === null) return null;
  const instruction = parseInstructionDocument(found);
  return seesInstruction(instruction, sight.mover) ? instruction : null;
}

async function findRepeated(
  { at, session }: Scope,
  command: StartCommand | MoveCommand,
  actorId: string,
): Promise<RecordedInstruction | null> {
  const known = await at.instructionEvents.findOne({ _id: command.commandId }, { session });
  if (known === null) return null;
  assertSameMove(parseInstructionEvent(known), command, actorId);
  const found = await at.instructions.findOne({ _id: known.instructionId }, { session });
  return found === null ? null : { instruction: parseInstructionDocument(found), repeated: true };
}

async function start(
  scope: Scope,
  command: StartCommand,
  { accessClasses, mover }: InstructionSight,
  now: string,
): Promise<RecordedInstruction> {
  const repeated = await findRepeated(scope, command, mover.id);
  if (repeated !== null) return repeated;
  const accessClass = await findClass(scope, command.subject, accessClasses);
  const moved = startInstruction(command, mover, { at: now, accessClass });
  await scope.at.instructions.insertOne(toInstructionDocument(moved.next), { session: scope.session });
  return write(scope, moved);
}

async function move(
  scope: Scope,
  command: MoveCommand,
  sight: InstructionSight,
  now: string,
): Promise<RecordedInstruction> {
  const { at, session } = scope;
  const repeated = await findRepeated(scope, command, sight.mover.id);
  if (repeated !== null) return repeated;
  const current = await find(at, command.instructionId, sight, session);
  if (current === null) throw new NotFound('没有这件批示。');
  const moved = moveInstruction(current, command, sight.mover, now);
  const filter = { _id: current.id, version: current.version };
  const replaced = await at.instructions.replaceOne(filter, toInstructionDocument(moved.next), { session });
  if (replaced.matchedCount === 0) throw new Conflict('这件批示已有更新，请重新打开后再办理。');
  return write(scope, moved);
}

async function write({ at, session }: Scope, { next, event }: Moved): Promise<RecordedInstruction> {
  const { id, ...fields } = event;
  await at.instructionEvents.insertOne({ _id: id, ...fields }, { session });
  const { audit, outbox } = buildInstructionFacts(event);
  await insertFacts(at, session, [audit], [outbox]);
  return { instruction: next, repeated: false };
}

const ListCursor = z.tuple([z.string(), z.string()]);

async function list(at: Collections, query: InstructionQuery): Promise<Page<Instruction>> {
  const reach = reachOf(query.mover);
  const conditions: Filter<InstructionDocument>[] = [
    { accessClass: { $in: [...query.accessClasses] }, state: { $in: [...query.states] } },
  ];
  if (reach !== 'all') {
    const { leaderIds, unitIds } = reach;
    conditions.push({ $or: [{ leaderId: { $in: [...leaderIds] } }, { unitId: { $in: [...unitIds] } }] });
  }
  if (query.subject !== undefined) conditions.push({ subject: subjectKey(query.subject) });
  if (query.cursor !== null) {
    const [changedAt, id] = parseCursor(query.cursor, ListCursor);
    conditions.push({ $or: [{ changedAt: { $lt: changedAt } }, { changedAt, _id: { $lt: id } }] });
  }
  const found = await at.instructions
    .find({ $and: conditions })
    .sort({ changedAt: -1, _id: -1 })
    .limit(query.limit + 1)
    .toArray();
  const items = found.slice(0, query.limit).map(parseInstructionDocument);
  const last = items.at(-1);
  const more = found.length > query.limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor([last.changedAt, last.id]) : null };
}

async function saveCard(
  scope: Scope,
  command: SaveCard,
  { actorId, accessClasses, at: now }: Parameters<InstructionStore['saveCard']>[1],
): Promise<CardText> {
  const { at, session } = scope;
  const accessClass = await findClass(scope, command.subject, accessClasses);
  const stored = await at.cards.findOne({ _id: subjectKey(command.subject) }, { session });
  const current = stored === null ? null : parseCardDocument(stored);
  if (current !== null && isSameCard(current, command)) return current;
  assertNewCard(await at.audit.findOne({ _id: command.commandId }, { session }));
  const { commandId: _, version, ...words } = command;
  const stale = () => new Conflict('这张卡片已有更新，请重新打开后再保存。');
  if ((current?.version ?? 0) !== version) throw stale();
  const card: CardText = { ...words, version: version + 1, accessClass, updatedBy: actorId, updatedAt: now };
  const document = toCardDocument(card);
  if (current === null) {
    await at.cards.insertOne(document, { session });
  } else {
    const { _id, ...fields } = document;
    const { matchedCount } = await at.cards.replaceOne({ _id, version }, fields, { session });
    if (matchedCount === 0) throw stale();
  }
  await insertFacts(at, session, [buildCardAudit(command, card.version, { actorId, at: now })], []);
  return card;
}

async function readTopicFacts(
  { cases }: Collections,
  topic: ServiceTopic,
  since: string,
  accessClasses: readonly AccessClass[],
): Promise<TopicFacts> {
  const facts: TopicFacts = {
    ...{ undecided: 0, handedOver: 0, done: 0 },
    ...{ unitIds: [], oldestUndecidedAt: null },
  };
  const units = new Set<string>();
  const rows = cases.aggregate<{ _id: string; n: number; units: (string | null)[]; oldest: string }>([
    {
      $match: {
        'service.topic': topic,
        openedAt: { $gte: since },
        accessClass: { $in: [...accessClasses] },
      },
    },
    {
      $group: {
        _id: '$state',
        n: { $sum: 1 },
        units: { $addToSet: '$unitId' },
        oldest: { $min: '$openedAt' },
      },
    },
  ]);
  for await (const { _id: state, n, units: some, oldest } of rows) {
    for (const unit of some) if (unit !== null) units.add(unit);
    if (state === 'handed-over') facts.handedOver += n;
    else if (state !== 'open' && state !== 'reopened') facts.done += n;
    else {
      facts.undecided += n;
      const known = facts.oldestUndecidedAt;
      facts.oldestUndecidedAt = known === null || oldest < known ? oldest : known;
    }
  }
  return { ...facts, unitIds: [...units].sort() };
}
