import type { ClientSession, Collection, Filter } from 'mongodb';
import { z } from 'zod';
import type { Actor } from '../../domain/case.ts';
import {
  type AnswerFindingCommand,
  holdsAt,
  RememberedAnswer,
  type RuleAnswers,
  rememberAnswer,
  type TakeBackCommand,
} from '../../domain/check-memory.ts';
import { NotFound } from '../../domain/errors.ts';
import type { CheckMemory } from '../../ports/check-memory.ts';
import type { Page, PageRequest } from '../../ports/page.ts';
import { answerId, buildAnswerAudit } from '../check-answer-record.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { findRepeatedSubject } from './answer-documents.ts';
import { type AuditCollections, auditCollections, insertFacts } from './audit-documents.ts';
import { inMongoTransaction, type MongoConnection } from './connection.ts';
import { type CollectionSpec, field } from './schema.ts';

/** `_id`: owner and key. */
type AnswerDocument = RememberedAnswer & { _id: string };
/** `_id`: report and rule. */
interface ShownDocument {
  _id: string;
  rule: string;
  shown: number;
}

const since = '2026-11-23';
export const checkMemorySpecs: readonly CollectionSpec[] = [
  {
    name: 'check_answers',
    fields: {
      ...{ scope: field.text, ownerId: field.text, unitId: field.text, key: field.text, rule: field.text },
      ...{ text: field.text, reason: field.text, actorId: field.text, at: field.text, times: field.number },
      ...{ expiresAt: field.text, takenBackAt: field.textOrNull },
    },
    indexes: [
      {
        key: { scope: 1, at: -1, _id: -1 },
        since,
        reason: 'what units remember, said last first',
      },
    ],
  },
  {
    name: 'check_shown',
    fields: { rule: field.text, shown: field.number },
    indexes: [],
  },
];

const ListCursor = z.tuple([z.string(), z.string()]);

interface Collections extends AuditCollections {
  said: Collection<AnswerDocument>;
  shown: Collection<ShownDocument>;
}

interface Saying {
  actor: Actor;
  now: string;
}

function parseAnswer(document: AnswerDocument): RememberedAnswer {
  const { _id, ...fields } = document;
  return RememberedAnswer.parse(fields);
}

export function openMongoCheckMemory({ client, db }: MongoConnection): CheckMemory {
  const at: Collections = {
    ...auditCollections(db),
    said: db.collection('check_answers'),
    shown: db.collection('check_shown'),
  };
  return {
    answer: (command, actor, now) =>
      inMongoTransaction(client, (session) => answer({ at, session }, command, { actor, now })),
    takeBack: (command, actor, now) =>
      inMongoTransaction(client, (session) => takeBack({ at, session }, command, { actor, now })),
    recall: async (owners, keys, now) => {
      const ids = owners.flatMap((ownerId) => keys.map((key) => answerId({ ownerId, key })));
      const found = await at.said
        .find({ _id: { $in: ids }, takenBackAt: null, expiresAt: { $gte: now } })
        .sort({ _id: 1 })
        .toArray();
      return found.map(parseAnswer);
    },
    list: (unitIds, now, page) => list(at, { unitIds, now }, page),
    noteShown: async (reportId, counts) => {
      if (counts.size === 0) return;
      await at.shown.bulkWrite(
        [...counts].map(([rule, shown]) => ({
          updateOne: {
            filter: { _id: `${reportId} ${rule}` },
            update: { $setOnInsert: { rule, shown } },
            upsert: true,
          },
        })),
      );
    },
    countRules: () => countRules(at),
    purge: async (now) => {
      const over = { expiresAt: { $lt: now }, actorId: { $ne: '' } };
      return (await at.said.updateMany(over, { $set: { text: '', reason: '', actorId: '' } })).modifiedCount;
    },
  };
}

interface Scope {
  at: Collections;
  session: ClientSession;
}

async function answer(
  scope: Scope,
  command: AnswerFindingCommand,
  { actor, now }: Saying,
): Promise<RememberedAnswer> {
  const { at, session } = scope;
  const _id = answerId({ ownerId: command.forUnit ? command.unitId : command.draftId, key: command.key });
  const stored = await at.said.findOne({ _id }, { session });
  const known = stored === null ? null : parseAnswer(stored);
  if ((await findRepeatedSubject(scope, command, actor)) !== null) {
    if (known === null) throw new NotFound('没有这条答复。');
    return known;
  }
  const next = rememberAnswer(known, command, { actorId: actor.id, at: now });
  await at.said.replaceOne({ _id }, next, { session, upsert: true });
  const audit = buildAnswerAudit('check.answered', { command, answer: next }, { actor, at: now });
  await insertFacts(at, session, [audit], []);
  return next;
}

async function takeBack(
  { at, session }: Scope,
  command: TakeBackCommand,
  { actor, now }: Saying,
): Promise<boolean> {
  const _id = answerId(command);
  const stored = await at.said.findOne({ _id }, { session });
  if (stored === null || !holdsAt(parseAnswer(stored), now)) return false;
  await at.said.updateOne({ _id }, { $set: { takenBackAt: now } }, { session });
  const told = { command, answer: parseAnswer(stored) };
  await insertFacts(at, session, [buildAnswerAudit('check.answer-taken-back', told, { actor, at: now })], []);
  return true;
}

async function list(
  { said }: Collections,
  { unitIds, now }: { unitIds: readonly string[] | null; now: string },
  page: PageRequest,
): Promise<Page<RememberedAnswer>> {
  const filter: Filter<AnswerDocument> = { scope: 'unit', takenBackAt: null, expiresAt: { $gte: now } };
  if (unitIds !== null) filter.unitId = { $in: [...unitIds] };
  if (page.cursor !== null) {
    const [at, id] = parseCursor(page.cursor, ListCursor);
    filter.$or = [{ at: { $lt: at } }, { at, _id: { $lt: id } }];
  }
  const found = await said
    .find(filter)
    .sort({ at: -1, _id: -1 })
    .limit(page.limit + 1)
    .toArray();
  const shown = found.slice(0, page.limit);
  const last = shown.at(-1);
  const more = found.length > page.limit && last !== undefined;
  return { items: shown.map(parseAnswer), nextCursor: more ? encodeCursor([last.at, last._id]) : null };
}

async function countRules({ said, shown }: Collections): Promise<RuleAnswers[]> {
  const sums = new Map<string, RuleAnswers>();
  const add = (rule: string, more: Partial<RuleAnswers>) => {
    const known = sums.get(rule) ?? { rule, shown: 0, notMistake: 0 };
    sums.set(rule, { ...known, ...more });
  };
  const byRule = (field: string) => [{ $group: { _id: '$rule', n: { $sum: `$${field}` } } }];
  for (const { _id, n } of await shown.aggregate<{ _id: string; n: number }>(byRule('shown')).toArray())
    add(_id, { shown: n });
  const standing = [{ $match: { takenBackAt: null } }, ...byRule('times')];
  for (const { _id, n } of await said.aggregate<{ _id: string; n: number }>(standing).toArray())
    add(_id, { notMistake: n });
  return [...sums.values()].toSorted((a, b) => (a.rule < b.rule ? -1 : 1));
}
