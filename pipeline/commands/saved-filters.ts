import type { Actor } from '../domain/case.ts';
import { Conflict, InvalidInput, NotPermitted } from '../domain/errors.ts';
import { type Rights, rightsFor } from '../domain/role.ts';
import {
  dropFilter,
  officeOwner,
  orderFilters,
  putFilter,
  type SavedFilter,
} from '../domain/saved-filter.ts';
import type { Ports, Stores } from '../ports/index.ts';

interface FilterPorts {
  stores: Pick<Stores, 'filters'>;
  clock: Ports['clock'];
}
type Reader = { actor: Actor; rights: Rights };

/** The director keeps those of the office, as the rules of routing. */
function mayShare({ roles }: Actor): boolean {
  return rightsFor(roles, 'routing.edit').permitted;
}

const triesAtMost = 5;

/** @throws what `change` throws; Conflict when others were faster every time */
async function changeList(
  owner: string,
  { stores, clock }: FilterPorts,
  change: (filters: readonly SavedFilter[]) => SavedFilter[],
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const { filters, version } = await stores.filters.read(owner);
    try {
      await stores.filters.save(owner, change(filters), { expectedVersion: version, at: clock.now() });
      return;
    } catch (error) {
      if (!(error instanceof Conflict) || tries === triesAtMost) throw error;
    }
  }
}

export interface KeptFilters {
  own: SavedFilter[];
  /** The office's, for everybody of the queue. */
  shared: SavedFilter[];
  mayShare: boolean;
}

/** Of one's own queues only: that another queue is filtered for something is nobody else's business (R19). */
export async function listFilters({ actor, rights }: Reader, { stores }: FilterPorts): Promise<KeptFilters> {
  const visible = ({ queue }: SavedFilter) => rights.queues.includes(queue);
  const own = await stores.filters.read(actor.id);
  const shared = await stores.filters.read(officeOwner);
  return {
    own: own.filters.filter(visible),
    shared: shared.filters.filter(visible),
    mayShare: mayShare(actor),
  };
}

function ownerOf(shared: boolean, actor: Actor): string {
  if (!shared) return actor.id;
  if (!mayShare(actor)) throw new NotPermitted('全办共用的筛选由宣传部负责人维护。');
  return officeOwner;
}

/** New under an id of its own, or in the place of the one that has it. @throws InvalidInput, NotPermitted */
export async function saveFilter(
  saved: SavedFilter,
  { actor, rights, shared }: Reader & { shared: boolean },
  ports: FilterPorts,
): Promise<void> {
  if (!rights.queues.includes(saved.queue)) throw new InvalidInput('queue', '这不是您的队列。');
  await changeList(ownerOf(shared, actor), ports, (filters) => putFilter(filters, saved));
}

/** @throws NotFound, NotPermitted */
export async function removeFilter(
  id: string,
  { actor, shared }: { actor: Actor; shared: boolean },
  ports: FilterPorts,
): Promise<void> {
  await changeList(ownerOf(shared, actor), ports, (filters) => dropFilter(filters, id));
}

/** @throws NotPermitted */
export async function arrangeFilters(
  ids: readonly string[],
  { actor, shared }: { actor: Actor; shared: boolean },
  ports: FilterPorts,
): Promise<void> {
  await changeList(ownerOf(shared, actor), ports, (filters) => orderFilters(filters, ids));
}
