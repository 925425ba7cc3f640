import type { CheckResult } from '../domain/check.ts';
import type { Draft } from '../domain/draft.ts';
import { countDraftFigures, type DraftFigures, type DraftRecord } from '../domain/draft-statistics.ts';
import type { DraftMover } from '../domain/draft-steps.ts';
import { InvalidInput } from '../domain/errors.ts';
import { rightsOf } from '../domain/role.ts';
import { shanghaiDay } from '../domain/time.ts';
import type { Ports, Stores } from '../ports/index.ts';

export interface StatisticsPorts {
  stores: Pick<Stores, 'drafts'>;
  clock: Ports['clock'];
}

const pageSize = 200;

async function* listChangedSince(
  day: string,
  mover: DraftMover,
  { stores, clock }: StatisticsPorts,
): AsyncGenerator<Draft> {
  const { units } = rightsOf(mover.appointments, 'draft.statistics');
  const asked = { units, personIds: [], filter: 'all' as const, mover, now: clock.now(), words: null };
  for (let cursor: string | null = null; ; ) {
    const page = await stores.drafts.list({ ...asked, cursor, limit: pageSize });
    for (const draft of page.items) {
      // Last changed first: nothing before it was touched in those days.
      if (shanghaiDay(draft.changedAt) < day) return;
      yield draft;
    }
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
  }
}

async function readRecord(draft: Draft, { stores }: StatisticsPorts): Promise<DraftRecord> {
  const reports = new Map<number, CheckResult>();
  for (let round = 1; round <= draft.round; round += 1) {
    const report = await stores.drafts.findReport(draft.id, round);
    if (report !== null) reports.set(round, report);
  }
  return { draft, events: await stores.drafts.listEvents(draft.id), reports };
}

/** Of the units that a person may see. @throws InvalidInput */
export async function readDraftStatistics(
  range: { from: string; until: string },
  mover: DraftMover,
  ports: StatisticsPorts,
): Promise<DraftFigures> {
  if (range.until < range.from) throw new InvalidInput('until', '结束日期不能早于开始日期。');
  const records: DraftRecord[] = [];
  for await (const draft of listChangedSince(range.from, mover, ports))
    if (draft.round > 0) records.push(await readRecord(draft, ports));
  return countDraftFigures(records, range);
}
