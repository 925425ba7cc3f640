import type { AnswerDetail, AnswerRequest } from '../../../review-api/contract/stock-answer.ts';

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
export const helpTemplate =
  '看到你的留言，我们很在意你。现在就可以拨打【请填写心理援助热线号码】；也可以到【请填写心理中心地点和时间】，有老师在。' +
  '需要有人马上到你身边，请拨打校园 24 小时值守电话【请填写值守电话号码】。';

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
  ['kind', '请选择类别。'],
  ['unitId', '请选择负责单位。'],
  ['title', '请写标题。'],
  ['body', '请写正文。'],
  ['document', '请写明依据的文件或来源。'],
  ['documentDate', '请填依据的日期。'],
  ['validFrom', '请填生效日期。'],
  ['validUntil', '请填失效日期。'],
];

type Body = Omit<AnswerRequest, 'commandId' | 'id' | 'revision'>;

/** What is sent, or the first field that still wants something. */
export function readAnswer(draft: AnswerDraft): { body: Body } | { field: AnswerField; failure: string } {
  const missing = required.find(([field]) => String(draft[field]).trim() === '');
  if (missing !== undefined || draft.kind === '') {
    return { field: missing?.[0] ?? 'kind', failure: missing?.[1] ?? '请选择类别。' };
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
