import { createHash } from 'node:crypto';
import { RetryLater } from '../domain/errors.ts';
import type { Ports } from '../ports/index.ts';

/** A queue that is away tells so itself; the posts are stored, and the sweeper names them again when it is back. */
export async function wakeJudge(
  queue: Pick<Ports['queue'], 'enqueue'>,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const digest = createHash('sha256').update(JSON.stringify(ids)).digest('hex').slice(0, 32);
  try {
    await queue.enqueue({ key: `judge:${digest}`, topic: 'judge', ids });
  } catch (error) {
    if (!(error instanceof RetryLater)) throw error;
  }
}
