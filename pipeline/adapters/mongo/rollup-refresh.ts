import type { ClientSession, Collection, MongoClient } from 'mongodb';
import { type CubeChange, changeCube } from '../../domain/cube-change.ts';
import { cubeKeyText } from '../../domain/item-cube.ts';
import {
  buildRollupChange,
  changeTally,
  type DayKey,
  dayKeyText,
  emptyTally,
  type Fact,
  type FactChange,
  isEmptyTally,
  type TallyChange,
} from '../../domain/rollup.ts';
import { inMongoTransaction } from './connection.ts';
import { wholeBatch } from './post-documents.ts';
import {
  cubeBytes,
  parseCaseFactDocument,
  parseDayDocument,
  parseHandoverFactDocument,
  parseItemDocument,
  type RollupCollections,
  toCaseFactDocument,
  toCubeDocument,
  toDayDocument,
  toHandoverFactDocument,
  toItemDocument,
} from './rollup-documents.ts';
import { factKey, readFacts, type SourceCollections, type Subjects } from './rollup-facts.ts';
import { noteTopicItems } from './topic-due.ts';

type At = RollupCollections & SourceCollections;
interface Scope {
  at: At;
  session: ClientSession;
}

/**
 * However many changes there are, it takes the same round trips: 13 for posts that were judged, some 25 at most. Two at once go
 * one after the other, since both write the fence first; and a change that is noted meanwhile is a document that this one has
 * not seen, and so does not take away.
 * @returns how many changes it looked at
 */
export async function refreshDocuments(client: MongoClient, at: At, limit: number): Promise<number> {
  if ((await at.changes.findOne({}, { projection: { _id: 1 } })) === null) return 0;
  return inMongoTransaction(client, async (session) => {
    const scope = { at, session };
    if (!(await enterFence(scope))) return 0;
    const noted = await at.changes
      .find({}, { session, ...wholeBatch })
      .sort({ _id: 1 })
      .limit(limit)
      .toArray();
    const of = (kind: Fact['kind']) =>
      new Set(noted.filter((one) => one.kind === kind).map(({ subject }) => subject));
    await count(scope, { items: of('item'), cases: of('case'), handovers: of('handover') });
    await at.changes.deleteMany({ _id: { $in: noted.map(({ _id }) => _id) } }, { session });
    return noted.length;
  });
}

export const fenceId = 'fence';

/** Whoever is inside is alone until the transaction ends. @returns whether anything may be counted now */
export async function enterFence({
  at,
  session,
}: {
  at: Pick<At, 'fence'>;
  session: ClientSession;
}): Promise<boolean> {
  const fence = await at.fence.findOneAndUpdate(
    { _id: fenceId },
    { $inc: { runs: 1 }, $setOnInsert: { layout: 0, clearing: null } },
    { upsert: true, returnDocument: 'after', session },
  );
  return fence?.clearing === null;
}

async function count(scope: Scope, asked: Subjects): Promise<void> {
  const { known, facts } = await readFacts(scope, asked);
  const before = await readStoredFacts(scope, known);
  const changes: FactChange[] = [];
  for (const key of new Set([...before.keys(), ...facts.keys()])) {
    const change = { before: before.get(key) ?? null, after: facts.get(key) ?? null };
    if (JSON.stringify(change.before) !== JSON.stringify(change.after)) changes.push(change);
  }
  if (changes.length > 0) await writeFactChanges(scope, changes);
}

/** Facts as they are now, what topics have to look at, and the sums of both. */
export async function writeFactChanges(scope: Scope, changes: readonly FactChange[]): Promise<void> {
  await writeFacts(scope, changes);
  await noteTopicItems(scope.at.topicDue, scope.session, changes);
  const { cubes, days } = buildRollupChange(changes);
  await writeCubes(scope, cubes);
  await writeDays(scope, days);
}

export async function readStoredFacts({ at, session }: Scope, known: Subjects): Promise<Map<string, Fact>> {
  const stored = new Map<string, Fact>();
  for (const document of await findAll(at.items, session, known.items)) {
    stored.set(factKey('item', document._id), { kind: 'item', fact: parseItemDocument(document) });
  }
  for (const document of await findAll(at.caseFacts, session, known.cases)) {
    stored.set(factKey('case', document._id), { kind: 'case', fact: parseCaseFactDocument(document) });
  }
  for (const document of await findAll(at.handoverFacts, session, known.handovers)) {
    const fact = parseHandoverFactDocument(document);
    stored.set(factKey('handover', document._id), { kind: 'handover', fact });
  }
  return stored;
}

async function findAll<T extends { _id: string }>(
  collection: Collection<T>,
  session: ClientSession,
  ids: Iterable<string>,
): Promise<T[]> {
  const wanted = [...ids];
  if (wanted.length === 0) return [];
  // The driver's types of a filter don't know that every document here has a text for its id.
  const filter = { _id: { $in: wanted } } as Parameters<typeof collection.find>[0];
  return (await collection.find(filter, { session, ...wholeBatch }).toArray()) as T[];
}

/** What became of documents: by whether they stood before, and stand now. */
interface Writes<T> {
  inserted: T[];
  replaced: T[];
  deleted: string[];
}

async function write<T extends { _id: string }>(
  collection: Collection<T>,
  session: ClientSession,
  { inserted, replaced, deleted }: Writes<T>,
): Promise<void> {
  // One type for all of them, for the driver's depend on each collection's.
  const into = collection as unknown as Collection<{ _id: string }>;
  if (inserted.length > 0) await into.insertMany(inserted, { session });
  if (replaced.length > 0) {
    const writes = replaced.map((document) => ({
      replaceOne: { filter: { _id: document._id }, replacement: document },
    }));
    await into.bulkWrite(writes, { session, ordered: false });
  }
  if (deleted.length > 0) await into.deleteMany({ _id: { $in: deleted } }, { session });
}

async function writeFacts({ at, session }: Scope, changes: readonly FactChange[]): Promise<void> {
  const of = <T extends { _id: string }>(toDocument: (fact: Fact) => T | null): Writes<T> => {
    const writes: Writes<T> = { inserted: [], replaced: [], deleted: [] };
    for (const { before, after } of changes) {
      const was = before === null ? null : toDocument(before);
      const is = after === null ? null : toDocument(after);
      if (is !== null) (was === null ? writes.inserted : writes.replaced).push(is);
      else if (was !== null) writes.deleted.push(was._id);
    }
    return writes;
  };
  await write(
    at.items,
    session,
    of((one) => (one.kind === 'item' ? toItemDocument(one.fact) : null)),
  );
  await write(
    at.caseFacts,
    session,
    of((one) => (one.kind === 'case' ? toCaseFactDocument(one.fact) : null)),
  );
  await write(
    at.handoverFacts,
    session,
    of((one) => (one.kind === 'handover' ? toHandoverFactDocument(one.fact) : null)),
  );
}

async function writeCubes({ at, session }: Scope, changed: readonly CubeChange[]): Promise<void> {
  const found = await findAll(at.cubes, session, changed.map(cubeKeyText));
  const stored = new Map(found.map((document) => [document._id, cubeBytes(document)]));
  const writes: Writes<ReturnType<typeof toCubeDocument>> = { inserted: [], replaced: [], deleted: [] };
  for (const change of changed) {
    const id = cubeKeyText(change);
    const was = stored.get(id) ?? null;
    const left = changeCube(was, change);
    if (left === null) writes.deleted.push(id);
    else (was === null ? writes.inserted : writes.replaced).push(toCubeDocument(change, left));
  }
  await write(at.cubes, session, writes);
}

async function writeDays({ at, session }: Scope, changed: readonly (DayKey & TallyChange)[]): Promise<void> {
  const found = await findAll(at.days, session, changed.map(dayKeyText));
  const stored = new Map(found.map((document) => [document._id, parseDayDocument(document).tally]));
  const writes: Writes<ReturnType<typeof toDayDocument>> = { inserted: [], replaced: [], deleted: [] };
  for (const change of changed) {
    const was = stored.get(dayKeyText(change));
    const tally = changeTally(was ?? emptyTally(), change);
    const document = toDayDocument(change, tally);
    if (was === undefined) writes.inserted.push(document);
    else if (isEmptyTally(tally)) writes.deleted.push(document._id);
    else writes.replaced.push(document);
  }
  await write(at.days, session, writes);
}
