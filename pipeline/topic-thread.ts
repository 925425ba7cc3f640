import { parentPort, workerData } from 'node:worker_threads';
import { type DataPlace, openTopicReading } from './adapters/open-stores.ts';
import { countPhrases, findPhrases, type PhrasePlace, type ReadText } from './commands/count-phrases.ts';
import { describeError } from './domain/error-report.ts';
import type { TopicTextScan } from './ports/topic-store.ts';
import { openPhraseReader } from './text/phrase-reader.ts';
import { openSegmenter } from './text/segment.ts';

export type TopicWork =
  | { kind: 'read'; texts: string[] }
  | { kind: 'count'; scan: TopicTextScan; least: number; place: DataPlace }
  | { kind: 'find'; scans: TopicTextScan[]; phrases: string[]; place: DataPlace };

export type TopicReply =
  | { kind: 'read'; read: ReadText[] }
  | { kind: 'counted'; items: number; phrases: [string, number][] }
  | { kind: 'found'; places: PhrasePlace[][] }
  | { kind: 'broken'; reason: string };

/** One thread does one thing, and ends by itself. */
async function work(asked: TopicWork, ownWords: readonly string[]): Promise<TopicReply> {
  const reader = openPhraseReader(openSegmenter({ dictionaryWords: ownWords }), ownWords);
  if (asked.kind === 'read') return { kind: 'read', read: asked.texts.map((text) => reader.read(text)) };
  const stopping = new AbortController();
  parentPort?.once('message', () => stopping.abort());
  const { texts, close } = await openTopicReading(asked.place);
  try {
    const how = { texts, read: reader.read, signal: stopping.signal };
    if (asked.kind === 'find') {
      const places: PhrasePlace[][] = [];
      for (const scan of asked.scans) places.push(await findPhrases(scan, asked.phrases, how));
      return { kind: 'found', places };
    }
    const { items, phrases } = await countPhrases(asked.scan, asked.least, how);
    return { kind: 'counted', items, phrases: [...phrases] };
  } finally {
    await close();
  }
}

try {
  const { asked, ownWords } = workerData as { asked: TopicWork; ownWords: string[] };
  parentPort?.postMessage(await work(asked, ownWords));
} catch (error) {
  parentPort?.postMessage({ kind: 'broken', reason: describeError(error) } satisfies TopicReply);
} finally {
  // Ended from outside while it segments, a thread would abort the process.
  parentPort?.close();
}
