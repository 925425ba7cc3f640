import type { Collection } from 'mongodb';
import { z } from 'zod';
import { Conflict } from '../../domain/errors.ts';
import { SavedFilter } from '../../domain/saved-filter.ts';
import type { FilterStore } from '../../ports/filter-store.ts';
import type { MongoConnection } from './connection.ts';
import { isDuplicateKey } from './mongo-errors.ts';
import { type CollectionSpec, field } from './schema.ts';

interface FilterDocument {
  /** The owner. */
  _id: string;
  version: number;
  /** JSON. */
  filters: string;
  changedAt: string;
}

export const filterSpecs: readonly CollectionSpec[] = [
  {
    name: 'saved_filters',
    fields: { version: field.number, filters: field.text, changedAt: field.text },
    indexes: [],
  },
];

export function openMongoFilterStore({ db }: MongoConnection): FilterStore {
  const lists: Collection<FilterDocument> = db.collection('saved_filters');
  return {
    read: async (owner) => {
      const found = await lists.findOne({ _id: owner });
      if (found === null) return { version: 0, filters: [] };
      return { version: found.version, filters: z.array(SavedFilter).parse(JSON.parse(found.filters)) };
    },
    save: async (owner, filters, { expectedVersion, at }) => {
      const next = { version: expectedVersion + 1, filters: JSON.stringify(filters), changedAt: at };
      const stale = () => new Conflict('筛选已有更新，请刷新后再试。');
      if (expectedVersion > 0) {
        const { matchedCount } = await lists.updateOne(
          { _id: owner, version: expectedVersion },
          { $set: next },
        );
        if (matchedCount === 0) throw stale();
        return next.version;
      }
      try {
        await lists.insertOne({ _id: owner, ...next });
      } catch (error) {
        if (isDuplicateKey(error)) throw stale();
        throw error;
      }
      return next.version;
    },
  };
}
