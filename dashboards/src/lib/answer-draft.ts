import type { AnswerDetail, AnswerRequest } from '../../../review-api/contract/stock-answer.ts';
import { t } from '../i18n/t.ts';

/** A stock answer as it is being typed. */
export interface AnswerDraft {
  kind: AnswerRequest['kind'] | '';
  unitId: string;
  title: string;
  /** Words with blanks or commas between them. */
  words: string;
  topics: NonNullable<AnswerRequest['topics']>;
  channelKinds: NonNullable<AnswerRequest['channelKinds']>;
  body: string;
  shortBody: string;
  document: string;
  documentDate: string;
  link: string;
  validFrom: string;
  validUntil: string;
}
export type AnswerField = keyof AnswerDraft;

/** @param today YYYY-MM-DD; a year is the usual term */
export function emptyAnswer(today: string, unitId: string | null): AnswerDraft {
  const nextYear = `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`;
  return {
    ...{
      kind: '',
      unitId: unitId ?? '',
      title: '',
      words: '',
      topics: [],
      channelKinds: [],
      body: '',
      shortBody: '',
    },
    ...{ document: '', documentDate: today, link: '', validFrom: today },
    validUntil: nextYear.endsWith('02-29') ? nextYear.replace('02-29', '02-28') : nextYear,
  };
}

/** What a help text usually says, with blanks that have to be filled in before it can be approved. */
export const helpTemplate = t('answers.helpTemplateCare') + t('answers.helpTemplateUrgent');

export function draftOfAnswer({ kind, unit, versions: [newest] }: AnswerDetail): AnswerDraft | null {
  if (newest === undefined) return null;
  const { title, words, topics, channelKinds, body, shortBody, source, validFrom, validUntil } = newest;
  return {
    ...{ kind, unitId: unit.id, title, words: words.join(' '), topics, channelKinds, body },
    ...{ shortBody: shortBody ?? '', validFrom, validUntil },
    ...{ document: source.document, documentDate: source.date, link: source.link ?? '' },
  };
}

const required: readonly (readonly [AnswerField, string])[] = [
  ['kind', t('answers.chooseKind')],
  ['unitId', t('answers.chooseOwner')],
  ['title', t('answers.writeTitle')],
  ['body', t('answers.writeBody')],
  ['document', t('answers.nameSource')],
  ['documentDate', t('answers.fillSourceDate')],
  ['validFrom', t('answers.fillValidFrom')],
  ['validUntil', t('answers.fillValidUntil')],
];

type Body = Omit<AnswerRequest, 'commandId' | 'id' | 'revision'>;

/** What is sent, or the first field that still wants something. */
export function readAnswer(draft: AnswerDraft): { body: Body } | { field: AnswerField; failure: string } {
  const missing = required.find(([field]) => String(draft[field]).trim() === '');
  if (missing !== undefined || draft.kind === '') {
    return { field: missing?.[0] ?? 'kind', failure: missing?.[1] ?? t('answers.chooseKind') };
  }
  const { kind, unitId, title, words, topics, channelKinds, body, shortBody, validFrom, validUntil } = draft;
  return {
    body: {
      ...{
        kind,
        unitId,
        title: title.trim(),
        topics,
        channelKinds,
        body: body.trim(),
        validFrom,
        validUntil,
      },
      words: [...new Set(words.split(/[\s,，、;；]+/).filter((word) => word !== ''))],
      shortBody: shortBody.trim() === '' ? null : shortBody.trim(),
      source: {
        ...{ document: draft.document.trim(), date: draft.documentDate },
        link: draft.link.trim() === '' ? null : draft.link.trim(),
      },
    },
  };
}

/** A field of the answer's own names, where the API names one of its. */
export function fieldOfAnswer(apiField: string): AnswerField | null {
  const nested: Record<string, AnswerField> = {
    'source.document': 'document',
    'source.date': 'documentDate',
    'source.link': 'link',
  };
  const [first = ''] = apiField.split('.');
  const known = nested[apiField] ?? first;
  const fields: readonly string[] = Object.keys(emptyAnswer('2026-01-01', null));
  return fields.includes(known) ? (known as AnswerField) : null;
}
