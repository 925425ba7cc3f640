import { type ClientSession, type Db, MongoClient, MongoServerError } from 'mongodb';
import { Permanent } from '../../domain/errors.ts';

export interface MongoConnection {
  client: MongoClient;
  db: Db;
}

/**
 * Connects to the scaled set-up's database. Writes are acknowledged by a majority and reads see only what a majority
 * holds, so that no decision can be rolled back by a fail-over; the driver retries a write once by itself.
 * @throws Permanent when no server answers within ten seconds
 */
export async function openMongo(uri: string, dbName = 'guanlan'): Promise<MongoConnection> {
  const client = new MongoClient(uri, {
    retryWrites: true,
    writeConcern: { w: 'majority' },
    readConcern: { level: 'majority' },
    serverSelectionTimeoutMS: 10_000,
    ignoreUndefined: false,
    monitorCommands: true,
  });
  try {
    await client.connect();
  } catch (error) {
    await client.close();
    throw new Permanent(
      `MongoDB cannot be reached: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  return { client, db: client.db(dbName) };
}

/**
 * Runs `write` in one transaction. The driver runs it again after a write conflict or an unknown commit result, so it
 * must be safe to repeat; two writers of the same unique key look like a conflict too, and the loser looks again.
 */
export async function inMongoTransaction<T>(
  client: MongoClient,
  write: (session: ClientSession) => Promise<T>,
): Promise<T> {
  const run = () => client.withSession((session) => session.withTransaction(() => write(session)));
  try {
    return await run();
  } catch (error) {
    if (error instanceof MongoServerError && error.code === 11000) return run();
    throw error;
  }
}
