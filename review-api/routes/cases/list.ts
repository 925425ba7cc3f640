import { listCases as list } from '../../../pipeline/commands/list-cases.ts';
import { getReader, type Handler } from '../../http/call.ts';
import { presentCaseSummary } from '../../present/case-summary.ts';
import { rememberNames } from '../../present/directory.ts';
import { presentExcerpt } from '../../present/excerpt.ts';
import { readFindRequest } from '../desk/facets.ts';

export const listCases: Handler<'listCases'> = async (call) => {
  const { sort, limit, cursor = null, ...asked } = call.query;
  const request = await readFindRequest(asked, call.deps);
  // What is due is read in that order, unless another one is asked for.
  const order = sort ?? (asked.due === undefined ? 'risk' : 'deadline');
  const reader = getReader(call);
  const page = await list({ ...request, sort: order, limit, cursor }, reader, call.deps);
  const deps = { ...call.deps, directory: rememberNames(call.deps.directory) };
  const items = await Promise.all(
    page.items.map(({ excerpt, ...one }) =>
      presentCaseSummary({ ...one, excerpt: presentExcerpt(excerpt) }, reader.actor.id, deps),
    ),
  );
  return { items, nextCursor: page.nextCursor };
};
