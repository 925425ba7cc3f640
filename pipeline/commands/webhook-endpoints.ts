import { randomBytes } from 'node:crypto';
import { InvalidInput, NotFound } from '../domain/errors.ts';
import type { KeyRing } from '../domain/key-ring.ts';
import {
  buildDelivery,
  parseWebhookUrl,
  type WebhookDelivery,
  type WebhookEndpoint,
  type WebhookTopic,
} from '../domain/webhook.ts';
import type { NewAuditEntry } from '../ports/audit-log.ts';
import type { Ports, Stores } from '../ports/index.ts';
import { openSecret, sealSecret } from './seal-secret.ts';

export interface WebhookPorts {
  stores: Pick<Stores, 'webhooks'>;
  clock: Ports['clock'];
  keys: KeyRing;
}

export interface WebhookContent {
  name: string;
  url: string;
  privateAddress: boolean;
  topics: readonly WebhookTopic[];
}

/** As the Standard Webhooks specification writes a secret. */
const secretPrefix = 'whsec_';
const mostEndpoints = 20;
const placeOf = (id: string) => ['guanlan: webhook', id] as const;

function seal(id: string, secret: string, keys: KeyRing): WebhookEndpoint['secret'] {
  const key = keys.newest();
  return { kid: key.kid, sealed: Buffer.from(sealSecret(key, placeOf(id), secret)).toString('base64') };
}

/** @returns the secret as the receiver has it; null when its key is not in the folder of keys */
export function openWebhookSecret({ id, secret }: WebhookEndpoint, keys: KeyRing): string | null {
  const key = keys.find(secret.kid);
  return key === null ? null : openSecret(key, placeOf(id), Buffer.from(secret.sealed, 'base64'));
}

function makeSecret(): string {
  return secretPrefix + randomBytes(32).toString('base64');
}

function auditOf(
  commandId: string,
  { id }: Pick<WebhookEndpoint, 'id'>,
  action: string,
  more: { actorId: string; at: string; payload: Record<string, unknown> },
): NewAuditEntry {
  return { id: commandId, log: 'audit', action: `webhook.${action}`, subject: id, ...more };
}

/**
 * Registers an address that facts are sent to. `commandId` becomes its id.
 * @returns with the secret, which is shown this once; null where the command is repeated
 * @throws InvalidInput, Conflict
 */
export async function addWebhook(
  commandId: string,
  content: WebhookContent,
  actorId: string,
  { stores, clock, keys }: WebhookPorts,
): Promise<{ endpoint: WebhookEndpoint; secret: string | null }> {
  const url = parseWebhookUrl(content.url, content.privateAddress);
  const known = await stores.webhooks.find(commandId);
  if (known !== null) return { endpoint: known, secret: null };
  if ((await stores.webhooks.list()).length >= mostEndpoints) {
    throw new InvalidInput('url', `最多登记 ${mostEndpoints} 个接收地址。`, '请先删去不用的');
  }
  const secret = makeSecret();
  const at = clock.now();
  const endpoint: WebhookEndpoint = {
    ...{ ...content, topics: [...new Set(content.topics)], url },
    ...{ id: commandId, version: 1, state: 'active', secret: seal(commandId, secret, keys) },
    ...{ createdAt: at, createdBy: actorId, failingSince: null },
  };
  const payload = { host: new URL(url).host, topics: endpoint.topics };
  const audit = auditOf(commandId, endpoint, 'added', { actorId, at, payload });
  return withSecret(await stores.webhooks.save(endpoint, audit), endpoint, secret);
}

/** A secret that was not stored, since the command was repeated, is shown to nobody: it would sign nothing. */
function withSecret(stored: WebhookEndpoint, wanted: WebhookEndpoint, secret: string | null) {
  const isStored = stored.secret.sealed === wanted.secret.sealed;
  return { endpoint: stored, secret: isStored ? secret : null };
}

export type WebhookChange =
  | ({ kind: 'content' } & WebhookContent)
  | { kind: 'pause' | 'resume' | 'rotate-secret' };

/**
 * Changes it, stops it, lets it run again or gives it a new secret.
 * @returns with the new secret, if there is one and the command is not a repeated one
 * @throws NotFound, InvalidInput, Conflict for a stale version
 */
export async function changeWebhook(
  {
    commandId,
    id,
    version,
    change,
  }: { commandId: string; id: string; version: number; change: WebhookChange },
  actorId: string,
  { stores, clock, keys }: WebhookPorts,
): Promise<{ endpoint: WebhookEndpoint; secret: string | null }> {
  const current = await getWebhook(id, { stores });
  const secret = change.kind === 'rotate-secret' ? makeSecret() : null;
  const changed = { ...applyChange(current, change), version: version + 1 };
  const endpoint = secret === null ? changed : { ...changed, secret: seal(id, secret, keys) };
  const payload = { host: new URL(endpoint.url).host, topics: endpoint.topics };
  const audit = auditOf(commandId, endpoint, change.kind, { actorId, at: clock.now(), payload });
  return withSecret(await stores.webhooks.save(endpoint, audit), endpoint, secret);
}

function applyChange(current: WebhookEndpoint, change: WebhookChange): WebhookEndpoint {
  if (change.kind === 'content') {
    const { name, privateAddress, topics } = change;
    const url = parseWebhookUrl(change.url, privateAddress);
    return { ...current, name, privateAddress, url, topics: [...new Set(topics)] };
  }
  if (change.kind === 'pause') return { ...current, state: 'paused' };
  if (change.kind === 'resume') return { ...current, state: 'active', failingSince: null };
  return current;
}

/** @throws NotFound */
export async function getWebhook(
  id: string,
  { stores }: Pick<WebhookPorts, 'stores'>,
): Promise<WebhookEndpoint> {
  const found = await stores.webhooks.find(id);
  if (found === null) throw new NotFound('没有这个接收地址。');
  return found;
}

export async function removeWebhook(
  { commandId, id }: { commandId: string; id: string },
  actorId: string,
  { stores, clock }: WebhookPorts,
): Promise<void> {
  const current = await getWebhook(id, { stores });
  const payload = { host: new URL(current.url).host };
  await stores.webhooks.remove(
    id,
    auditOf(commandId, current, 'removed', { actorId, at: clock.now(), payload }),
  );
}

/** Sends a trial, which says nothing but that it is one. @throws NotFound */
export async function tryWebhook(
  { commandId, id }: { commandId: string; id: string },
  { stores, clock }: WebhookPorts,
): Promise<WebhookDelivery> {
  const endpoint = await getWebhook(id, { stores });
  const told = { id: commandId, topic: 'webhook.test' as const, subject: id, createdAt: clock.now() };
  const delivery = buildDelivery(endpoint, told);
  await stores.webhooks.enqueue([delivery]);
  return delivery;
}
