import type { Ports } from '../ports/index.ts';
import { judgeTopic } from './judge.ts';

const batchSize = 200;
const batchesAtOnce = 10;
/** With so many jobs waiting, the workers have enough to do: more would only name the same posts again. */
const enoughWaiting = 20;

/**
 * The store is the truth, the queue only wakes workers: whatever is due there and in no job gets one. A queue that lost
 * everything is filled again by this. Several may sweep at once: a batch that two of them name is judged once.
 * @returns how many posts were put into jobs
 * @throws RetryLater when the queue is away; the posts stay due
 */
export async function sweepDue(ports: {
  stores: Pick<Ports['stores'], 'posts'>;
  queue: Ports['queue'];
  clock: Ports['clock'];
}): Promise<number> {
  if ((await ports.queue.counts(judgeTopic)).waiting >= enoughWaiting) return 0;
  const ids = await ports.stores.posts.listDue(ports.clock.now(), batchSize * batchesAtOnce);
  for (let start = 0; start < ids.length; start += batchSize) {
    const batch = ids.slice(start, start + batchSize);
    await ports.queue.enqueue({ key: `sweep:${batch[0]}`, topic: judgeTopic, ids: batch });
  }
  return ids.length;
}
