import {
  MongoClientClosedError,
  MongoError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoOperationTimeoutError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
} from 'mongodb';
import { RetryLater } from '../../domain/errors.ts';

/** The server's code for a unique key that is taken. */
export const duplicateKey = 11000;
const noSuchTransaction = 251;

/** The key that is taken is that of an audit entry, and so a command's id; the server does not always name the collection. */
export class AuditIdTaken extends Error {
  constructor(cause: unknown) {
    super('the id of an audit entry is taken', { cause });
  }
}

/** A unique key is taken. A compatible server says so with another code where the write was an upsert. */
export function isDuplicateKey(error: unknown): boolean {
  if (error instanceof AuditIdTaken) return true;
  if (!(error instanceof MongoServerError)) return false;
  return error.code === duplicateKey || (error.code === 8 && /duplicate key/.test(error.message));
}

/** Without the label that makes the driver try again, this is what a compatible server says of two writers at odds. */
const contention = /deadlock detected|lock timeout|could not serialize/;

/**
 * The transaction may be run again: another writer was in the way, the line was cut, or nobody knows whether it was committed.
 * A taken unique key is not among these.
 */
export function mayRunAgain(error: unknown): boolean {
  if (!(error instanceof MongoError)) return false;
  return (
    error.hasErrorLabel('TransientTransactionError') ||
    error.hasErrorLabel('UnknownTransactionCommitResult') ||
    error.code === noSuchTransaction ||
    contention.test(error.message)
  );
}

const connectionErrors = [
  MongoNetworkError, // also: its time-out, and a cleared pool
  MongoServerSelectionError,
  MongoOperationTimeoutError,
  MongoNotConnectedError,
  MongoTopologyClosedError,
  MongoClientClosedError,
];

/** Names where the driver does not export the class. */
const connectionErrorNames = new Set([
  'MongoWaitQueueTimeoutError',
  'MongoPoolClosedError',
  'MongoPoolClearedError',
]);

const transientLabels = [
  'RetryableWriteError',
  'TransientTransactionError',
  'UnknownTransactionCommitResult',
  'SystemOverloadedError',
];

const transientCodes = new Set([
  6, // HostUnreachable
  7, // HostNotFound
  24, // LockTimeout
  50, // MaxTimeMSExpired
  64, // WriteConcernTimeout: written, not yet held by a majority
  89, // NetworkTimeout
  91, // ShutdownInProgress
  112, // WriteConflict, tried again in vain
  189, // PrimarySteppedDown
  noSuchTransaction,
  262, // ExceededTimeLimit
  9001, // SocketException
  10058, // LegacyNotPrimary
  10107, // NotWritablePrimary
  11600, // InterruptedAtShutdown
  11602, // InterruptedDueToReplStateChange
  13435, // NotPrimaryNoSecondaryOk
  13436, // NotPrimaryOrSecondary
]);

const outOfDiskSpace = 14031;

/** Would the same call, a little later, have a chance? Every write of the stores is safe to repeat. */
function isTransient(error: MongoError): boolean {
  return (
    connectionErrors.some((type) => error instanceof type) ||
    connectionErrorNames.has(error.name) ||
    transientLabels.some((label) => error.hasErrorLabel(label)) ||
    (error instanceof MongoServerError &&
      (transientCodes.has(Number(error.code)) || contention.test(error.message)))
  );
}

function retryLater(delayMs: number, message: string, cause: unknown): RetryLater {
  const error = new RetryLater(delayMs, message);
  error.cause = cause;
  return error;
}

/** What the caller is told of a driver's error; anything that is not about the connection comes back as it is. */
export function translateMongoError(error: unknown): unknown {
  if (!(error instanceof MongoError)) return error;
  if (error.code === outOfDiskSpace) return retryLater(60_000, '数据库的磁盘已满，没有保存任何内容。', error);
  return isTransient(error) ? retryLater(3000, '数据库暂时连不上，请稍后再试。', error) : error;
}

type Method = (...parameters: unknown[]) => Promise<unknown>;

/** The same store, whose calls fail with RetryLater when the database cannot be reached. */
export function withTranslatedErrors<T extends object>(store: T): T {
  const wrapped = Object.entries(store as Record<string, Method>).map(([name, method]) => {
    const call: Method = async (...parameters) => {
      try {
        return await method(...parameters);
      } catch (error) {
        throw translateMongoError(error);
      }
    };
    return [name, call] as const;
  });
  return Object.fromEntries(wrapped) as T;
}
