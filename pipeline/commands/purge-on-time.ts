import { z } from 'zod';
import type { Stores } from '../ports/index.ts';
import { type PurgePorts, purgeExpired } from './purge-expired.ts';

export interface TimedPurgePorts extends Omit<PurgePorts, 'stores'> {
  stores: PurgePorts['stores'] & Pick<Stores, 'audit'>;
}

const purged = 'retention.purged';

/** What a purge erased, by kind. */
export const PurgeCounts = z.object({
  texts: z.number(),
  notes: z.number(),
  records: z.number(),
  auditPayloads: z.number(),
  cases: z.number(),
  snapshots: z.number(),
  draftFiles: z.number(),
  checkAnswers: z.number(),
});
export type PurgeCounts = z.infer<typeof PurgeCounts>;

/** The purge that comes by itself. One that erased anything is an entry of the audit log: how much, and nothing of what. */
export async function purgeOnTime(ports: TimedPurgePorts, signal?: AbortSignal): Promise<PurgeCounts> {
  const counts = PurgeCounts.parse(await purgeExpired(ports, signal));
  if (Object.values(counts).every((count) => count === 0)) return counts;
  await ports.stores.audit.append({
    ...{ id: ports.clock.newId(), log: 'audit', at: ports.clock.now(), actorId: null },
    ...{ action: purged, subject: 'store', payload: counts },
  });
  return counts;
}

/** Of the last purge that erased anything; null when none has, or long ago. */
export async function findLastPurge({
  stores,
}: {
  stores: Pick<Stores, 'oversight'>;
}): Promise<{ at: string; counts: PurgeCounts } | null> {
  const found = await stores.oversight.findLastFact(purged);
  const counts = PurgeCounts.safeParse(found?.payload);
  return found === null || !counts.success ? null : { at: found.at, counts: counts.data };
}
