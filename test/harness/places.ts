import { join } from 'node:path';
import { FileBlobStore } from '../../pipeline/adapters/files/blob-store.ts';
import { openStores } from '../../pipeline/adapters/open-stores.ts';
import type { BlobStore } from '../../pipeline/ports/blob-store.ts';
import type { Clock } from '../../pipeline/ports/clock.ts';
import type { Stores } from '../../pipeline/ports/index.ts';

/** Where the data of a set-up lies. Plain JSON, so that a test can tell it to a process that it starts. */
export type Place =
  | { setUp: 'embedded'; dataDir: string }
  | { setUp: 'scaled'; mongoUri: string; database: string };

export interface OpenedPlace {
  stores: Stores;
  blobs: BlobStore;
  close(): Promise<void>;
}

export async function openPlace(place: Place, clock: Clock): Promise<OpenedPlace> {
  if (place.setUp === 'scaled') throw new Error('not yet');
  const stores = openStores(place.dataDir, clock);
  const blobs = await FileBlobStore.open(join(place.dataDir, 'blobs'));
  return { stores, blobs, close: () => stores.close() };
}
