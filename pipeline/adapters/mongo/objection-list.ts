import type { ClientSession, Collection } from 'mongodb';
import { Objection } from '../../domain/objection.ts';
import type { ObjectionChange, ObjectionList } from '../../ports/objection-list.ts';
import {
  auditAdded,
  auditRemoved,
  isSameObjection,
  takenObjection,
  unknownObjection,
} from '../objection-change.ts';
import { type AuditCollections, auditCollections, insertFacts } from './audit-documents.ts';
import { inMongoTransaction, type MongoConnection } from './connection.ts';
import { ObjectionDocument, type ObjectionHead } from './objection-documents.ts';

interface Held extends AuditCollections {
  objections: Collection<ObjectionDocument>;
  head: Collection<ObjectionHead>;
  session: ClientSession;
}

export function openMongoObjectionList({ client, db }: MongoConnection): ObjectionList {
  const objections = db.collection<ObjectionDocument>('objections');
  const head = db.collection<ObjectionHead>('objection_head');
  const change = (write: (held: Held) => Promise<void>) =>
    inMongoTransaction(client, (session) => write({ ...auditCollections(db), objections, head, session }));
  return {
    list: async () => {
      const found = await objections.find().sort({ receivedOn: 1, _id: 1 }).toArray();
      return found.map(toObjection);
    },
    readVersion: async () => (await head.findOne({ _id: 'head' }))?.version ?? 0,
    add: (objection, by) => change((held) => add(held, Objection.parse(objection), by)),
    remove: (id, reason, by) => change((held) => remove(held, { id, reason }, by)),
  };
}

function toObjection(document: ObjectionDocument): Objection {
  const { _id, ...fields } = ObjectionDocument.parse(document);
  return { id: _id, ...fields };
}

async function add(held: Held, objection: Objection, by: ObjectionChange): Promise<void> {
  const { objections, session } = held;
  const { id, ...fields } = objection;
  const { platform, kid, digest } = objection;
  const known =
    (await objections.findOne({ _id: id }, { session })) ??
    (await objections.findOne({ platform, kid, digest }, { session }));
  if (known !== null) {
    const found = toObjection(known);
    if (isSameObjection(found, objection)) return;
    throw takenObjection(found);
  }
  await objections.insertOne({ _id: id, ...fields }, { session });
  await raiseVersion(held);
  await insertFacts(held, session, [auditAdded(objection, by)], []);
}

async function remove(
  held: Held,
  { id, reason }: { id: string; reason: string },
  by: ObjectionChange,
): Promise<void> {
  const { objections, audit, session } = held;
  if ((await objections.deleteOne({ _id: id }, { session })).deletedCount === 0) {
    // A commit of which nobody knew whether it went through is run again.
    if ((await audit.findOne({ _id: by.id }, { session })) !== null) return;
    throw unknownObjection(id);
  }
  await raiseVersion(held);
  await insertFacts(held, session, [auditRemoved(id, reason, by)], []);
}

async function raiseVersion({ head, session }: Held): Promise<void> {
  await head.updateOne({ _id: 'head' }, { $inc: { version: 1 } }, { session, upsert: true });
}
