import { createHmac } from 'node:crypto';
import type { AccessClass } from '../domain/access-class.ts';
import { GuanlanError } from '../domain/errors.ts';
import type { KeyRing } from '../domain/key-ring.ts';
import type { OutboxEntry } from '../domain/outbox.ts';
import {
  buildBody,
  buildDelivery,
  type DeliveryOutcome,
  noteOutcome,
  settleDelivery,
  signedMaterial,
  type WebhookDelivery,
  type WebhookEndpoint,
  WebhookTopic,
} from '../domain/webhook.ts';
import type { Egress } from '../ports/egress.ts';
import type { Ports, Stores } from '../ports/index.ts';
import { openWebhookSecret } from './webhook-endpoints.ts';

export interface SendingPorts {
  stores: Pick<Stores, 'webhooks' | 'cases' | 'handovers' | 'instructions'>;
  clock: Ports['clock'];
  keys: KeyRing;
  egress: Pick<Egress, 'fetch'>;
}

const everyClass: { accessClasses: readonly AccessClass[] } = { accessClasses: ['open', 'victim', 'safety'] };
const endpointsLiveMs = 5000;

/**
 * Puts facts into the outgoing deliveries of the endpoints that asked for them. What concerns a case of class `safety` is told to
 * nobody, not even that it happened (R19).
 */
export function openFanOut({
  stores,
  clock,
}: Pick<SendingPorts, 'stores' | 'clock'>): (entry: OutboxEntry) => Promise<void> {
  let known: { until: number; endpoints: WebhookEndpoint[] } | null = null;
  const listEndpoints = async () => {
    const nowMs = Date.parse(clock.now());
    if (known === null || nowMs >= known.until) {
      known = { until: nowMs + endpointsLiveMs, endpoints: await stores.webhooks.list() };
    }
    return known.endpoints;
  };
  return async (entry) => {
    const topic = WebhookTopic.safeParse(entry.topic);
    if (!topic.success) return;
    const wanted = (await listEndpoints()).filter(
      (one) => one.state === 'active' && one.topics.includes(topic.data),
    );
    if (wanted.length === 0 || !(await mayBeTold(entry, stores))) return;
    const told = { ...entry, topic: topic.data };
    await stores.webhooks.enqueue(wanted.map((endpoint) => buildDelivery(endpoint, told)));
  };
}

async function mayBeTold({ topic, subject }: OutboxEntry, stores: SendingPorts['stores']): Promise<boolean> {
  switch (topic) {
    case 'case.opened':
    case 'case.decided': {
      const found = await stores.cases.findCase(subject, everyClass);
      return found !== null && found.accessClass !== 'safety';
    }
    case 'handover.changed':
      // A slip that went to the people on duty is in nobody's sight.
      return (await stores.handovers.find(subject, { units: 'all' })) !== null;
    case 'instruction.changed':
      return isOpenInstruction(subject, stores);
    case 'settings.changed':
    // Waves are counted from what is open to all who see any text.
    case 'burst.began':
      return true;
    case 'page.changed':
    case 'draft.changed':
      return false;
  }
}

async function isOpenInstruction(id: string, { instructions }: SendingPorts['stores']): Promise<boolean> {
  const mover = { id: '', roles: ['director' as const], units: 'all' as const, standsFor: [], leads: false };
  return (await instructions.find(id, { mover, accessClasses: ['open', 'victim'] })) !== null;
}

const batchSize = 20;
const hideMs = 120_000;
const withinMs = 15_000;
const keptMs = 30 * 86_400_000;

/**
 * Sends what is due, oldest first, until nothing is left. Delivered at least once, in no promised order: who receives tells a
 * repetition by its id.
 * @returns how many were tried
 */
export async function sendWebhooks(ports: SendingPorts, signal?: AbortSignal): Promise<number> {
  const { stores, clock } = ports;
  let tried = 0;
  while (signal?.aborted !== true) {
    const now = clock.now();
    const hideUntil = new Date(Date.parse(now) + hideMs).toISOString();
    const due = await stores.webhooks.takeDue(batchSize, now, hideUntil);
    for (const delivery of due) await sendOne(delivery, ports);
    tried += due.length;
    if (due.length < batchSize) break;
  }
  return tried;
}

/** What was settled a month ago is forgotten. */
export function purgeWebhooks({ stores, clock }: Pick<SendingPorts, 'stores' | 'clock'>): Promise<number> {
  return stores.webhooks.purge(new Date(Date.parse(clock.now()) - keptMs).toISOString());
}

async function sendOne(delivery: WebhookDelivery, ports: SendingPorts): Promise<void> {
  const { stores, clock } = ports;
  const endpoint = await stores.webhooks.find(delivery.endpointId);
  if (endpoint === null) return;
  // Stopped meanwhile: what waits is kept, and goes when it is let run again.
  if (endpoint.state !== 'active' && delivery.topic !== 'webhook.test') {
    const dueAt = new Date(Date.parse(clock.now()) + 10 * 60_000).toISOString();
    return stores.webhooks.settle({ ...delivery, dueAt });
  }
  const outcome = await attempt(delivery, endpoint, ports);
  const at = clock.now();
  await stores.webhooks.settle(settleDelivery(delivery, outcome, at));
  const noted = noteOutcome(endpoint, outcome, at);
  if (noted !== endpoint) await stores.webhooks.note({ ...noted, version: endpoint.version + 1 });
}

/** Never throws: whatever goes wrong is what became of it. */
async function attempt(
  delivery: WebhookDelivery,
  endpoint: WebhookEndpoint,
  { clock, keys, egress }: SendingPorts,
): Promise<DeliveryOutcome> {
  const secret = openWebhookSecret(endpoint, keys);
  if (secret === null) return { status: null, failure: `the key ${endpoint.secret.kid} is missing` };
  const body = buildBody(delivery);
  const url = new URL(endpoint.url);
  const signal = AbortSignal.timeout(withinMs);
  try {
    const { status } = await egress.fetch({
      ...{ url: endpoint.url, method: 'POST', body, signal, redirects: 'return', robots: 'not-asked' },
      headers: {
        'content-type': 'application/json; charset=utf-8',
        ...signatureHeaders(delivery.id, body, { secret, at: clock.now() }),
      },
      maxBytes: 64 * 1024,
      allowance: {
        hosts: [{ host: url.host, paths: [url.pathname] }],
        privateAddress: endpoint.privateAddress,
        requestsPerMinute: 600,
      },
    });
    return status >= 200 && status < 300
      ? { status, failure: null }
      : { status, failure: `status ${status}` };
  } catch (error) {
    if (signal.aborted) return { status: null, failure: `no answer within ${withinMs / 1000} s` };
    return { status: null, failure: describe(error) };
  }
}

/** Our own errors name no query, header or body; of others only the kind is kept. */
function describe(error: unknown): string {
  if (error instanceof GuanlanError) return error.message.slice(0, 200);
  return error instanceof Error ? `the request failed: ${error.name}` : 'the request failed';
}

/** By the Standard Webhooks specification, so that libraries of many languages check it. */
export function signatureHeaders(
  id: string,
  body: string,
  { secret, at }: { secret: string; at: string },
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const timestamp = Math.floor(Date.parse(at) / 1000);
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key)
    .update(signedMaterial(id, timestamp, body))
    .digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': `v1,${signature}` };
}
