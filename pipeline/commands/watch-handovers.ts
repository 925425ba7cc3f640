import type { Handover } from '../domain/handover.ts';
import { findNudge } from '../domain/handover-clock.ts';
import type { Nudge } from '../domain/handover-moves.ts';
import type { Ports, Stores } from '../ports/index.ts';

interface WatchPorts {
  stores: { handovers: Pick<Stores['handovers'], 'list' | 'find' | 'recordNudge'> };
  clock: Ports['clock'];
  calendar: Ports['calendar'];
}

export interface HandoverNews extends Pick<Nudge, 'kind' | 'level'> {
  number: string;
}

const pageSize = 200;
const mostLevels = 4;

/**
 * Reminds of slips that nobody has signed for, and tells of late ones, level by level: all of it stands on the slip, so that a restart
 * or a second keeper of the house tells nothing twice.
 * @returns what was told now
 */
export async function watchHandovers(ports: WatchPorts, signal?: AbortSignal): Promise<HandoverNews[]> {
  const now = ports.clock.now();
  const calendar = await ports.calendar.read();
  const news: HandoverNews[] = [];
  for (const filter of ['sent', 'received'] as const) {
    let cursor: string | null = null;
    do {
      if (signal?.aborted === true) return news;
      const query = { filter, units: 'all', now, until: now, cursor, limit: pageSize } as const;
      const page: { items: Handover[]; nextCursor: string | null } = await ports.stores.handovers.list(query);
      for (const slip of page.items) news.push(...(await watchOne(slip, ports, { now, calendar })));
      cursor = page.nextCursor;
    } while (cursor !== null);
  }
  return news;
}

async function watchOne(
  slip: Handover,
  { stores }: WatchPorts,
  { now, calendar }: { now: string; calendar: Parameters<typeof findNudge>[1] },
): Promise<HandoverNews[]> {
  const news: HandoverNews[] = [];
  let current: Handover | null = slip;
  for (let step = 0; step < mostLevels && current !== null; step += 1) {
    const nudge: Nudge | null = findNudge(current, calendar, now);
    if (nudge === null || !(await stores.handovers.recordNudge(nudge, now))) break;
    news.push({ number: slip.number, kind: nudge.kind, level: nudge.level });
    current = await stores.handovers.find(slip.id, { units: 'all' });
  }
  return news;
}
