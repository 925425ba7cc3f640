import {
  arrangeFilters as arrange,
  listFilters as list,
  removeFilter as remove,
  saveFilter as save,
} from '../../../pipeline/commands/saved-filters.ts';
import { leadChannel } from '../../../pipeline/domain/lead.ts';
import type { SavedFilter } from '../../../pipeline/domain/saved-filter.ts';
import type { Settings } from '../../../pipeline/domain/settings.ts';
import type { SavedFilters } from '../../contract/case-filter.ts';
import { type Call, getReader, type Handler } from '../../http/call.ts';

/** Ids that the register, or the list of units, has no more. */
function findStale({ filter }: SavedFilter, { channels, units }: Settings): string[] {
  const known = new Set([leadChannel.id, ...channels.map(({ id }) => id)]);
  const knownUnits = new Set(units.map(({ id }) => id));
  return [
    ...(filter.channelIds ?? []).filter((id) => !known.has(id)),
    ...(filter.unitIds ?? []).filter((id) => !knownUnits.has(id)),
  ];
}

async function present(call: Pick<Call, 'signedIn' | 'rights' | 'action' | 'deps'>): Promise<SavedFilters> {
  const kept = await list(getReader(call), call.deps);
  const settings = await call.deps.directory.settings();
  const view = (saved: SavedFilter) => ({ ...saved, stale: findStale(saved, settings) });
  return { own: kept.own.map(view), shared: kept.shared.map(view), mayShare: kept.mayShare };
}

export const listFilters: Handler<'listFilters'> = (call) => present(call);

export const saveFilter: Handler<'saveFilter'> = async (call) => {
  const { shared, ...saved } = call.body;
  await save({ ...saved, name: saved.name.trim() }, { ...getReader(call), shared }, call.deps);
  return present(call);
};

export const arrangeFilters: Handler<'arrangeFilters'> = async (call) => {
  const { shared, ids } = call.body;
  await arrange(ids, { ...getReader(call), shared }, call.deps);
  return present(call);
};

export const removeFilter: Handler<'removeFilter'> = async (call) => {
  await remove(call.params.id, { ...getReader(call), shared: call.query.shared }, call.deps);
  return null;
};
