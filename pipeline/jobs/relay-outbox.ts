import type { OutboxEntry } from '../domain/outbox.ts';
import type { Ports } from '../ports/index.ts';

const batchSize = 100;
const hideMs = 60_000;

/**
 * Hands on what was written with the facts, at least once and in order: whoever is told must bear being told twice. What
 * cannot be delivered shows up again after a minute.
 * @returns how many were delivered
 */
export async function relayOutbox(
  ports: { stores: Pick<Ports['stores'], 'outbox'>; clock: Ports['clock'] },
  deliver: (entry: OutboxEntry) => void | Promise<void>,
): Promise<number> {
  const now = ports.clock.now();
  const hideUntil = new Date(Date.parse(now) + hideMs).toISOString();
  const entries = await ports.stores.outbox.take(batchSize, now, hideUntil);
  for (const entry of entries) {
    await deliver(entry);
    await ports.stores.outbox.markDelivered([entry.id]);
  }
  return entries.length;
}
