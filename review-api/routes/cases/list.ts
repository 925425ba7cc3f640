import { listCases as list } from '../../../pipeline/commands/list-cases.ts';
import type { CaseState } from '../../../pipeline/domain/case.ts';
import { laterBy } from '../../../pipeline/domain/time.ts';
import { getReader, type Handler } from '../../http/call.ts';
import { presentCaseSummary } from '../../present/case-summary.ts';
import { presentExcerpt } from '../../present/excerpt.ts';

const nearMs = 3 * 86_400_000;

export const listCases: Handler<'listCases'> = async (call) => {
  const { queue, state, due: kind, limit, cursor = null } = call.query;
  const now = call.deps.clock.now();
  const due = kind === undefined ? {} : { due: { kind, now, until: laterBy(now, nearMs) } };
  const reader = getReader(call);
  const states: readonly CaseState[] = state === 'undecided' ? ['open', 'reopened'] : [state];
  const page = await list({ queue, states, limit, cursor, ...due }, reader, call.deps);
  const items = await Promise.all(
    page.items.map(({ excerpt, ...one }) =>
      presentCaseSummary({ ...one, excerpt: presentExcerpt(excerpt) }, reader.actor.id, call.deps),
    ),
  );
  return { items, nextCursor: page.nextCursor };
};
