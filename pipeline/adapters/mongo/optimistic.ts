import type { ClientSession, MongoClient } from 'mongodb';
import { Conflict, RetryLater } from '../../domain/errors.ts';
import { inMongoTransaction } from './connection.ts';

const maxTries = 8;

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
      if (!(error instanceof Conflict)) throw error;
    }
  }
  throw new RetryLater(1000, '数据库忙，请稍后再试。');
}
