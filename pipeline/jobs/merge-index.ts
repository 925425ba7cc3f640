import type { Ports } from '../ports/index.ts';
import { judgeTopic } from './judge.ts';

/** So few that whoever judges at the same time does not wait for them: a fifth of a second. */
const entriesAtOnce = 250;
/** While posts are being judged: a search that has to read so many entries one by one still takes about 0.1 s. */
const leftWhileJudging = 20_000;

interface MergePorts {
  stores: { posts: Pick<Ports['stores']['posts'], 'mergeIndex'> };
  queue: Pick<Ports['queue'], 'counts'>;
}

/**
 * Brings index entries into their final place: all of them when nobody judges, else only what is too much for a search.
 * @returns how many
 * @throws RetryLater when the queue is away
 */
export async function mergeIndex({ stores, queue }: MergePorts, signal: AbortSignal): Promise<number> {
  let merged = 0;
  while (!signal.aborted) {
    const { waiting, running } = await queue.counts(judgeTopic);
    const leave = waiting + running > 0 ? leftWhileJudging : 0;
    const more = await stores.posts.mergeIndex(entriesAtOnce, leave);
    if (more === 0) break;
    merged += more;
  }
  return merged;
}
