import type { LeadFacts, LeadRequest } from '../../../review-api/contract/lead.ts';
import { t } from '../i18n/t.ts';

export type LeadSource = LeadFacts['source'];

/** What stands in the form: times as a date-time field has them, on a Shanghai clock. */
export interface LeadDraft {
  source: LeadSource | '';
  documentNumber: string;
  receivedAt: string;
  deadline: string;
  summary: string;
  link: string;
}

export const leadSourceLabels: Record<LeadSource, string> = {
  'superior-letter': t('leads.sourceSuperior'),
  'hotline-12345': t('leads.sourceHotline'),
  'president-mailbox': t('leads.sourcePresidentBox'),
  'visit-or-call': t('leads.sourceLetterCall'),
  'forwarded-link': t('leads.sourceForwardedLink'),
  'media-inquiry': t('leads.sourceMedia'),
  other: t('app.other'),
};

const shanghaiOffsetMs = 8 * 3_600_000;

/** `2026-11-25T17:00` on a Shanghai clock, for a date-time field. */
export function toLocalField(instant: string): string {
  return new Date(Date.parse(instant) + shanghaiOffsetMs).toISOString().slice(0, 16);
}

/** The instant, ISO UTC; null for an empty field or one that is no time. */
export function fromLocalField(local: string): string | null {
  const ms = Date.parse(`${local}:00+08:00`);
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(local) && Number.isFinite(ms) ? new Date(ms).toISOString() : null;
}

export function emptyDraft(now: string): LeadDraft {
  return {
    source: '',
    documentNumber: '',
    receivedAt: toLocalField(now),
    deadline: '',
    summary: '',
    link: '',
  };
}

/** Of a lead that stands: what a change begins with. */
export function draftOf(facts: LeadFacts, text: { summary: string; link: string }): LeadDraft {
  const { source, documentNumber, deadline, receivedAt } = facts;
  return {
    ...{ source, ...text, receivedAt: toLocalField(receivedAt) },
    documentNumber: documentNumber ?? '',
    deadline: deadline === null ? '' : toLocalField(deadline),
  };
}

export type LeadField = keyof LeadDraft;
type LeadBody = Omit<LeadRequest, 'commandId'>;

/** As the server has it. The field itself cuts nothing off: what is pasted would lose its end unseen. */
const longestSummary = 2000;

/** What is missing before anything is sent; the rest the server says, at the field. */
export function readDraft(draft: LeadDraft): { body: LeadBody } | { field: LeadField; failure: string } {
  const receivedAt = fromLocalField(draft.receivedAt);
  const deadline = fromLocalField(draft.deadline);
  if (draft.source === '') return { field: 'source', failure: t('leads.chooseSource') };
  if (receivedAt === null) return { field: 'receivedAt', failure: t('leads.receivedMissing') };
  if (draft.deadline !== '' && deadline === null)
    return { field: 'deadline', failure: t('leads.deadlineIncomplete') };
  if (draft.summary.trim().length < 5) return { field: 'summary', failure: t('leads.summaryTooShort') };
  const over = draft.summary.trim().length - longestSummary;
  if (over > 0) return { field: 'summary', failure: t('leads.summaryTooLong', { longestSummary, over }) };
  const textOrNull = (text: string) => (text.trim() === '' ? null : text.trim());
  return {
    body: {
      ...{ source: draft.source, receivedAt, deadline },
      documentNumber: textOrNull(draft.documentNumber),
      summary: draft.summary.trim(),
      link: textOrNull(draft.link),
    },
  };
}
