import type { Ports } from '../ports/index.ts';
import type { Readings } from '../ports/metrics.ts';
import { askInTime } from './ask-in-time.ts';

export interface WatchPorts {
  stores: Pick<Ports['stores'], 'settings' | 'outbox' | 'audit' | 'ledger' | 'rollups'>;
  queue: Pick<Ports['queue'], 'counts'>;
}

const mostGaps = 10_000;
const mostChanges = 10_000;

/** The topics of the queue; each has its numbers. */
const watchedTopics = ['judge'] as const;

export type PartName = 'store' | 'queue';

/** @returns the parts that do not answer within two seconds; none when all is well */
export async function findSilentParts({ stores, queue }: WatchPorts): Promise<PartName[]> {
  const asks: [PartName, () => Promise<unknown>][] = [
    ['store', () => stores.settings.readVersion()],
    ['queue', () => queue.counts(watchedTopics[0])],
  ];
  const answers = await Promise.all(asks.map(([, ask]) => askInTime(ask)));
  return asks.flatMap(([name], index) => (answers[index] === null ? [name] : []));
}

/** What is waiting where, as far as it can be had within two seconds. */
export async function takeReadings({ stores, queue }: WatchPorts): Promise<Readings> {
  const [outboxWaiting, audit, read, settingsVersion, gaps, rollupsWaiting, ...counts] = await Promise.all([
    askInTime(() => stores.outbox.countWaiting()),
    askInTime(() => stores.audit.countUnlinked('audit')),
    askInTime(() => stores.audit.countUnlinked('read')),
    askInTime(() => stores.settings.readVersion()),
    askInTime(() => stores.ledger.listGaps(null, 'open', mostGaps)),
    askInTime(() => stores.rollups.countWaiting(mostChanges)),
    ...watchedTopics.map((topic) => askInTime(() => queue.counts(topic))),
  ]);
  const queues = Object.fromEntries(watchedTopics.map((topic, index) => [topic, counts[index] ?? null]));
  const gapsOpen = gaps === null ? null : countByChannel(gaps);
  return { queues, outboxWaiting, unlinked: { audit, read }, settingsVersion, rollupsWaiting, gapsOpen };
}

function countByChannel(gaps: readonly { channelId: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { channelId } of gaps) counts[channelId] = (counts[channelId] ?? 0) + 1;
  return counts;
}
