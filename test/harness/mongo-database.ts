import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import { collections } from '../../pipeline/adapters/mongo/collections.ts';
import { type MongoConnection, openMongo } from '../../pipeline/adapters/mongo/connection.ts';
import { ensureSchema } from '../../pipeline/adapters/mongo/schema.ts';

export interface MongoTestDatabase extends MongoConnection {
  name: string;
  /** Empties every collection; making them anew for every test would take seconds. */
  clear(): Promise<void>;
  drop(): Promise<void>;
}

/** A database of its own with the whole schema, so that suites can share one server. */
export async function openMongoTestDatabase(uri: string): Promise<MongoTestDatabase> {
  const name = `guanlan_test_${process.pid}_${randomBytes(4).toString('hex')}`;
  const connection = await openMongo(uri, name);
  await ensureSchema(connection.db, collections);
  return {
    ...connection,
    name,
    clear: async () => {
      await Promise.all(collections.map(({ name: one }) => connection.db.collection(one).deleteMany({})));
    },
    drop: async () => {
      await connection.db.dropDatabase();
      await connection.client.close();
    },
  };
}

/** One database for the tests of a suite, opened before the first and dropped after the last. */
export function useMongoTestDatabase(uri: string): () => MongoTestDatabase {
  let database: MongoTestDatabase | null = null;
  beforeAll(async () => {
    database = await openMongoTestDatabase(uri);
  });
  afterAll(async () => {
    await database?.drop();
  });
  return () => {
    if (database === null) throw new Error('the test database is not open yet');
    return database;
  };
}
