import type { Brief, BriefKind, BriefPeriod, BriefSubject } from '../domain/brief.ts';
import { periodKey } from '../domain/brief-period.ts';
import type { Stores } from '../ports/index.ts';

const pageSize = 200;

/** A morning brief is that of its day, to whatever hour it looked. */
const keyOf = (kind: BriefKind, period: BriefPeriod): string =>
  kind === 'special' ? `${period.fromDay}/${period.toDay}` : periodKey(kind, period);

const isAbout = (one: BriefSubject | null, other: BriefSubject | null): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** The approved issue of a period, and of what it is about; the newest, where there are several. Null for none. */
export async function findIssue(
  wish: { kind: BriefKind; period: BriefPeriod; subject: BriefSubject | null },
  { briefs }: Pick<Stores, 'briefs'>,
): Promise<Brief | null> {
  const key = keyOf(wish.kind, wish.period);
  let cursor: string | null = null;
  do {
    const page = await briefs.list({ states: ['approved'], kinds: [wish.kind], cursor, limit: pageSize });
    for (const line of page.items) {
      if (keyOf(line.kind, line.period) !== key) continue;
      const brief = await briefs.find(line.id);
      if (brief !== null && isAbout(brief.facts.subject, wish.subject)) return brief;
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
  return null;
}
