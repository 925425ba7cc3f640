import { z } from 'zod';
import { InvalidInput } from './errors.ts';
import { OutboxEntry } from './outbox.ts';
import { Instant } from './time.ts';

/** What another system of the school may be told of. Ids only: what happened is read through the API, by whom it concerns. */
export const WebhookTopic = OutboxEntry.shape.topic.exclude(['page.changed']);
export type WebhookTopic = z.infer<typeof WebhookTopic>;

/** What a delivery may be of: a fact, or a trial that a person sends. */
const DeliveryTopic = z.enum([...WebhookTopic.options, 'webhook.test']);

/** A secret that lies in the store sealed, with the name of the key that opens it. */
const Sealed = z.object({ kid: z.string(), sealed: z.string() });

export const WebhookEndpoint = z.object({
  id: z.string(),
  version: z.int().positive(),
  name: z.string().min(1).max(60),
  url: z.string(),
  /** It stands inside the school's own network; only then may a private address be called. */
  privateAddress: z.boolean(),
  topics: z.array(WebhookTopic).min(1),
  /** `paused` by a person; `failed` by the machine, after days without one delivery. */
  state: z.enum(['active', 'paused', 'failed']),
  secret: Sealed,
  createdAt: Instant,
  createdBy: z.string(),
  /** Since when nothing has arrived there; null when the last delivery did. */
  failingSince: Instant.nullable(),
});
export type WebhookEndpoint = z.infer<typeof WebhookEndpoint>;

export const WebhookDelivery = z.object({
  /** Of the endpoint and the fact: told twice, it is one. */
  id: z.string(),
  endpointId: z.string(),
  topic: DeliveryTopic,
  subject: z.string(),
  occurredAt: Instant,
  state: z.enum(['waiting', 'delivered', 'given-up']),
  attempts: z.int().nonnegative(),
  dueAt: Instant,
  /** The status of the last answer; null where there was none. */
  lastStatus: z.int().nullable(),
  /** In our words, without anything that the other side said. */
  lastFailure: z.string().nullable(),
  settledAt: Instant.nullable(),
});
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** After each failed attempt; after the last there is no more. */
const pausesMs = [minuteMs, 5 * minuteMs, 30 * minuteMs, 2 * hourMs, 6 * hourMs, 12 * hourMs, 24 * hourMs];
const failedAfterMs = 3 * 24 * hourMs;

function deliveryId(endpointId: string, entryId: string): string {
  return `${endpointId}/${entryId}`;
}

type Told = Pick<OutboxEntry, 'id' | 'subject' | 'createdAt'> & { topic: WebhookDelivery['topic'] };

/** Pure: the delivery of one fact to one endpoint, due at once. */
export function buildDelivery(endpoint: Pick<WebhookEndpoint, 'id'>, entry: Told): WebhookDelivery {
  return {
    id: deliveryId(endpoint.id, entry.id),
    endpointId: endpoint.id,
    topic: entry.topic,
    subject: entry.subject,
    occurredAt: entry.createdAt,
    ...{ state: 'waiting', attempts: 0, dueAt: entry.createdAt },
    ...{ lastStatus: null, lastFailure: null, settledAt: null },
  };
}

export type DeliveryOutcome = { status: number; failure: null } | { status: number | null; failure: string };

/** Pure: what an attempt makes of a delivery. */
export function settleDelivery(
  delivery: WebhookDelivery,
  { status, failure }: DeliveryOutcome,
  at: string,
): WebhookDelivery {
  const attempts = delivery.attempts + 1;
  const tried = { ...delivery, attempts, lastStatus: status, lastFailure: failure };
  if (failure === null) return { ...tried, state: 'delivered', settledAt: at };
  const pauseMs = pausesMs[attempts - 1];
  if (pauseMs === undefined) return { ...tried, state: 'given-up', settledAt: at };
  return { ...tried, dueAt: new Date(Date.parse(at) + pauseMs).toISOString() };
}

/** Pure: what an attempt says of its endpoint; the same where it says nothing new. */
export function noteOutcome(
  endpoint: WebhookEndpoint,
  { failure }: DeliveryOutcome,
  at: string,
): WebhookEndpoint {
  if (failure === null)
    return endpoint.failingSince === null ? endpoint : { ...endpoint, failingSince: null };
  const failingSince = endpoint.failingSince ?? at;
  const isLong = Date.parse(at) - Date.parse(failingSince) >= failedAfterMs;
  const state = isLong && endpoint.state === 'active' ? 'failed' : endpoint.state;
  return state === endpoint.state && failingSince === endpoint.failingSince
    ? endpoint
    : { ...endpoint, failingSince, state };
}

/** What is sent, to the letter: the signature covers these bytes. */
export function buildBody({ id, topic, subject, occurredAt }: WebhookDelivery): string {
  return JSON.stringify({ id, type: topic, timestamp: occurredAt, data: { id: subject } });
}

/** What the signature covers, by the Standard Webhooks specification. `timestamp` in whole seconds since 1970. */
export function signedMaterial(id: string, timestamp: number, body: string): string {
  return `${id}.${timestamp}.${body}`;
}

/**
 * An address that may be called: https, or http inside the school's own network; without a name, a password or a fragment.
 * @throws InvalidInput (`url`)
 */
export function parseWebhookUrl(text: string, privateAddress: boolean): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null)
    throw new InvalidInput('url', '这不是一个网址。', '例如 https://oa.example.edu.cn/hooks/guanlan');
  if (url.username !== '' || url.password !== '' || url.hash !== '') {
    throw new InvalidInput(
      'url',
      '网址里不能有账号、密码或 # 部分。',
      '凭据不用写在网址里：每次调用都带签名',
    );
  }
  if (url.protocol !== 'https:' && !(privateAddress && url.protocol === 'http:')) {
    throw new InvalidInput('url', '须用 https；只有校内地址可以用 http。', '校内地址请勾选“校内网络”');
  }
  return url.href;
}
