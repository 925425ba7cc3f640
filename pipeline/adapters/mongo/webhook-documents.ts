import type { Collection, Db } from 'mongodb';
import { WebhookDelivery, WebhookEndpoint } from '../../domain/webhook.ts';
import { type CollectionSpec, field } from './schema.ts';

type EndpointDocument = Omit<WebhookEndpoint, 'id'> & { _id: string };
type DeliveryDocument = Omit<WebhookDelivery, 'id'> & { _id: string };

export interface WebhookCollections {
  endpoints: Collection<EndpointDocument>;
  deliveries: Collection<DeliveryDocument>;
}

export function webhookCollections(db: Db): WebhookCollections {
  return { endpoints: db.collection('webhook_endpoints'), deliveries: db.collection('webhook_deliveries') };
}

const numberOrNull = { bsonType: ['int', 'long', 'double', 'null'] };

export const webhookSpecs: readonly CollectionSpec[] = [
  {
    name: 'webhook_endpoints',
    fields: {
      version: field.number,
      name: field.text,
      url: field.text,
      privateAddress: field.boolean,
      topics: field.texts,
      state: field.text,
      secret: field.object,
      createdAt: field.text,
      createdBy: field.text,
      failingSince: field.textOrNull,
    },
    indexes: [],
  },
  {
    name: 'webhook_deliveries',
    fields: {
      endpointId: field.text,
      topic: field.text,
      subject: field.text,
      occurredAt: field.text,
      state: field.text,
      attempts: field.number,
      dueAt: field.text,
      lastStatus: numberOrNull,
      lastFailure: field.textOrNull,
      settledAt: field.textOrNull,
    },
    indexes: [
      { key: { state: 1, dueAt: 1, _id: 1 }, since: '2026-11-23', reason: 'what waits, oldest due first' },
      {
        key: { endpointId: 1, occurredAt: -1, _id: -1 },
        since: '2026-11-23',
        reason: 'those of an endpoint, last occurred first',
      },
      { key: { settledAt: 1 }, since: '2026-11-23', reason: 'the purge of what was settled' },
    ],
  },
];

export function parseEndpoint({ _id, ...fields }: EndpointDocument): WebhookEndpoint {
  return WebhookEndpoint.parse({ id: _id, ...fields });
}

export function parseDelivery({ _id, ...fields }: DeliveryDocument): WebhookDelivery {
  return WebhookDelivery.parse({ id: _id, ...fields });
}

/** As a document, apart from its id. */
export function splitId<T extends { id: string }>({
  id,
  ...fields
}: T): { _id: string; fields: Omit<T, 'id'> } {
  return { _id: id, fields };
}
