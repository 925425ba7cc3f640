import { z } from 'zod';
import { CaseFilter, CaseSort, CaseStateFilter } from './case-filter.ts';
import { QueueName } from './category.ts';
import { InvalidInput, NotFound } from './errors.ts';

/** A filter with a name. It holds no words that are looked for: those may quote somebody, and would outlive the text (R8). */
export const SavedFilter = z.object({
  id: z.uuid(),
  name: z.string().min(1).max(20),
  queue: QueueName,
  state: CaseStateFilter,
  sort: CaseSort,
  filter: CaseFilter,
  /** What the queue opens with. */
  isDefault: z.boolean(),
});
export type SavedFilter = z.infer<typeof SavedFilter>;

/** The director's for everybody; a person's own list goes by their id. */
export const officeOwner = 'office';
const mostFilters = 30;

/** In their order, those of all queues in one list. */
export interface FilterList {
  version: number;
  filters: SavedFilter[];
}

/** One default a queue. */
function withDefault(filters: readonly SavedFilter[], saved: SavedFilter): SavedFilter[] {
  if (!saved.isDefault) return [...filters];
  return filters.map((one) =>
    one.queue === saved.queue && one.id !== saved.id ? { ...one, isDefault: false } : one,
  );
}

/** In its old place, or at the end. @throws InvalidInput (`name`) */
export function putFilter(filters: readonly SavedFilter[], saved: SavedFilter): SavedFilter[] {
  const isTaken = filters.some(
    ({ id, name, queue }) => id !== saved.id && queue === saved.queue && name === saved.name,
  );
  if (isTaken) throw new InvalidInput('name', '这个队列里已有同名的筛选。', '换一个名称，或先删除原来的');
  const known = filters.some(({ id }) => id === saved.id);
  if (!known && filters.length >= mostFilters) {
    throw new InvalidInput('name', `最多保存 ${mostFilters} 个筛选。`, '请先删除不用的');
  }
  const next = known ? filters.map((one) => (one.id === saved.id ? saved : one)) : [...filters, saved];
  return withDefault(next, saved);
}

/** @throws NotFound */
export function dropFilter(filters: readonly SavedFilter[], id: string): SavedFilter[] {
  if (!filters.some((one) => one.id === id)) throw new NotFound('没有这个筛选。');
  return filters.filter((one) => one.id !== id);
}

/** Those of `ids` in that order, in the places that they had; what is not named stays. */
export function orderFilters(filters: readonly SavedFilter[], ids: readonly string[]): SavedFilter[] {
  const named = ids.flatMap((id) => filters.find((one) => one.id === id) ?? []);
  const queue = [...new Set(named)];
  return filters.map((one) => (ids.includes(one.id) ? (queue.shift() ?? one) : one));
}
