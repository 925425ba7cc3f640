import { countFacets as count } from '../../../pipeline/commands/list-cases.ts';
import { type FacetKind, statesOf } from '../../../pipeline/domain/case-filter.ts';
import { laterBy } from '../../../pipeline/domain/time.ts';
import { type FacetQuery, filterOf } from '../../contract/case-filter.ts';
import type { RouteDeps } from '../../http/call.ts';
import { getReader, type Handler } from '../../http/call.ts';

const nearMs = 3 * 86_400_000;

/** What a person asks of a queue, for the list and for the counts beside it. */
export async function readFindRequest(query: FacetQuery, { clock, tokenise }: RouteDeps) {
  const now = clock.now();
  const { queue, state, due: kind, words } = query;
  const due = kind === undefined ? {} : { due: { kind, now, until: laterBy(now, nearMs) } };
  const cut = words === undefined ? [] : await tokenise(words);
  return {
    ...{ queue, states: statesOf(state), filter: filterOf(query), ...due },
    words: cut.filter((word) => word.trim() !== ''),
  };
}

export const countFacets: Handler<'countFacets'> = async (call) => {
  const { deps } = call;
  const request = await readFindRequest(call.query, deps);
  const { total, complete, counts } = await count(request, getReader(call), deps);
  const settings = await deps.directory.settings();
  const of = (kind: FacetKind, nameOf: (value: string) => string | null = () => null) =>
    Object.entries(counts)
      .flatMap(([tag, number]) => {
        const [ofKind, ...rest] = tag.split(':');
        const value = rest.join(':');
        return ofKind === kind ? [{ value, name: nameOf(value), count: number }] : [];
      })
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  return {
    ...{ total, complete },
    channels: of('channel', (id) => deps.directory.channel(settings, id).name),
    kinds: of('kind'),
    categories: of('category'),
    serviceKinds: of('service'),
    topics: of('topic'),
    levels: of('level'),
    units: of('unit', (id) => deps.directory.unit(settings, id).name),
    labels: of('label'),
    withDeadline: counts['deadline:yes'] ?? 0,
    edited: counts['edited:yes'] ?? 0,
  };
};
