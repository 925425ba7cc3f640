import type { WebhookDelivery, WebhookEndpoint } from '../domain/webhook.ts';
import type { NewAuditEntry } from './audit-log.ts';
import type { Page, PageRequest } from './page.ts';

/** Where facts are sent to, and what became of each. */
export interface WebhookStore {
  /**
   * One transaction: the endpoint and the audit entry. A version of 1 is a new one, any other replaces the one before it. With the
   * id of an audit entry that stands already, nothing is written.
   * @throws Conflict when another version is stored, or the id is taken
   */
  save(endpoint: WebhookEndpoint, audit: NewAuditEntry): Promise<WebhookEndpoint>;

  /** Compare-and-swap on the version, without an audit entry: what the machine notes of an endpoint. @returns whether it was written */
  note(endpoint: WebhookEndpoint): Promise<boolean>;

  find(id: string): Promise<WebhookEndpoint | null>;

  /** By name. */
  list(): Promise<WebhookEndpoint[]>;

  /** With what waits for it. Twice is harmless. */
  remove(id: string, audit: NewAuditEntry): Promise<void>;

  /** Told twice, each is there once. */
  enqueue(deliveries: readonly WebhookDelivery[]): Promise<void>;

  /** Waiting and due at `now`, oldest due first, put off until `hideUntil` so that no other process sends them meanwhile. */
  takeDue(limit: number, now: string, hideUntil: string): Promise<WebhookDelivery[]>;

  /** Writes what an attempt made of it, where it still waits. */
  settle(delivery: WebhookDelivery): Promise<void>;

  /** Last occurred first. */
  listDeliveries(endpointId: string, page: PageRequest): Promise<Page<WebhookDelivery>>;

  /** One that was given up or delivered waits again, with its attempts forgotten. @returns null where there is none */
  retry(deliveryId: string, at: string): Promise<WebhookDelivery | null>;

  /** Removes what was settled before. @returns how many */
  purge(before: string): Promise<number>;
}
