import { z } from 'zod';

/**
 * How long a text may be kept (rule R8). `own-article` lives as long as the article is on line, and three years more;
 * `raw-page` is an unknown page kept for its keeper; `record` is the de-identified case record; `publication` is a draft with its
 * files and its review, from when it is closed.
 */
export const RetentionClass = z.enum([
  'comment',
  'noise',
  'own-article',
  'raw-page',
  'record',
  'publication',
  'audit',
]);
export type RetentionClass = z.infer<typeof RetentionClass>;

type Term = { days: number } | { months: number } | 'while-live';

const terms: Record<RetentionClass, Term> = {
  comment: { days: 90 },
  noise: { days: 7 },
  'own-article': 'while-live',
  'raw-page': { days: 30 },
  record: { months: 36 },
  publication: { months: 36 },
  audit: { months: 12 },
};

export const monthsAfterTakenDown = 36;

export function findTerm(retention: RetentionClass): Term {
  return terms[retention];
}

/** As the public notice tells it (R14). */
export function describeTerm(retention: RetentionClass): string {
  const term = terms[retention];
  if (term === 'while-live') return `在线期间，下线后再保存 ${monthsAfterTakenDown} 个月`;
  return 'months' in term ? `${term.months} 个月` : `${term.days} 天`;
}

/** Calendar months, never 30 days each; the end of a month stays the end of a month. */
function addMonths(from: Date, months: number): Date {
  const to = new Date(from);
  const day = to.getUTCDate();
  to.setUTCDate(1);
  to.setUTCMonth(to.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate();
  to.setUTCDate(Math.min(day, lastDay));
  return to;
}

/**
 * The instant from which a text of this class must be gone, as ISO UTC; null while nothing has started its clock.
 * @param storedAt when the text was gathered, ISO UTC
 * @param takenDownAt when an own article was found to be gone from the site, if it was
 */
export function expiresAt(
  retention: RetentionClass,
  storedAt: string,
  takenDownAt: string | null = null,
): string | null {
  const term = terms[retention];
  if (term === 'while-live') {
    return takenDownAt === null ? null : addMonths(new Date(takenDownAt), monthsAfterTakenDown).toISOString();
  }
  if ('months' in term) return addMonths(new Date(storedAt), term.months).toISOString();
  return new Date(Date.parse(storedAt) + term.days * 86_400_000).toISOString();
}
