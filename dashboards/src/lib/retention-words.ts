import type { KeptPart, Retention } from '../../../review-api/contract/administration.ts';
import { t } from '../i18n/t.ts';

type Term = Retention['terms'][number]['term'];
type Count = NonNullable<Retention['counts']>['parts'][number];

const partLabels: Record<KeptPart, string> = {
  comment: t('admin.keptComment'),
  noise: t('admin.keptNoise'),
  'own-article': t('admin.keptOwnArticle'),
  'raw-page': t('admin.keptRawPage'),
  note: t('admin.keptNote'),
  written: t('admin.keptWritten'),
  case: t('admin.keptCase'),
  record: t('admin.keptCase'),
  publication: t('admin.keptPublication'),
  audit: t('admin.keptAudit'),
  'audit-note': t('admin.keptAudit'),
};

/** In this order; each with the class whose term it has, null where each kind of them has its own. */
const order: readonly [KeptPart, Retention['terms'][number]['retention'] | null][] = [
  ['comment', 'comment'],
  ['note', 'comment'],
  ['noise', 'noise'],
  ['raw-page', 'raw-page'],
  ['own-article', 'own-article'],
  ['written', null],
  ['case', 'record'],
  ['publication', 'publication'],
  ['audit-note', 'audit'],
];
/** They lie beside the store, and are not counted. */
const uncounted: readonly KeptPart[] = ['raw-page'];

export interface RetentionLine {
  key: KeptPart;
  name: string;
  term: Term | null;
  /** Null where nobody counts. */
  count: Pick<Count, 'kept' | 'overdue' | 'due' | 'nextAt'> | null;
}

/** Terms and counts in one table; a part that is counted and of which there is nothing stands there with none. */
export function joinRetention({ terms, counts }: Pick<Retention, 'terms' | 'counts'>): RetentionLine[] {
  return order.map(([key, retention]) => ({
    key,
    name: partLabels[key],
    term: terms.find((one) => one.retention === retention)?.term ?? null,
    count: uncounted.includes(key)
      ? null
      : (counts?.parts.find(({ part }) => part === key) ?? { kept: 0, overdue: 0, due: 0, nextAt: null }),
  }));
}

export function describeTerm(term: Term | null): string {
  if (term === null) return t('admin.termVaries');
  if ('days' in term) return t('admin.termDays', { n: term.days });
  if ('months' in term) return t('admin.termMonths', { n: term.months });
  return t('admin.termWhileLive', { n: term.monthsAfterTakenDown });
}

/** What a purge erased, by the names of its counts. */
export const purgeCountLabels: Readonly<Record<string, string>> = {
  texts: t('admin.purgedTexts'),
  notes: t('admin.purgedNotes'),
  records: t('admin.purgedRecords'),
  auditPayloads: t('admin.purgedAudit'),
  cases: t('admin.purgedCases'),
  snapshots: t('admin.purgedSnapshots'),
  draftFiles: t('admin.purgedFiles'),
  checkAnswers: t('admin.purgedCheckAnswers'),
};
