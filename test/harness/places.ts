import { openMemoryAnnouncer } from '../../pipeline/adapters/memory-announcer.ts';
import { MemoryQueue } from '../../pipeline/adapters/memory-queue.ts';
import { type OpenedPorts, openPorts } from '../../pipeline/adapters/open-stores.ts';
import type { Clock } from '../../pipeline/ports/clock.ts';

/** Where the data of a set-up lies. Plain JSON, so that a test can tell it to a process that it starts. */
export type Place =
  | { setUp: 'embedded'; dataDir: string }
  | { setUp: 'scaled'; mongoUri: string; database: string };

/** As the product opens it, but always with a queue in memory: what needs Redis says so. */
export function openPlace(place: Place, clock: Clock): Promise<OpenedPorts> {
  const queue = new MemoryQueue();
  const announcer = openMemoryAnnouncer();
  const onTrouble = () => {};
  if (place.setUp === 'embedded') {
    return openPorts({ dataDir: place.dataDir, connections: null, clock, onTrouble }, { queue, announcer });
  }
  const { mongoUri: mongodbUri, database } = place;
  const connections = { mongodbUri, database, redisUrl: '' };
  return openPorts({ dataDir: '', connections, clock, onTrouble }, { queue, announcer });
}
