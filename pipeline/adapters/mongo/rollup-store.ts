import { ObjectId } from 'mongodb';
import type { RollupStore } from '../../ports/rollup-store.ts';
import { caseCollections } from './case-documents.ts';
import type { MongoConnection } from './connection.ts';
import { postCollections } from './post-documents.ts';
import { rollupCollections } from './rollup-documents.ts';
import {
  findItemDocuments,
  listCaseDocuments,
  listHandoverDocuments,
  listItemDocuments,
  readCubeDocuments,
  readDayDocuments,
} from './rollup-reads.ts';
import { recountDocuments } from './rollup-recount.ts';
import { fenceId, refreshDocuments } from './rollup-refresh.ts';

export function openMongoRollupStore({ client, db }: MongoConnection): RollupStore {
  const at = { ...caseCollections(db), ...postCollections(db), ...rollupCollections(db) };
  return {
    refresh: (limit) => refreshDocuments(client, at, limit),
    countWaiting: (most) => at.changes.countDocuments({}, { limit: most }),
    readLayout: async () => (await at.fence.findOne({ _id: fenceId }))?.layout ?? 0,
    noteAll: (layout) => recountDocuments({ client, db }, { layout, by: new ObjectId().toHexString() }),
    readDays: (query) => readDayDocuments(at, query),
    readCubes: (query) => readCubeDocuments(at, query),
    listItems: (query) => listItemDocuments(at, query),
    listCases: (query) => listCaseDocuments(at, query),
    listHandovers: (query) => listHandoverDocuments(at, query),
    findItems: (postIds, accessClasses) => findItemDocuments(at, postIds, accessClasses),
  };
}
