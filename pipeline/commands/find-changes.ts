import type { CaseEvent } from '../domain/case.ts';
import type { Rights } from '../domain/role.ts';
import type { Stores } from '../ports/index.ts';

/** What has happened to a case since a person saw it, as far as that person may know. */
export type CaseChanges =
  | { kind: 'changed'; version: number; events: CaseEvent[] }
  /** It is with those on duty now, and nothing else is said of it. */
  | { kind: 'referred'; referredAt: string };

/** Of many only the last. */
const mostShown = 20;

/** Null where nothing has, where there is no such case, and where the person had no business with the version named. */
export async function findChanges(
  seen: { caseId: string; version: number },
  rights: Rights,
  { cases }: Pick<Stores, 'cases'>,
): Promise<CaseChanges | null> {
  const found = await cases.findCase(seen.caseId, rights);
  if (found === null) {
    const referral = await cases.findReferral(seen.caseId);
    return referral === null ? null : { kind: 'referred', ...referral };
  }
  const events = await cases.listEvents(found.id, rights);
  const since = events.filter(({ caseVersion }) => caseVersion > seen.version);
  const stoodIn = since[0]?.before.queues ?? [];
  if (!stoodIn.some((queue) => rights.queues.includes(queue))) return null;
  // Notes may quote: they are read where the case is opened, and the reading is logged.
  const told = since.slice(-mostShown).map(({ note, ...event }) => event);
  return { kind: 'changed', version: found.version, events: told };
}
