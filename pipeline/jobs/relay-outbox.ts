import type { OutboxEntry } from '../domain/outbox.ts';
import type { Ports } from '../ports/index.ts';

const batchSize = 100;
const hideMs = 60_000;

type Deliver = (entry: OutboxEntry) => void | Promise<void>;
interface RelayPorts {
  stores: Pick<Ports['stores'], 'outbox'>;
  clock: Ports['clock'];
}

/** @returns how many there were */
async function relayBatch({ stores, clock }: RelayPorts, deliver: Deliver): Promise<number> {
  const now = clock.now();
  const hideUntil = new Date(Date.parse(now) + hideMs).toISOString();
  const entries = await stores.outbox.take(batchSize, now, hideUntil);
  const delivered: string[] = [];
  try {
    for (const entry of entries) {
      await deliver(entry);
      delivered.push(entry.id);
    }
  } finally {
    // Once a batch: each mark is a write that a majority confirms.
    await stores.outbox.markDelivered(delivered);
  }
  return entries.length;
}

/**
 * Hands on what was written with the facts, at least once and in order, until nothing is left: whoever is told must bear
 * being told twice. What cannot be delivered shows up again after a minute.
 * @param signal ends it after the batch that is under way
 * @returns how many were delivered
 */
export async function relayOutbox(
  ports: RelayPorts,
  deliver: Deliver,
  signal?: AbortSignal,
): Promise<number> {
  let delivered = 0;
  while (signal?.aborted !== true) {
    const taken = await relayBatch(ports, deliver);
    delivered += taken;
    if (taken < batchSize) break;
  }
  return delivered;
}
