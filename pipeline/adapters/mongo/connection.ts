import { type ClientSession, type Db, MongoClient } from 'mongodb';
import { Permanent, RetryLater } from '../../domain/errors.ts';
import { isDuplicateKey, isTransactionGone } from './mongo-errors.ts';

export interface MongoConnection {
  client: MongoClient;
  db: Db;
}

const defaultDatabase = 'guanlan';

/**
 * Connects to the scaled set-up's database: `dbName`, else the one that the URI's path names, else `guanlan`. Writes are
 * acknowledged by the disks of a majority and reads see only what a majority holds, whatever the URI says, so that no decision
 * can be rolled back by a fail-over; the driver retries a write once by itself.
 * @throws Permanent for a URI that is none, or when no server answers within ten seconds; it never shows the URI's password
 */
export async function openMongo(uri: string, dbName?: string): Promise<MongoConnection> {
  let client: MongoClient | null = null;
  try {
    client = openClient(uri);
    await client.connect();
    return { client, db: client.db(dbName ?? databaseOf(uri) ?? defaultDatabase) };
  } catch (error) {
    await client?.close();
    if (client === null) throw new Permanent(`The address of MongoDB cannot be read${reasonOf(error, uri)}`);
    throw new Permanent(`MongoDB cannot be reached${reasonOf(error, uri)}`);
  }
}

function openClient(uri: string): MongoClient {
  return new MongoClient(uri, {
    appName: 'guanlan',
    retryWrites: true,
    retryReads: true,
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
    readPreference: 'primary',
    // A process does few things at a time; many processes share the server.
    maxPoolSize: 32,
    maxIdleTimeMS: 300_000,
    waitQueueTimeoutMS: 10_000,
    connectTimeoutMS: 10_000,
    serverSelectionTimeoutMS: 10_000,
    // No call of ours takes nearly as long; a line that died silently must not hold one for ever.
    socketTimeoutMS: 60_000,
    ignoreUndefined: false,
    monitorCommands: true,
  });
}

/** The name in the URI's path, as in `mongodb://host/name?…`. */
function databaseOf(uri: string): string | null {
  const path = /^mongodb(?:\+srv)?:\/\/[^/?]*\/([^?]+)/.exec(uri)?.[1];
  return path === undefined ? null : decodeURIComponent(path);
}

/** What the driver says, unless a part of the password is in it: of a mistyped URI, half a password may pass for a host. */
function reasonOf(error: unknown, uri: string): string {
  const hint = '. Check MONGODB_URI: the characters @ : / ? # % in a password must be percent-encoded.';
  if (!(error instanceof Error)) return hint;
  const end = uri.lastIndexOf('@');
  const secrets = end < 0 ? [] : uri.slice(uri.indexOf('//') + 2, end).split(/[@:/?#,]/);
  const decoded = secrets.map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  const shown = error.message.toLowerCase();
  const leaks = [...secrets, ...decoded].some((part) => part !== '' && shown.includes(part.toLowerCase()));
  return leaks ? hint : `: ${error.message}`;
}

/** How long a transaction is begun anew before the caller is told to come back. */
const transactionMs = 20_000;
const mostRuns = 4;

/**
 * Runs `write` in one transaction. It is run again after a write conflict, a cut line or an unknown commit result, so it must
 * be safe to repeat: what an earlier run committed after all, the next must find and leave. Two writers of the same unique key
 * look like a conflict too, and the loser looks again.
 * @throws RetryLater when it did not go through within twenty seconds
 */
export async function inMongoTransaction<T>(
  client: MongoClient,
  write: (session: ClientSession) => Promise<T>,
): Promise<T> {
  const endMs = performance.now() + transactionMs;
  const bounded = async (session: ClientSession) => {
    if (performance.now() > endMs) throw new RetryLater(3000, '数据库忙，请稍后再试。');
    return write(session);
  };
  for (let run = 1; ; run++) {
    try {
      return await client.withSession((session) => session.withTransaction(() => bounded(session)));
    } catch (error) {
      if (run === mostRuns || !(isDuplicateKey(error) || isTransactionGone(error))) throw error;
    }
  }
}
