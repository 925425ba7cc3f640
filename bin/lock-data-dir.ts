import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Config } from '../config/config.ts';
import { makeDataDir } from '../pipeline/adapters/open-stores.ts';
import { acquireServiceLock } from '../pipeline/adapters/sqlite/service-lock.ts';

/**
 * Takes the data folder for this process. In the scaled set-up there is none: leases say who does what.
 * @returns frees it
 * @throws Conflict when a service has it
 */
export function lockDataDir({ setUp, dataDir }: Pick<Config, 'setUp' | 'dataDir'>): () => void {
  if (setUp === 'scaled') return () => {};
  makeDataDir(dataDir);
  const lock = acquireServiceLock(dataDir);
  return () => lock.release();
}

/** Whoever holds the data folder holds its leases too, also those that a killed process before it has left behind. */
const soleOwner = 'holder-of-the-data-folder';

const thisProcess = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;

/** The name of this process in the leases. */
export function leaseOwner({ setUp }: Pick<Config, 'setUp'>): string {
  return setUp === 'scaled' ? thisProcess : soleOwner;
}
