import type { Clock } from '../pipeline/ports/clock.ts';
import type { PostStore } from '../pipeline/ports/post-store.ts';

export interface BackPressurePorts {
  stores: { posts: Pick<PostStore, 'listDue'> };
  clock: Clock;
  logger: { info(facts: object, message: string): void; warn(facts: object, message: string): void };
}

/** Some minutes of one worker. */
const usualMaxWaiting = 20_000;

/**
 * Says whether crawling must wait for the judge, and tells the log once when it begins and once when it ends. The answer
 * costs one look at an index, of the length of what waits; it is never longer than `maxWaiting`.
 */
export function openBackPressure(
  { stores, clock, logger }: BackPressurePorts,
  maxWaiting = usualMaxWaiting,
): () => Promise<boolean> {
  let waits = false;
  return async () => {
    const due = await stores.posts.listDue(clock.now(), maxWaiting);
    const isFull = due.length >= maxWaiting;
    if (isFull && !waits) logger.warn({ maxWaiting }, 'the judge is behind: no new crawl is started');
    if (!isFull && waits) logger.info({ maxWaiting }, 'the judge has caught up: crawling goes on');
    waits = isFull;
    return waits;
  };
}
