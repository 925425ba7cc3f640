import type { ClientSession, Collection } from 'mongodb';
import { z } from 'zod';
import {
  buildEnd,
  buildStandIn,
  type EndStandIn,
  type Maker,
  type MakeStandIn,
  type StandIn,
} from '../../domain/stand-in.ts';
import type { Page } from '../../ports/page.ts';
import type { RecordedStandIn, StandInQuery, StandInStore } from '../../ports/stand-in-store.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { assertSameEnd, assertSameStandIn, buildStandInAudit } from '../stand-in-record.ts';
import { type AuditCollections, auditCollections, insertFacts } from './audit-documents.ts';
import { inMongoTransaction, type MongoConnection } from './connection.ts';
import {
  findOpenOf,
  findStandIns,
  parseStandInDocument,
  type StandIns,
  standInCollection,
  toStandInDocument,
} from './stand-in-documents.ts';
import { parseUserDocument, type UserDocument } from './user-documents.ts';

const mostOfOne = 200;

interface Scope {
  standIns: StandIns;
  users: Collection<UserDocument>;
  at: AuditCollections;
  session: ClientSession;
}

export function openMongoStandInStore({ client, db }: MongoConnection): StandInStore {
  const standIns = standInCollection(db);
  const users = db.collection<UserDocument>('users');
  const inOne = <T>(write: (scope: Scope) => Promise<T>) =>
    inMongoTransaction(client, (session) => write({ standIns, users, at: auditCollections(db), session }));
  return {
    make: (command, maker, at) => inOne((scope) => make(scope, command, maker, at)),
    end: (command, maker, at) => inOne((scope) => end(scope, command, maker, at)),
    listActive: (standInId, at) =>
      findStandIns(
        standIns,
        { standInId, endsAt: { $gt: at }, startsAt: { $lte: at } },
        { sort: { _id: 1 } },
      ),
    listOf: (personId) =>
      findStandIns(
        standIns,
        { $or: [{ standInId: personId }, { absentId: personId }] },
        { sort: { endsAt: -1, _id: -1 }, limit: mostOfOne },
      ),
    list: (query) => list(standIns, query),
  };
}

/** Written first: two commands about one person meet here, and one of them looks again. */
async function bumpBoth({ users, session }: Scope, personIds: readonly string[]): Promise<void> {
  await users.updateMany({ _id: { $in: [...personIds] } }, { $inc: { version: 1 } }, { session });
}

async function make(scope: Scope, command: MakeStandIn, maker: Maker, now: string): Promise<RecordedStandIn> {
  const { standIns, users, at, session } = scope;
  const known = await standIns.findOne({ _id: command.commandId }, { session });
  if (known !== null) {
    const standIn = parseStandInDocument(known);
    assertSameStandIn(standIn, command, maker);
    return { standIn, repeated: true };
  }
  const both = [command.absentId, command.standInId];
  await bumpBoth(scope, both);
  const found = await users.find({ _id: { $in: both } }, { session }).toArray();
  const find = (id: string) => {
    const document = found.find(({ _id }) => _id === id);
    return document === undefined ? null : parseUserDocument(document);
  };
  const open = await findOpenOf(standIns, both, now, { session });
  const scene = { absent: find(command.absentId), standIn: find(command.standInId), known: open };
  const standIn = buildStandIn(scene, command, maker, now);
  await standIns.insertOne(toStandInDocument(standIn), { session });
  const audit = buildStandInAudit('stand-in.made', standIn, { id: standIn.id, at: now, maker });
  await insertFacts(at, session, [audit], []);
  return { standIn, repeated: false };
}

async function end(scope: Scope, command: EndStandIn, maker: Maker, now: string): Promise<RecordedStandIn> {
  const { standIns, at, session } = scope;
  const document = await standIns.findOne({ _id: command.standInId }, { session });
  const current = document === null ? null : parseStandInDocument(document);
  const known = await at.audit.findOne({ _id: command.commandId }, { session });
  if (known !== null && current !== null) {
    assertSameEnd(known, command);
    return { standIn: current, repeated: true };
  }
  const ended = buildEnd(current, command, maker, now);
  await bumpBoth(scope, [ended.absentId, ended.standInId]);
  await replaceStandIn(scope, ended);
  const audit = buildStandInAudit('stand-in.ended', ended, { id: command.commandId, at: now, maker });
  await insertFacts(at, session, [audit], []);
  return { standIn: ended, repeated: false };
}

async function replaceStandIn({ standIns, session }: Scope, one: StandIn): Promise<void> {
  await standIns.replaceOne({ _id: one.id }, toStandInDocument(one), { session });
}

const StandInCursor = z.tuple([z.string(), z.string()]);

async function list(standIns: StandIns, query: StandInQuery): Promise<Page<StandIn>> {
  const after = query.cursor === null ? null : parseCursor(query.cursor, StandInCursor);
  const side = query.state === 'open' ? { $gt: query.at } : { $lte: query.at };
  const beyond =
    after === null
      ? {}
      : { $or: [{ endsAt: { $lt: after[0] } }, { endsAt: after[0], _id: { $lt: after[1] } }] };
  const found = await findStandIns(
    standIns,
    { $and: [{ endsAt: side }, beyond] },
    { sort: { endsAt: -1, _id: -1 }, limit: query.limit + 1 },
  );
  const items = found.slice(0, query.limit);
  const last = items.at(-1);
  const more = found.length > query.limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor([last.endsAt, last.id]) : null };
}
