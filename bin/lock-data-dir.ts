import { makeDataDir } from '../pipeline/adapters/open-stores.ts';
import { acquireServiceLock } from '../pipeline/adapters/sqlite/service-lock.ts';

/**
 * Takes the data folder for this process.
 * @returns frees it
 * @throws Conflict when a service has it
 */
export function lockDataDir(dataDir: string): () => void {
  makeDataDir(dataDir);
  const lock = acquireServiceLock(dataDir);
  return () => lock.release();
}

/** Whoever holds the data folder holds its leases too, also those that a killed process before it has left behind. */
export const soleOwner = 'holder-of-the-data-folder';
