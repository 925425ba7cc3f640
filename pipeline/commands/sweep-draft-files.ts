import { laterBy } from '../domain/time.ts';
import type { Ports } from '../ports/index.ts';

export interface SweepPorts {
  stores: Pick<Ports['stores'], 'draftFiles'>;
  blobs: Ports['blobs'];
  clock: Ports['clock'];
}

/** Long enough to come back to what was written yesterday: an upload is named by the next save. */
const looseForMs = 48 * 3_600_000;
const batchSize = 200;

/**
 * Erases files that no draft names: brought and never saved, written over since, or of a draft whose time has come (R8). Bytes go
 * first, so that what a cut leaves is found again.
 * @returns how many went
 */
export async function sweepDraftFiles(
  { stores, blobs, clock }: SweepPorts,
  signal?: AbortSignal,
): Promise<number> {
  let swept = 0;
  while (signal?.aborted !== true) {
    const before = laterBy(clock.now(), -looseForMs);
    const hashes = await stores.draftFiles.listLoose(before, batchSize);
    for (const hash of hashes) await blobs.delete('publication', hash);
    await stores.draftFiles.forgetLoose(hashes, before);
    swept += hashes.length;
    if (hashes.length < batchSize) break;
  }
  return swept;
}
