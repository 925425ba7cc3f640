import type { ClientSession } from 'mongodb';
import { z } from 'zod';
import { Conflict } from '../../domain/errors.ts';
import type { WebhookDelivery, WebhookEndpoint } from '../../domain/webhook.ts';
import type { NewAuditEntry } from '../../ports/audit-log.ts';
import type { Page, PageRequest } from '../../ports/page.ts';
import type { WebhookStore } from '../../ports/webhook-store.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { auditCollections, insertFacts } from './audit-documents.ts';
import { inMongoTransaction, type MongoConnection } from './connection.ts';
import { isDuplicateKey } from './mongo-errors.ts';
import {
  parseDelivery,
  parseEndpoint,
  splitId,
  type WebhookCollections,
  webhookCollections,
} from './webhook-documents.ts';

type Collections = WebhookCollections & ReturnType<typeof auditCollections>;
interface Scope {
  at: Collections;
  session: ClientSession;
}

export function openMongoWebhookStore({ client, db }: MongoConnection): WebhookStore {
  const at: Collections = { ...webhookCollections(db), ...auditCollections(db) };
  const inOne = <T>(write: (scope: Scope) => Promise<T>) =>
    inMongoTransaction(client, (session) => write({ at, session }));
  return {
    save: (endpoint, audit) => inOne((scope) => save(scope, endpoint, audit)),
    note: async (endpoint) => {
      const { _id, fields } = splitId(endpoint);
      const replaced = await at.endpoints.replaceOne({ _id, version: endpoint.version - 1 }, fields);
      return replaced.matchedCount > 0;
    },
    find: async (id) => {
      const found = await at.endpoints.findOne({ _id: id });
      return found === null ? null : parseEndpoint(found);
    },
    list: async () => (await at.endpoints.find().sort({ name: 1, _id: 1 }).toArray()).map(parseEndpoint),
    remove: (id, audit) => inOne((scope) => remove(scope, id, audit)),
    enqueue: (deliveries) => enqueue(at, deliveries),
    takeDue: (limit, now, hideUntil) => takeDue(at, { limit, now, hideUntil }),
    settle: async (delivery) => {
      const { state, attempts, dueAt, lastStatus, lastFailure, settledAt } = delivery;
      const change = { $set: { state, attempts, dueAt, lastStatus, lastFailure, settledAt } };
      await at.deliveries.updateOne({ _id: delivery.id, state: 'waiting' }, change);
    },
    listDeliveries: (endpointId, page) => listDeliveries(at, endpointId, page),
    retry: async (id, now) => {
      const change = { $set: { state: 'waiting' as const, attempts: 0, dueAt: now, settledAt: null } };
      const found = await at.deliveries.findOneAndUpdate({ _id: id }, change, { returnDocument: 'after' });
      return found === null ? null : parseDelivery(found);
    },
    purge: async (before) =>
      (await at.deliveries.deleteMany({ settledAt: { $gt: '', $lt: before } })).deletedCount,
  };
}

async function save(
  { at, session }: Scope,
  endpoint: WebhookEndpoint,
  audit: NewAuditEntry,
): Promise<WebhookEndpoint> {
  const stored = await at.endpoints.findOne({ _id: endpoint.id }, { session });
  const known = stored === null ? null : parseEndpoint(stored);
  const repeated = (await at.audit.findOne({ _id: audit.id }, { session })) !== null;
  if (repeated && known !== null) return known;
  const { _id, fields } = splitId(endpoint);
  if (endpoint.version > 1) {
    const filter = { _id, version: endpoint.version - 1 };
    const replaced = await at.endpoints.replaceOne(filter, fields, { session });
    if (replaced.matchedCount === 0) throw new Conflict('这个接收地址已有更新，请重新打开后再保存。');
  } else {
    if (known !== null) throw new Conflict('同一编号的接收地址已经登记过。');
    await at.endpoints.insertOne({ _id, ...fields }, { session });
  }
  await insertFacts(at, session, [audit], []);
  return endpoint;
}

async function remove({ at, session }: Scope, id: string, audit: NewAuditEntry): Promise<void> {
  const { deletedCount } = await at.endpoints.deleteOne({ _id: id }, { session });
  if (deletedCount === 0) return;
  await at.deliveries.deleteMany({ endpointId: id }, { session });
  await insertFacts(at, session, [audit], []);
}

async function enqueue({ deliveries }: Collections, wanted: readonly WebhookDelivery[]): Promise<void> {
  for (const { _id, fields } of wanted.map(splitId)) {
    try {
      await deliveries.insertOne({ _id, ...fields });
    } catch (error) {
      // Told before.
      if (!isDuplicateKey(error)) throw error;
    }
  }
}

/** One at a time, each by one conditional write: of many who take at once, the server gives each to one. */
async function takeDue(
  { deliveries }: Collections,
  { limit, now, hideUntil }: { limit: number; now: string; hideUntil: string },
): Promise<WebhookDelivery[]> {
  const taken: WebhookDelivery[] = [];
  while (taken.length < limit) {
    const found = await deliveries.findOneAndUpdate(
      { state: 'waiting', dueAt: { $lte: now } },
      { $set: { dueAt: hideUntil } },
      { sort: { dueAt: 1, _id: 1 }, returnDocument: 'before' },
    );
    if (found === null) break;
    taken.push(parseDelivery(found));
  }
  return taken;
}

const ListCursor = z.tuple([z.string(), z.string()]);

async function listDeliveries(
  { deliveries }: Collections,
  endpointId: string,
  page: PageRequest,
): Promise<Page<WebhookDelivery>> {
  const after = page.cursor === null ? null : parseCursor(page.cursor, ListCursor);
  const found = await deliveries
    .find({
      endpointId,
      ...(after === null
        ? {}
        : { $or: [{ occurredAt: { $lt: after[0] } }, { occurredAt: after[0], _id: { $lt: after[1] } }] }),
    })
    .sort({ occurredAt: -1, _id: -1 })
    .limit(page.limit + 1)
    .toArray();
  const items = found.slice(0, page.limit).map(parseDelivery);
  const last = items.at(-1);
  const more = found.length > page.limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor([last.occurredAt, last.id]) : null };
}
