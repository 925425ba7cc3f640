import type { FilterList, SavedFilter } from '../domain/saved-filter.ts';

/** Filters that people keep: one ordered list an owner, a person's id or the office. */
export interface FilterStore {
  /** Version 0 and none where nothing was ever kept. */
  read(owner: string): Promise<FilterList>;

  /**
   * The whole list anew: compare-and-swap on its version.
   * @returns the version after the call
   * @throws Conflict when `expectedVersion` is stale
   */
  save(
    owner: string,
    filters: readonly SavedFilter[],
    change: { expectedVersion: number; at: string },
  ): Promise<number>;
}
