import { setImmediate } from 'node:timers/promises';
import { type BaselineSet, buildBaselines, type ChannelBaseline, type PostFact } from '../domain/baseline.ts';
import { Conflict } from '../domain/errors.ts';
import { bucketHour } from '../domain/time.ts';
import type { BaselineStore } from '../ports/baseline-store.ts';
import type { Clock } from '../ports/clock.ts';

/** Long enough for every hour of the week to come round eight times, short enough to follow the term. */
const weeks = 8;
const dayMs = 86_400_000;
const pageSize = 2000;
/** Of the latest posts; a school's channels have fewer in eight weeks. */
const mostFacts = 500_000;

interface MeasurePorts {
  stores: { baselines: BaselineStore };
  clock: Clock;
}

/**
 * Once a day, from numbers alone: no text is read. Judged posts keep the verdict that they have.
 * @returns the new version; null when the last one is not a day old, or somebody else has just measured
 */
export async function measureBaselines(
  { stores: { baselines }, clock }: MeasurePorts,
  signal?: AbortSignal,
): Promise<number | null> {
  const { version, builtAt } = await baselines.readVersion();
  const at = clock.now();
  if (builtAt !== null && Date.parse(at) - Date.parse(builtAt) < dayMs) return null;
  const channels: ChannelBaseline[] = [];
  for (const facts of (await readFacts(baselines, at, signal)).values()) {
    channels.push(...buildBaselines(facts));
    // Others have a turn between two channels.
    await setImmediate();
  }
  if (signal?.aborted === true) return null;
  try {
    return await baselines.save(channels, { expectedVersion: version, at });
  } catch (error) {
    if (error instanceof Conflict) return null;
    throw error;
  }
}

/** By channel. */
async function readFacts(
  store: BaselineStore,
  at: string,
  signal?: AbortSignal,
): Promise<Map<string, PostFact[]>> {
  const fromHour = bucketHour(new Date(Date.parse(at) - weeks * 7 * dayMs).toISOString());
  const facts = new Map<string, PostFact[]>();
  let read = 0;
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<BaselineStore['listFacts']>> = await store.listFacts({
      fromHour,
      cursor,
      limit: pageSize,
    });
    for (const fact of page.items) {
      const ofChannel = facts.get(fact.channelId);
      if (ofChannel === undefined) facts.set(fact.channelId, [fact]);
      else ofChannel.push(fact);
    }
    read += page.items.length;
    cursor = page.nextCursor;
  } while (cursor !== null && read < mostFacts && signal?.aborted !== true);
  return facts;
}

/** The newest set; read again only when its version has changed. */
export function openBaselines(store: BaselineStore): () => Promise<BaselineSet> {
  let current: BaselineSet | null = null;
  return async () => {
    const { version } = await store.readVersion();
    if (current?.version !== version) current = await store.read();
    return current;
  };
}
