import { z } from 'zod';
import { Conflict } from '../../domain/errors.ts';
import { WebhookDelivery, WebhookEndpoint } from '../../domain/webhook.ts';
import type { NewAuditEntry } from '../../ports/audit-log.ts';
import type { Page, PageRequest } from '../../ports/page.ts';
import type { WebhookStore } from '../../ports/webhook-store.ts';
import { encodeCursor, parseCursor } from '../cursor.ts';
import { insertAudit } from './audit-rows.ts';
import { inTransaction, type SqliteDatabase, statement } from './database.ts';

const endpointColumns = `id, version, name, url, private_address AS privateAddress, topics, state, secret,
  created_at AS createdAt, created_by AS createdBy, failing_since AS failingSince`;
const deliveryColumns = `id, endpoint_id AS endpointId, topic, subject, occurred_at AS occurredAt, state, attempts,
  due_at AS dueAt, last_status AS lastStatus, last_failure AS lastFailure, settled_at AS settledAt`;

const EndpointRow = z
  .looseObject({ topics: z.string(), secret: z.string(), privateAddress: z.number() })
  .transform((row): unknown => ({
    ...row,
    topics: JSON.parse(row.topics),
    secret: JSON.parse(row.secret),
    privateAddress: row.privateAddress === 1,
  }))
  .pipe(WebhookEndpoint);

export function openWebhookStore(db: SqliteDatabase): WebhookStore {
  return {
    save: async (endpoint, audit) => inTransaction(db, () => save(db, endpoint, audit)),
    note: async (endpoint) => inTransaction(db, () => replace(db, endpoint)),
    find: async (id) => find(db, id),
    list: async () =>
      statement(db, `SELECT ${endpointColumns} FROM webhook_endpoints ORDER BY name, id`)
        .all()
        .map((row) => EndpointRow.parse(row)),
    remove: async (id, audit) =>
      inTransaction(db, () => {
        const { changes } = statement(db, 'DELETE FROM webhook_endpoints WHERE id = ?').run(id);
        if (changes > 0) insertAudit(db, audit);
      }),
    enqueue: async (deliveries) =>
      inTransaction(db, () => deliveries.forEach((one) => void enqueue(db, one))),
    takeDue: async (limit, now, hideUntil) => inTransaction(db, () => takeDue(db, { limit, now, hideUntil })),
    settle: async (delivery) => inTransaction(db, () => settle(db, delivery)),
    listDeliveries: async (endpointId, page) => listDeliveries(db, endpointId, page),
    retry: async (id, at) => inTransaction(db, () => retry(db, id, at)),
    purge: async (before) =>
      inTransaction(
        db,
        () => statement(db, 'DELETE FROM webhook_deliveries WHERE settled_at < ?').run(before).changes,
      ),
  };
}

function find(db: SqliteDatabase, id: string): WebhookEndpoint | null {
  const row = statement(db, `SELECT ${endpointColumns} FROM webhook_endpoints WHERE id = ?`).get(id);
  return row === undefined ? null : EndpointRow.parse(row);
}

function toRow(endpoint: WebhookEndpoint) {
  return {
    ...endpoint,
    topics: JSON.stringify(endpoint.topics),
    secret: JSON.stringify(endpoint.secret),
    privateAddress: endpoint.privateAddress ? 1 : 0,
  };
}

function replace(db: SqliteDatabase, endpoint: WebhookEndpoint): boolean {
  const { changes } = statement(
    db,
    `UPDATE webhook_endpoints SET version = @version, name = @name, url = @url, private_address = @privateAddress,
       topics = @topics, state = @state, secret = @secret, failing_since = @failingSince
     WHERE id = @id AND version = @version - 1`,
  ).run(toRow(endpoint));
  return changes > 0;
}

function save(db: SqliteDatabase, endpoint: WebhookEndpoint, audit: NewAuditEntry): WebhookEndpoint {
  const known = find(db, endpoint.id);
  const repeated = statement(db, 'SELECT 1 FROM audit_entry WHERE id = ?').get(audit.id) !== undefined;
  if (repeated && known !== null) return known;
  if (endpoint.version > 1) {
    if (!replace(db, endpoint)) throw new Conflict('这个接收地址已有更新，请重新打开后再保存。');
  } else {
    if (known !== null) throw new Conflict('同一编号的接收地址已经登记过。');
    statement(
      db,
      `INSERT INTO webhook_endpoints (id, version, name, url, private_address, topics, state, secret, created_at, created_by,
         failing_since) VALUES (@id, @version, @name, @url, @privateAddress, @topics, @state, @secret, @createdAt,
         @createdBy, @failingSince)`,
    ).run(toRow(endpoint));
  }
  insertAudit(db, audit);
  return endpoint;
}

function enqueue(db: SqliteDatabase, delivery: WebhookDelivery): void {
  statement(
    db,
    `INSERT OR IGNORE INTO webhook_deliveries (id, endpoint_id, topic, subject, occurred_at, state, attempts, due_at,
       last_status, last_failure, settled_at) VALUES (@id, @endpointId, @topic, @subject, @occurredAt, @state, @attempts,
       @dueAt, @lastStatus, @lastFailure, @settledAt)`,
  ).run(delivery);
}

function takeDue(
  db: SqliteDatabase,
  { limit, now, hideUntil }: { limit: number; now: string; hideUntil: string },
): WebhookDelivery[] {
  const due = statement(
    db,
    `SELECT ${deliveryColumns} FROM webhook_deliveries WHERE state = 'waiting' AND due_at <= ? ORDER BY due_at, id LIMIT ?`,
  )
    .all(now, limit)
    .map((row) => WebhookDelivery.parse(row));
  for (const { id } of due) {
    statement(db, 'UPDATE webhook_deliveries SET due_at = ? WHERE id = ?').run(hideUntil, id);
  }
  return due;
}

function settle(db: SqliteDatabase, delivery: WebhookDelivery): void {
  const { id, state, attempts, dueAt, lastStatus, lastFailure, settledAt } = delivery;
  statement(
    db,
    `UPDATE webhook_deliveries SET state = @state, attempts = @attempts, due_at = @dueAt, last_status = @lastStatus,
       last_failure = @lastFailure, settled_at = @settledAt WHERE id = @id AND state = 'waiting'`,
  ).run({ id, state, attempts, dueAt, lastStatus, lastFailure, settledAt });
}

function retry(db: SqliteDatabase, id: string, at: string): WebhookDelivery | null {
  statement(
    db,
    `UPDATE webhook_deliveries SET state = 'waiting', attempts = 0, due_at = ?, settled_at = NULL WHERE id = ?`,
  ).run(at, id);
  const row = statement(db, `SELECT ${deliveryColumns} FROM webhook_deliveries WHERE id = ?`).get(id);
  return row === undefined ? null : WebhookDelivery.parse(row);
}

const ListCursor = z.tuple([z.string(), z.string()]);

function listDeliveries(db: SqliteDatabase, endpointId: string, page: PageRequest): Page<WebhookDelivery> {
  const [at, id] = page.cursor === null ? ['9', ''] : parseCursor(page.cursor, ListCursor);
  const rows = statement(
    db,
    `SELECT ${deliveryColumns} FROM webhook_deliveries WHERE endpoint_id = @endpointId AND (occurred_at, id) < (@at, @id)
       ORDER BY occurred_at DESC, id DESC LIMIT @limit`,
  ).all({ endpointId, at, id, limit: page.limit + 1 });
  const items = rows.slice(0, page.limit).map((row) => WebhookDelivery.parse(row));
  const last = items.at(-1);
  const more = rows.length > page.limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor([last.occurredAt, last.id]) : null };
}
