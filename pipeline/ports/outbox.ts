import type { OutboxEntry } from '../domain/outbox.ts';

export interface Outbox {
  /** Entries due at `now`, oldest first, hidden from others until `hideUntil`. Delivered at least once. */
  take(limit: number, now: string, hideUntil: string): Promise<OutboxEntry[]>;
  markDelivered(ids: readonly string[]): Promise<void>;
  countWaiting(): Promise<number>;
}
