import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import { collections } from '../../pipeline/adapters/mongo/collections.ts';
import { type MongoConnection, openMongo } from '../../pipeline/adapters/mongo/connection.ts';
import { ensureSchema } from '../../pipeline/adapters/mongo/schema.ts';
import { keptPrefix } from './kept-databases.ts';

export interface MongoTestDatabase extends MongoConnection {
  name: string;
  /** Empties every collection; making them anew for every test would take seconds. */
  clear(): Promise<void>;
  drop(): Promise<void>;
}

/** A database of its own with the whole schema, so that suites can share one server. */
export async function openMongoTestDatabase(uri: string): Promise<MongoTestDatabase> {
  const name = `guanlan_test_${process.pid}_${randomBytes(4).toString('hex')}`;
  const opened = await openDatabase(uri, name);
  return { ...opened, drop: () => opened.db.dropDatabase().then(() => opened.client.close()) };
}

async function openDatabase(uri: string, name: string): Promise<Omit<MongoTestDatabase, 'drop'>> {
  const connection = await openMongo(uri, name);
  await ensureSchema(connection.db, collections);
  const clear = async () => {
    await Promise.all(collections.map(({ name: one }) => connection.db.collection(one).deleteMany({})));
  };
  return { ...connection, name, clear };
}

const inUse = new Set<number>();

/** Of the databases that a worker of this run keeps, an empty one that nobody has now: a schema takes seconds to make. */
async function borrowMongoTestDatabase(uri: string): Promise<MongoTestDatabase> {
  let number = 0;
  while (inUse.has(number)) number += 1;
  inUse.add(number);
  const name = `${keptPrefix(process.ppid)}${process.env.VITEST_POOL_ID}_${number}`;
  const opened = await openDatabase(uri, name);
  const known = new Set(['schema', ...collections.map(({ name: one }) => one)]);
  for (const { name: one } of await opened.db.listCollections({}, { nameOnly: true }).toArray()) {
    if (!known.has(one)) await opened.db.dropCollection(one);
  }
  await opened.clear();
  return { ...opened, drop: () => opened.client.close().then(() => void inUse.delete(number)) };
}

/** One database for the tests of a suite, empty before the first. The schema is for reading: who changes it opens one of its own. */
export function useMongoTestDatabase(uri: string): () => MongoTestDatabase {
  let database: MongoTestDatabase | null = null;
  beforeAll(async () => {
    database = await borrowMongoTestDatabase(uri);
  });
  afterAll(async () => {
    await database?.drop();
  });
  return () => {
    if (database === null) throw new Error('the test database is not open yet');
    return database;
  };
}
