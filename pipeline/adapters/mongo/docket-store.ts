import type { ClientSession } from 'mongodb';
import { z } from 'zod';
import type { DocketEntry, DocketKind, DocketStep, DocketText } from '../../domain/docket.ts';
import { Conflict } from '../../domain/errors.ts';
import type {
  DocketMoveCommand,
  DocketOpening,
  DocketQuery,
  DocketStore,
  RecordedEntry,
} from '../../ports/docket-store.ts';
import type { Page } from '../../ports/page.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import {
  buildMoved,
  buildOpened,
  isRepeated,
  missingEntry,
  openingYear,
  parseNumber,
  type StoredEntry,
  toEntry,
} from '../docket-record.ts';
import { insertFacts } from './audit-documents.ts';
import { inMongoTransaction, type MongoConnection } from './connection.ts';
import { type DocketCollections, docketCollections, parseEntryDocument } from './docket-documents.ts';
import { wholeBatch } from './post-documents.ts';

interface Scope {
  at: DocketCollections;
  session: ClientSession;
}

export function openMongoDocketStore({ client, db }: MongoConnection): DocketStore {
  const at = docketCollections(db);
  const inOne = <T>(write: (scope: Scope) => Promise<T>) =>
    inMongoTransaction(client, (session) => write({ at, session }));
  return {
    open: (opening) => inOne((scope) => open(scope, opening)),
    move: (command, step) => inOne((scope) => move(scope, command, step)),
    find: async (kind, entryId) => {
      const found = await at.entries.findOne({ _id: entryId, kind });
      return found === null ? null : toEntry(kind, parseEntryDocument(found));
    },
    findByNumber: async (kind, number) => {
      const parsed = parseNumber(kind, number);
      const found = parsed === null ? null : await at.entries.findOne({ kind, ...parsed });
      return found === null ? null : toEntry(kind, parseEntryDocument(found));
    },
    readTexts: async (entryId, { accessClasses, now }) => {
      const found = await at.texts
        .find({ entryId, accessClass: { $in: [...accessClasses] }, expiresAt: { $gt: now } })
        .sort({ name: 1 })
        .toArray();
      return found.map(({ name, text, accessClass, expiresAt, postIds }) => ({
        ...{ name, text, accessClass, expiresAt, postIds },
      }));
    },
    list: (query) => list(at, query),
    listYear: async (kind, year) => {
      const found = at.entries.find({ kind, year }, wholeBatch).sort({ serial: 1 });
      return (await found.toArray()).map((one) => toEntry(kind, parseEntryDocument(one)));
    },
  };
}

async function findStored({ at, session }: Scope, id: string): Promise<StoredEntry | null> {
  const found = await at.entries.findOne({ _id: id }, { session });
  return found === null ? null : parseEntryDocument(found);
}

function toDocument(entry: StoredEntry, expiresAt: string) {
  const { id, ...fields } = entry;
  return { _id: id, ...fields, expiresAt };
}

async function open<K extends DocketKind>(
  scope: Scope,
  opening: DocketOpening<K>,
): Promise<RecordedEntry<K>> {
  const { at, session } = scope;
  const known = await findStored(scope, opening.commandId);
  if (known !== null) {
    isRepeated(known, opening);
    return { entry: toEntry(opening.kind, known), repeated: true };
  }
  const year = openingYear(opening);
  const raised = await at.serials.findOneAndUpdate(
    { _id: `${opening.kind} ${year}` },
    { $inc: { serial: 1 } },
    { session, upsert: true, returnDocument: 'after' },
  );
  const { entry, expiresAt, audit } = buildOpened(opening, raised?.serial ?? 1);
  await at.entries.insertOne(toDocument(entry, expiresAt), { session });
  await putTexts(scope, entry.id, opening.texts);
  await insertFacts(at, session, [audit], []);
  return { entry: toEntry(opening.kind, entry), repeated: false };
}

async function move<K extends DocketKind>(
  scope: Scope,
  command: DocketMoveCommand<K>,
  step: (entry: DocketEntry<K>) => DocketStep<K>,
): Promise<RecordedEntry<K>> {
  const { at, session } = scope;
  const current = await findStored(scope, command.entryId);
  if (current === null) throw missingEntry();
  const before = toEntry(command.kind, current);
  if (isRepeated(current, command)) return { entry: before, repeated: true };
  // A stale version is told before what it would break.
  if (current.version !== command.version) throw new Conflict('登记内容已有更新，请重新打开后再处理。');
  const stepped = step(before);
  const { entry, expiresAt, audit } = buildMoved(current, command, stepped);
  const filter = { _id: entry.id, version: current.version };
  const { matchedCount } = await at.entries.replaceOne(filter, toDocument(entry, expiresAt), { session });
  if (matchedCount === 0) throw new Conflict('登记内容已有更新，请重新打开后再处理。');
  await putTexts(scope, entry.id, stepped.texts ?? []);
  for (const [name, end] of Object.entries(stepped.ends ?? {})) {
    await at.texts.updateOne({ _id: textId(entry.id, name) }, { $set: { expiresAt: end } }, { session });
  }
  await insertFacts(at, session, [audit], []);
  return { entry: toEntry(command.kind, entry), repeated: false };
}

const textId = (entryId: string, name: string) => `${entryId}/${name}`;

async function putTexts(
  { at, session }: Scope,
  entryId: string,
  texts: readonly DocketText[],
): Promise<void> {
  for (const { name, text, accessClass, expiresAt, postIds } of texts) {
    const fields = { entryId, name, text, accessClass, retentionClass: 'comment' as const, expiresAt };
    await at.texts.replaceOne(
      { _id: textId(entryId, name) },
      { ...fields, postIds: [...postIds] },
      { session, upsert: true },
    );
  }
}

const Cursor = z.tuple([z.string(), z.string()]);

async function list<K extends DocketKind>(
  at: DocketCollections,
  { kind, states, cursor, limit }: DocketQuery<K>,
): Promise<Page<DocketEntry<K>>> {
  const after = cursor === null ? null : parseCursor(cursor, Cursor);
  const found = await at.entries
    .find({
      kind,
      ...(states.length === 0 ? {} : { 'facts.state': { $in: [...states] } }),
      ...(after === null
        ? {}
        : { $or: [{ openedAt: { $lt: after[0] } }, { openedAt: after[0], _id: { $lt: after[1] } }] }),
    })
    .sort({ openedAt: -1, _id: -1 })
    .limit(limit + 1)
    .toArray();
  const items = found.slice(0, limit).map((one) => toEntry(kind, parseEntryDocument(one)));
  const last = items.at(-1);
  const more = found.length > limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor([last.openedAt, last.id]) : null };
}
