import { type DataPlace, openTopicReading } from './adapters/open-stores.ts';
import { countPhrases, findPhrases, type PhrasePlace, type ReadText } from './commands/count-phrases.ts';
import { describeError } from './domain/error-report.ts';
import { followParent } from './fork-program.ts';
import type { TopicTextScan } from './ports/topic-store.ts';
import { openPhraseReader, type PhraseReader } from './text/phrase-reader.ts';
import { openSegmenter } from './text/segment.ts';

type TopicWork =
  | { kind: 'read'; texts: string[] }
  | { kind: 'count'; scan: TopicTextScan; least: number }
  | { kind: 'find'; scans: TopicTextScan[]; phrases: string[] };

/** The school's own names, before the first work and when they changed; or work. */
export type TopicRequest =
  | { kind: 'start'; place: DataPlace; ownWords: string[] }
  | { id: number; work: TopicWork };

type TopicFound =
  | { kind: 'read'; read: ReadText[] }
  | { kind: 'counted'; items: number; phrases: [string, number][] }
  | { kind: 'found'; places: PhrasePlace[][] };

export type TopicReply = { id: number; found: TopicFound } | { id: number; broken: string };

interface Started {
  place: DataPlace;
  reader: PhraseReader;
}

async function work({ place, reader }: Started, asked: TopicWork): Promise<TopicFound> {
  if (asked.kind === 'read') return { kind: 'read', read: asked.texts.map((text) => reader.read(text)) };
  const { texts, close } = await openTopicReading(place);
  try {
    const how = { texts, read: reader.read };
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

async function answer(started: Started | null, id: number, asked: TopicWork): Promise<TopicReply> {
  try {
    if (started === null) throw new Error('nothing is known of the school');
    return { id, found: await work(started, asked) };
  } catch (error) {
    return { id, broken: describeError(error) };
  }
}

function serve(): void {
  followParent();
  let started: Started | null = null;
  process.on('message', (request: TopicRequest) => {
    if ('kind' in request) {
      const { place, ownWords } = request;
      started = { place, reader: openPhraseReader(openSegmenter({ dictionaryWords: ownWords }), ownWords) };
    } else void answer(started, request.id, request.work).then((reply) => process.send?.(reply));
  });
}

serve();
