import { type ClientSession, type MongoClient, MongoServerError } from 'mongodb';
import { Conflict, RetryLater } from '../../domain/errors.ts';
import { inMongoTransaction } from './connection.ts';

const maxTries = 8;

/**
 * Another writer was in the way. A compatible server may report a deadlock or a wait that took too long where MongoDB
 * reports a write conflict, and without the label that makes the driver try again.
 */
function isContention(error: unknown): boolean {
  if (error instanceof Conflict) return true;
  if (!(error instanceof MongoServerError)) return false;
  return error.code === 11000 || /deadlock detected|lock timeout/.test(error.message);
}

/**
 * Runs `write` in a transaction that reads, plans and then writes on condition that nothing it read has moved: it throws
 * Conflict when something has, and is run again on what stands there now.
 * @throws RetryLater when others were in the way every time; then nothing was written
 */
export async function whileUnmoved<T>(
  client: MongoClient,
  write: (session: ClientSession) => Promise<T>,
): Promise<T> {
  for (let tries = 1; tries <= maxTries; tries += 1) {
    try {
      return await inMongoTransaction(client, write);
    } catch (error) {
      if (!isContention(error)) throw error;
    }
  }
  throw new RetryLater(1000, 'Other writers were in the way; it will be tried again.');
}
