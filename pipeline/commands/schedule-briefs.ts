import { findDueBriefs } from '../domain/brief-schedule.ts';
import { createScheduledBrief } from './create-brief.ts';
import type { BriefPorts } from './gather-brief.ts';

/**
 * Makes the drafts that are due, each once a period, however often and by however many it is asked. A draft is all that the machine
 * makes: words and approval are people's (R12).
 * @returns the ids of those made now
 */
export async function scheduleBriefs(
  ports: BriefPorts & { onFailure?(key: string, error: unknown): void },
  signal?: AbortSignal,
): Promise<string[]> {
  const { stores, clock, calendar } = ports;
  const { briefs: templates } = await stores.settings.read();
  const setUpAt = (await stores.settings.listChanges()).at(-1)?.at;
  // Of a time before there was anything, nothing is told.
  const due = findDueBriefs(templates, clock.now(), await calendar.read()).filter(
    ({ period }) => setUpAt !== undefined && period.until > setUpAt,
  );
  if (due.length === 0) return [];
  const made = new Set(await stores.briefs.findScheduled(due.map(({ key }) => key)));
  const ids: string[] = [];
  for (const { kind, period, key } of due) {
    if (made.has(key)) continue;
    if (signal?.aborted === true) break;
    try {
      const recorded = await createScheduledBrief(kind, period, ports);
      if (recorded !== null) ids.push(recorded.brief.id);
    } catch (error) {
      // One that cannot be made keeps none of the others from being made.
      if (ports.onFailure === undefined) throw error;
      ports.onFailure(key, error);
    }
  }
  return ids;
}
