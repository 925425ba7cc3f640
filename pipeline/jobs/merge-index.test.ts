import { expect, it } from 'vitest';
import { MemoryQueue } from '../adapters/memory-queue.ts';
import type { PostStore } from '../ports/post-store.ts';
import { judgeTopic } from './judge.ts';
import { mergeIndex } from './merge-index.ts';

/** An index with so many entries in haste, which tells how it was asked. */
function indexWith(inHaste: number) {
  const asked: { limit: number; leave: number }[] = [];
  const posts: Pick<PostStore, 'mergeIndex'> = {
    mergeIndex: async (limit, leave = 0) => {
      asked.push({ limit, leave });
      const merged = Math.max(0, Math.min(limit, inHaste - leave));
      inHaste -= merged;
      return merged;
    },
  };
  return { asked, stores: { posts }, left: () => inHaste };
}
const never = new AbortController().signal;

it('merges all in small bites while nobody judges', async () => {
  const index = indexWith(1100);
  const queue = new MemoryQueue();
  expect(await mergeIndex({ ...index, queue }, never)).toBe(1100);
  expect(index.asked.length).toBeGreaterThan(4);
  await queue.close();
});

it('leaves what a search can bear while posts wait to be judged, and the rest for later', async () => {
  const index = indexWith(21_000);
  const queue = new MemoryQueue();
  await queue.enqueue({ key: 'one', topic: judgeTopic, ids: ['?'] });
  expect(await mergeIndex({ ...index, queue }, never)).toBe(1000);
  expect(index.left()).toBe(20_000);
  await queue.close();
});

it('ends after the bite it is at', async () => {
  const index = indexWith(10_000);
  const queue = new MemoryQueue();
  const stop = new AbortController();
  const stopAtSecond: Pick<PostStore, 'mergeIndex'> = {
    mergeIndex: (limit, leave) => {
      if (index.asked.length === 1) stop.abort();
      return index.stores.posts.mergeIndex(limit, leave);
    },
  };
  expect(await mergeIndex({ stores: { posts: stopAtSecond }, queue }, stop.signal)).toBe(500);
  await queue.close();
});
