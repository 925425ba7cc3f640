import { z } from 'zod';
import { Conflict } from '../../domain/errors.ts';
import { type FilterList, SavedFilter } from '../../domain/saved-filter.ts';
import type { FilterStore } from '../../ports/filter-store.ts';
import { inTransaction, type SqliteDatabase, statement } from './database.ts';

const Row = z.object({ version: z.number(), filters: z.string() });

function read(db: SqliteDatabase, owner: string): FilterList {
  const row = statement(db, 'SELECT version, filters FROM saved_filters WHERE owner = ?').get(owner);
  if (row === undefined) return { version: 0, filters: [] };
  const { version, filters } = Row.parse(row);
  return { version, filters: z.array(SavedFilter).parse(JSON.parse(filters)) };
}

export function openFilterStore(db: SqliteDatabase): FilterStore {
  return {
    read: async (owner) => read(db, owner),
    save: async (owner, filters, { expectedVersion, at }) =>
      inTransaction(db, () => {
        if (read(db, owner).version !== expectedVersion) throw new Conflict('筛选已有更新，请刷新后再试。');
        const version = expectedVersion + 1;
        statement(db, 'INSERT OR REPLACE INTO saved_filters VALUES (?, ?, ?, ?)').run(
          owner,
          version,
          JSON.stringify(filters),
          at,
        );
        return version;
      }),
  };
}
