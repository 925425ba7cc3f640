import type { Brief, BriefKind, BriefPeriod, BriefSubject } from '../domain/brief.ts';
import { periodKey } from '../domain/brief-period.ts';
import type { Stores } from '../ports/index.ts';

const pageSize = 200;

/** To whatever hour a morning or a special one looked. */
const keyOf = (kind: BriefKind, period: BriefPeriod): string =>
  kind === 'special' ? `${period.fromDay}/${period.toDay}` : periodKey(kind, period);

const isAbout = (one: BriefSubject | null, other: BriefSubject | null): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** The issue in force of a period, and of what it is about; of special ones of one day, approved one after the other, the newest. Null for none. */
export async function findIssue(
  wish: { kind: BriefKind; period: BriefPeriod; subject: BriefSubject | null },
  { briefs }: Pick<Stores, 'briefs'>,
): Promise<Brief | null> {
  const key = keyOf(wish.kind, wish.period);
  let newest: Brief | null = null;
  let cursor: string | null = null;
  do {
    const page = await briefs.list({ states: ['approved'], kinds: [wish.kind], cursor, limit: pageSize });
    for (const line of page.items) {
      if (keyOf(line.kind, line.period) !== key) continue;
      if (newest !== null && (line.approvedAt ?? '') <= (newest.approvedAt ?? '')) continue;
      const brief = await briefs.find(line.id);
      if (brief !== null && isAbout(brief.facts.subject, wish.subject)) newest = brief;
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
  return newest;
}
