import { z } from 'zod';
import { dayBefore, shanghaiInstant } from '../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/index.ts';
import type { ReadingCount } from '../ports/oversight.ts';
import type { ReadRecord } from '../ports/read-log.ts';
import { type AuditReport, type VerifyAnchor, verifyAudit } from './verify-audit.ts';

export interface OverseePorts {
  stores: Pick<Stores, 'audit' | 'oversight' | 'settings'>;
  clock: Clock;
}

/** One person on one Shanghai day. */
export interface DayOfReading extends ReadingCount {
  day: string;
  /** Read many texts and acted on few: told to the independent reviewer, and nothing follows by itself (R23). */
  conspicuous: boolean;
}

const dayMs = 86_400_000;
const usualThreshold = 60;

const dayBounds = (day: string): { from: string; until: string } => {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const from = shanghaiInstant(year, month, date) ?? '';
  return { from, until: new Date(Date.parse(from) + dayMs).toISOString() };
};

/** The instants between which days of a Shanghai calendar lie. */
export function boundsOfDays({ fromDay, untilDay }: { fromDay?: string; untilDay?: string }) {
  return {
    ...(fromDay === undefined ? {} : { from: dayBounds(fromDay).from }),
    ...(untilDay === undefined ? {} : { until: dayBounds(untilDay).until }),
  };
}

/** Newest day first; within a day, who read most. @param days up to and with `lastDay` */
export async function countReading(
  { lastDay, days }: { lastDay: string; days: number },
  { stores }: OverseePorts,
): Promise<{ threshold: number; items: DayOfReading[] }> {
  const { governance } = await stores.settings.read();
  const threshold = governance?.manyReadsPerDay ?? usualThreshold;
  const items: DayOfReading[] = [];
  for (let back = 0; back < days; back += 1) {
    const day = dayBefore(lastDay, back);
    const { from, until } = dayBounds(day);
    for (const count of await stores.oversight.countReading(from, until)) {
      items.push({ day, ...count, conspicuous: count.texts - count.actions > threshold });
    }
  }
  return { threshold, items };
}

const mostInExport = 20_000;

/** All readings of a stretch, for the reviewer's own table. @returns at most 20,000, the newest */
export async function gatherReadings(
  query: { actorId?: string; from?: string; until?: string; purpose?: string },
  { stores }: OverseePorts,
): Promise<ReadRecord[]> {
  const all: ReadRecord[] = [];
  let cursor: string | null = null;
  do {
    const page = await stores.oversight.listReads({ ...query, cursor, limit: 200 });
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null && all.length < mostInExport);
  return all;
}

const verified = 'audit.verified';

/** What a verification found, short enough to be kept. */
const Verification = z.object({
  chains: z.number(),
  entries: z.number(),
  unlinkedTail: z.number(),
  breakCount: z.number(),
  breaks: z.array(
    z.object({
      chain: z.string(),
      seq: z.number().nullable(),
      entryId: z.string().nullable(),
      what: z.string(),
    }),
  ),
});
export type Verification = z.infer<typeof Verification> & { at: string; actorId: string | null };

const mostBreaksKept = 20;

function summarise({ chains, entries, breaks, unlinkedTail }: AuditReport): z.infer<typeof Verification> {
  return {
    ...{ chains, entries, unlinkedTail, breakCount: breaks.length },
    breaks: breaks.slice(0, mostBreaksKept),
  };
}

/** Walks all chains now; what was found is an entry of the audit log itself. */
export async function verifyLogs(
  actorId: string | null,
  { stores, clock, verify }: OverseePorts & { verify: VerifyAnchor },
): Promise<Verification> {
  const at = clock.now();
  const payload = summarise(await verifyAudit(stores.audit, { now: at, verify }));
  await stores.audit.append({
    ...{ id: clock.newId(), log: 'audit', at, actorId, action: verified, subject: 'logs', payload },
  });
  return { ...payload, at, actorId };
}

/** Null when nobody has verified yet, or long ago. */
export async function findLastVerification({ stores }: OverseePorts): Promise<Verification | null> {
  const found = await stores.oversight.findLastFact(verified);
  const payload = Verification.safeParse(found?.payload);
  return found === null || !payload.success
    ? null
    : { ...payload.data, at: found.at, actorId: found.actorId };
}
