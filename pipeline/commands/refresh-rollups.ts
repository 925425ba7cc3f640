import { setImmediate } from 'node:timers/promises';
import { rollupLayout } from '../domain/rollup.ts';
import type { RollupStore } from '../ports/rollup-store.ts';

/** So many that a batch pays for reading and writing its days, so few that nobody waits for it. */
const changesAtOnce = 200;

/**
 * Counts everything that has changed, batch by batch; a process that is killed in one loses nothing. Where the program makes facts
 * otherwise than those that are stored, all of them are counted anew first.
 * @returns how many changes it looked at
 */
export async function refreshRollups(
  { stores: { rollups } }: { stores: { rollups: RollupStore } },
  signal?: AbortSignal,
): Promise<number> {
  if ((await rollups.readLayout()) < rollupLayout) await rollups.noteAll(rollupLayout);
  let looked = 0;
  while (signal?.aborted !== true) {
    const more = await rollups.refresh(changesAtOnce);
    if (more === 0) break;
    looked += more;
    // Others have a turn between two batches.
    await setImmediate();
  }
  return looked;
}
