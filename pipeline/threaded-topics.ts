import { Worker } from 'node:worker_threads';
import type { DataPlace } from './adapters/open-stores.ts';
import type { PhrasePlace, ReadText } from './commands/count-phrases.ts';
import { RetryLater } from './domain/errors.ts';
import type { PhraseCounts } from './domain/key-phrase.ts';
import { findThreadFile } from './find-thread-file.ts';
import type { TopicTextScan } from './ports/topic-store.ts';
import type { TopicReply, TopicWork } from './topic-thread.ts';

/** What reads texts for topics and key phrases, away from the thread that answers and writes. */
export interface ThreadedTopics {
  readPhrases(texts: readonly string[]): Promise<ReadText[]>;
  /** @param least phrases of fewer different items do not come. @throws RetryLater while others ask */
  countPhrases(scan: TopicTextScan, least: number): Promise<PhraseCounts>;
  /**
   * For each scan, the items that `countPhrases` counts for these phrases, latest hour first.
   * @throws RetryLater while others ask
   */
  findPhrases(scans: readonly TopicTextScan[], phrases: readonly string[]): Promise<PhrasePlace[][]>;
  /** After what runs. Twice is harmless. */
  close(): Promise<void>;
}

const countingAtOnce = 2;
const busyMs = 5000;

/** @param readOwnWords the school's own names, which are nobody's */
export function openThreadedTopics(
  place: DataPlace,
  readOwnWords: () => Promise<readonly string[]>,
): ThreadedTopics {
  const running = new Map<Worker, Promise<void>>();
  let counting = 0;

  async function run(asked: TopicWork): Promise<TopicReply> {
    const ownWords = [...(await readOwnWords())];
    const worker = new Worker(findThreadFile('topic-thread'), { workerData: { asked, ownWords } });
    running.set(worker, new Promise((settle) => worker.once('exit', () => settle())));
    return new Promise<TopicReply>((settle, fail) => {
      let last: TopicReply = { kind: 'broken', reason: 'the thread has ended' };
      worker.on('message', (reply: TopicReply) => {
        last = reply;
      });
      worker.once('error', (error) => fail(new Error(`the thread for topics has ended: ${error.name}`)));
      worker.once('exit', () => settle(last));
    }).finally(() => running.delete(worker));
  }

  async function runInTurn(asked: TopicWork): Promise<TopicReply> {
    if (counting >= countingAtOnce) throw new RetryLater(busyMs, '正在统计关键词，请稍后再试。');
    counting += 1;
    try {
      return await run(asked);
    } finally {
      counting -= 1;
    }
  }

  return {
    readPhrases: async (texts) => {
      if (texts.length === 0) return [];
      const reply = await run({ kind: 'read', texts: [...texts] });
      if (reply.kind === 'read') return reply.read;
      throw failureOf(reply);
    },
    countPhrases: async (scan, least) => {
      const reply = await runInTurn({ kind: 'count', scan, least, place });
      if (reply.kind === 'counted') return { items: reply.items, phrases: new Map(reply.phrases) };
      throw failureOf(reply);
    },
    findPhrases: async (scans, phrases) => {
      if (scans.length === 0 || phrases.length === 0) return scans.map(() => []);
      const reply = await runInTurn({ kind: 'find', scans: [...scans], phrases: [...phrases], place });
      if (reply.kind === 'found') return reply.places;
      throw failureOf(reply);
    },
    close: async () => {
      for (const worker of running.keys()) worker.postMessage('stop');
      await Promise.all(running.values());
    },
  };
}

const failureOf = (reply: TopicReply) =>
  new Error(`topics: ${reply.kind === 'broken' ? reply.reason : `unexpected ${reply.kind}`}`);
