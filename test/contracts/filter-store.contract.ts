import { afterEach, beforeEach, expect, it } from 'vitest';
import { Conflict } from '../../pipeline/domain/errors.ts';
import { officeOwner, type SavedFilter } from '../../pipeline/domain/saved-filter.ts';
import type { FilterStore } from '../../pipeline/ports/filter-store.ts';

const at = '2026-11-20T01:00:00.000Z';
const saved = (name: string): SavedFilter => ({
  id: '0198f6a0-0000-7000-8000-000000000001',
  name,
  queue: 'review',
  state: 'undecided',
  sort: 'oldest',
  filter: { topics: ['canteen'], levels: ['urgent'], hasDeadline: true },
  isDefault: true,
});

export function filterStoreContract(
  open: () => Promise<{ filters: FilterStore; close(): Promise<void> }>,
): void {
  let opened: { filters: FilterStore; close(): Promise<void> };
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());

  it('keeps a list for each owner', async () => {
    const { filters } = opened;
    expect(await filters.read('user-1')).toEqual({ version: 0, filters: [] });
    expect(await filters.save('user-1', [saved('食堂急件 🍚')], { expectedVersion: 0, at })).toBe(1);
    expect(await filters.save(officeOwner, [], { expectedVersion: 0, at })).toBe(1);
    expect(await filters.read('user-1')).toEqual({ version: 1, filters: [saved('食堂急件 🍚')] });
    expect(await filters.read(officeOwner)).toEqual({ version: 1, filters: [] });
  });

  it('refuses a stale version, and keeps what stood there', async () => {
    const { filters } = opened;
    await filters.save('user-1', [saved('一')], { expectedVersion: 0, at });
    await expect(filters.save('user-1', [], { expectedVersion: 0, at })).rejects.toThrow(Conflict);
    await filters.save('user-1', [saved('二')], { expectedVersion: 1, at });
    await expect(filters.save('user-1', [], { expectedVersion: 1, at })).rejects.toThrow(Conflict);
    expect((await filters.read('user-1')).filters).toEqual([saved('二')]);
  });

  it('lets one of several who save at once through', async () => {
    const tries = await Promise.allSettled(
      ['一', '二', '三'].map((name) =>
        opened.filters.save('user-1', [saved(name)], { expectedVersion: 0, at }),
      ),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
}
