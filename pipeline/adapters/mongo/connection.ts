import { setTimeout } from 'node:timers/promises';
import { type ClientSession, type Db, MongoClient } from 'mongodb';
import { Permanent, RetryLater } from '../../domain/errors.ts';
import { otherCommandKnown } from '../audit-entry.ts';
import { mendClosedConnections } from './closed-connections.ts';
import { commitWatchOf } from './commit-watch.ts';
import { watchHeartbeats } from './heartbeat-watch.ts';
import { AuditIdTaken, isDuplicateKey, mayRunAgain, translateMongoError } from './mongo-errors.ts';

export interface MongoConnection {
  client: MongoClient;
  db: Db;
}

/** How long what may take, in milliseconds. */
interface Patience {
  /** For a new line, and for a heartbeat. */
  connectMs: number;
  /** For the answer to a call. Longer than a majority is waited for, so that the server can say that there is none. */
  answerMs: number;
  /** For a majority to hold what was written. */
  majorityMs: number;
}

const usual: Patience = { connectMs: 10_000, answerMs: 30_000, majorityMs: 20_000 };

/** A heartbeat that does not work fails by itself, once its line had its time; only one that has not even failed is stuck. */
const stuckAfter = 1.5;

/**
 * Connects to the scaled set-up's database. Writes are acknowledged by the disks of a majority and reads see only what a
 * majority holds, whatever the URI says, so that no decision can be rolled back by a fail-over; the driver retries a write once
 * by itself. No call waits for ever: not for an answer, and not for a majority that is lost.
 * @throws Permanent for a URI that is none, or when no server answers within ten seconds; it never shows the URI's password
 */
export async function openMongo(
  uri: string,
  dbName: string,
  patience: Partial<Patience> = {},
): Promise<MongoConnection> {
  const times = { ...usual, ...patience };
  let client: MongoClient | null = null;
  try {
    client = openClient(uri, times);
    watchHeartbeats(client, times.connectMs * stuckAfter);
    await client.connect();
    return { client, db: client.db(dbName) };
  } catch (error) {
    await client?.close();
    if (client === null) throw new Permanent(`The address of MongoDB cannot be read${reasonOf(error, uri)}`);
    throw new Permanent(`MongoDB cannot be reached${reasonOf(error, uri)}`);
  }
}

function openClient(uri: string, { connectMs, answerMs, majorityMs }: Patience): MongoClient {
  mendClosedConnections();
  return new MongoClient(uri, {
    appName: 'guanlan',
    retryWrites: true,
    retryReads: true,
    w: 'majority',
    journal: true,
    wtimeoutMS: majorityMs,
    readConcernLevel: 'majority',
    readPreference: 'primary',
    // A process does few things at a time; many processes share the server.
    maxPoolSize: 32,
    maxIdleTimeMS: 300_000,
    waitQueueTimeoutMS: 10_000,
    connectTimeoutMS: connectMs,
    serverSelectionTimeoutMS: 10_000,
    // No call of ours takes nearly as long; a line that died silently must not hold one for ever.
    socketTimeoutMS: answerMs,
    ignoreUndefined: false,
    monitorCommands: true,
  });
}

/** What the driver says, unless a part of the password is in it: of a mistyped URI, half a password may pass for a host. */
function reasonOf(error: unknown, uri: string): string {
  const hint =
    '. Check GUANLAN_MONGODB_URI: the characters @ : / ? # % in a password must be percent-encoded.';
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
  return leaks ? hint : `: ${error.message}${setNameHint(error, uri) ?? '. Check GUANLAN_MONGODB_URI.'}`;
}

/** A server of a set with another name is silently passed over, so that the time-out alone is told. */
function setNameHint(error: Error, uri: string): string | null {
  const name = /[?&]replicaSet=([^&]*)/i.exec(uri)?.[1];
  if (error.name !== 'MongoServerSelectionError' || name === undefined || !/timed out/.test(error.message))
    return null;
  return `. If the servers run, is replicaSet=${name} in GUANLAN_MONGODB_URI the name of their set?`;
}

/** How long a transaction is begun anew before the caller is told to come back. */
const transactionMs = 20_000;
/** Who loses a unique key looks again; who loses it every time has not looked. */
const mostCollisions = 3;

/**
 * Runs `write` in one transaction. It is run again after a write conflict, a cut line or a commit of which nobody knows whether
 * it went through, so it must be safe to repeat: what an earlier run committed after all, the next must find and leave. Two
 * writers of the same unique key look like a conflict too, and the loser looks again.
 * @param elapsedMs a clock for how long it has taken
 * @throws RetryLater when it did not go through within twenty seconds
 */
export function inMongoTransaction<T>(
  client: MongoClient,
  write: (session: ClientSession) => Promise<T>,
  elapsedMs = () => performance.now(),
): Promise<T> {
  const endMs = elapsedMs() + transactionMs;
  return client.withSession(async (session) => {
    for (let run = 1; ; run++) {
      try {
        const { result, certain } = await runOnce(client, session, write);
        if (certain) return result;
        if (elapsedMs() > endMs) throw new RetryLater(3000, '数据库忙，请稍后再试。');
      } catch (error) {
        const again = isDuplicateKey(error) ? run <= mostCollisions : mayRunAgain(error);
        if (!again) throw error instanceof AuditIdTaken ? otherCommandKnown() : error;
        if (elapsedMs() > endMs) throw translateMongoError(error);
      }
      await setTimeout(Math.random() * Math.min(5 * 1.5 ** run, 500));
    }
  });
}

/** One beginning and one end. A new transaction of the same session ends whatever the server still held of the one before. */
async function runOnce<T>(
  client: MongoClient,
  session: ClientSession,
  write: (session: ClientSession) => Promise<T>,
): Promise<{ result: T; certain: boolean }> {
  const watch = commitWatchOf(client);
  watch.begin(session);
  try {
    session.startTransaction();
    const result = await write(session);
    await session.commitTransaction();
    return { result, certain: watch.isCertain(session) };
  } catch (error) {
    if (session.inTransaction()) await session.abortTransaction();
    throw error;
  } finally {
    watch.end(session);
  }
}
