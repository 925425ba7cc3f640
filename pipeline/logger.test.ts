import { MongoBulkWriteError, MongoServerError } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { useMongoTestDatabase } from '../test/harness/mongo-database.ts';
import { describeWithMongo } from '../test/harness/services.ts';
import { Conflict } from './domain/errors.ts';
import { buildLogger } from './logger.ts';

const canary = '金丝雀暗号七七四九';

function logged(error: unknown): string {
  const lines: string[] = [];
  const logger = buildLogger('info', { write: (line) => void lines.push(line) });
  logger.error({ err: error }, 'a task failed');
  if (error instanceof Error) logger.error({ error }, 'a task failed');
  if (error instanceof Error) logger.error(error, 'a task failed');
  return lines.join('');
}

describe('what is logged of an error', () => {
  it.each<[string, unknown]>([
    ['a JSON parser', tryTo(() => JSON.parse(`{"${canary}`))],
    ['a parser of ours, as a cause', new Error('the row', { cause: tryTo(() => JSON.parse(canary)) })],
    [
      'a refused document',
      new MongoServerError({
        message: `refused ${canary}`,
        errInfo: { details: { consideredValue: canary } },
      }),
    ],
    ['fields that somebody hung on it', Object.assign(new Error('broken'), { document: { text: canary } })],
    ['what is no error', { text: canary }],
  ])('is no text of %s', (_, error) => {
    expect(logged(error)).toContain('a task failed');
    expect(logged(error)).not.toContain(canary);
  });

  it('is its name, its code, its own message and where it came from', () => {
    const error = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const line = JSON.parse(logged(error).split('\n')[0] ?? '');
    expect(line.err).toMatchObject({
      error: 'Error',
      code: 'ECONNREFUSED',
      message: 'connect ECONNREFUSED',
      stack: expect.arrayContaining([expect.stringContaining('logger.test.ts')]),
    });
    expect(logged(new Conflict('the version is stale'))).toContain('the version is stale');
  });

  it('hides the passwords of addresses', () => {
    const text = logged(new Error('no server at mongodb://guanlan:geheim@a.example/x'));
    expect(text).toContain('a.example');
    expect(text).not.toContain('geheim');
  });
});

describeWithMongo('what is logged when MongoDB refuses a document', (uri) => {
  const database = useMongoTestDatabase(uri);
  it('is nothing of the document', async () => {
    const posts = database().db.collection<{ _id: string }>('posts');
    const wrong = { _id: 'main:comment:1', text: canary, state: 7 };
    const refusals = [
      await posts.insertOne(wrong).catch((error: unknown) => error),
      await posts.insertMany([wrong, wrong]).catch((error: unknown) => error),
    ];
    expect(refusals[1]).toBeInstanceOf(MongoBulkWriteError);
    for (const refusal of refusals) {
      expect(refusal).toBeInstanceOf(Error);
      expect(logged(refusal)).not.toContain(canary);
    }
  });
});

function tryTo(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}
