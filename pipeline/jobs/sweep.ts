import type { Ports } from '../ports/index.ts';
import { judgeTopic } from './judge.ts';

const batchSize = 100;
const batchesAtOnce = 10;

/**
 * The store is the truth, the queue only wakes workers: whatever is due there and in no job gets one. A queue that lost
 * everything is filled again by this.
 * @returns how many posts were put into jobs
 */
export async function sweepDue(ports: {
  stores: Pick<Ports['stores'], 'posts'>;
  queue: Ports['queue'];
  clock: Ports['clock'];
}): Promise<number> {
  const ids = await ports.stores.posts.listDue(ports.clock.now(), batchSize * batchesAtOnce);
  for (let start = 0; start < ids.length; start += batchSize) {
    const batch = ids.slice(start, start + batchSize);
    await ports.queue.enqueue({ key: `sweep:${batch[0]}`, topic: judgeTopic, ids: batch });
  }
  return ids.length;
}
