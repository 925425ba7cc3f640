import { filterOf } from '../../../review-api/contract/case-filter.ts';
import { CaseListQuery } from '../../../review-api/contract/case-summary.ts';
import { type CaseFilter, type CaseSort, toQuery } from './case-filter.ts';
import type { QueueName } from './codes.ts';

/** What a list asks for and a colleague may be sent. The words looked for are none of it: they may quote somebody. */
export interface SentQuestion {
  filter: CaseFilter;
  state: CaseListQuery['state'];
  due: NonNullable<CaseListQuery['due']> | 'any';
  sort: CaseSort;
}

/** Only what differs from an untouched list. */
export function formatQuestion({ filter, state, due, sort }: SentQuestion): Record<string, string> {
  return {
    ...(state === 'undecided' ? {} : { state }),
    ...(due === 'any' ? {} : { due }),
    ...(sort === 'risk' ? {} : { sort }),
    ...toQuery(filter),
  };
}

/** What is not understood, of an old address or one typed by hand, is left out. */
export function parseQuestion(queue: QueueName, raw: Readonly<Record<string, unknown>>): SentQuestion {
  const known: Record<string, string> = {};
  for (const [name, value] of Object.entries(raw)) {
    if (typeof value !== 'string' || !(name in CaseListQuery.shape) || left.has(name)) continue;
    if (CaseListQuery.safeParse({ queue, [name]: value }).success) known[name] = value;
  }
  const {
    sort = 'risk',
    cursor: _cursor,
    limit: _limit,
    ...asked
  } = CaseListQuery.parse({ queue, ...known });
  return { filter: filterOf(asked), state: asked.state, due: asked.due ?? 'any', sort };
}
const left = new Set(['queue', 'words', 'cursor', 'limit']);
