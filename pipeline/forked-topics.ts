import type { ChildProcess } from 'node:child_process';
import type { DataPlace } from './adapters/open-stores.ts';
import type { PhrasePlace, ReadText } from './commands/count-phrases.ts';
import { RetryLater } from './domain/errors.ts';
import type { PhraseCounts } from './domain/key-phrase.ts';
import { forkProgram, untilEnded } from './fork-program.ts';
import type { TopicTextScan } from './ports/topic-store.ts';
import type { TopicReply, TopicRequest } from './topic-process.ts';

type TopicWork = Extract<TopicRequest, { id: number }>['work'];
type TopicFound = Extract<TopicReply, { found: unknown }>['found'];

/** What reads texts for topics and key phrases, away from the process that answers and writes. */
export interface ForkedTopics {
  readPhrases(texts: readonly string[]): Promise<ReadText[]>;
  /** @param least phrases of fewer different items do not come. @throws RetryLater while others ask */
  countPhrases(scan: TopicTextScan, least: number): Promise<PhraseCounts>;
  /**
   * For each scan, the items that `countPhrases` counts for these phrases, latest hour first.
   * @throws RetryLater while others ask
   */
  findPhrases(scans: readonly TopicTextScan[], phrases: readonly string[]): Promise<PhrasePlace[][]>;
  /** Ends the process; what runs fails. Twice is harmless; asked again later, it starts again. */
  close(): Promise<void>;
}

interface Asked {
  settle(found: TopicFound): void;
  fail(error: Error): void;
}

interface TopicProcess {
  child: ChildProcess;
  asked: Map<number, Asked>;
  ended: Promise<void>;
  ownWords: string;
}

const countingAtOnce = 2;
const busyMs = 5000;
/** Its dictionary takes 240 MB and two seconds: kept while things come in, given back at night. */
const usualIdleMs = 600_000;

/**
 * One process, started when it is first asked.
 * @param readOwnWords the school's own names, which are nobody's
 */
export function openForkedTopics(
  place: DataPlace,
  readOwnWords: () => Promise<readonly string[]>,
  idleMs = usualIdleMs,
): ForkedTopics {
  const ending = new Set<Promise<void>>();
  let current: TopicProcess | null = null;
  let idle: NodeJS.Timeout | undefined;
  let counting = 0;
  let lastId = 0;

  function end(gone: TopicProcess): void {
    if (current === gone) current = null;
    // Who waits for its end must live until then.
    gone.child.ref();
    gone.child.kill('SIGKILL');
  }

  /** It keeps nobody waiting who has nothing else to do. */
  function rest(one: TopicProcess): void {
    one.child.unref();
    one.child.channel?.unref();
    clearTimeout(idle);
    idle = setTimeout(() => end(one), idleMs).unref();
  }

  function start(ownWords: readonly string[], key: string): TopicProcess {
    const child = forkProgram('topic-process');
    const asked: TopicProcess['asked'] = new Map();
    const ended = untilEnded(child).then(() => {
      if (current === started) current = null;
      for (const { fail } of asked.values()) fail(new Error('the process for topics has ended'));
      ending.delete(ended);
    });
    ending.add(ended);
    const started: TopicProcess = { child, asked, ended, ownWords: key };
    child.on('message', (reply: TopicReply) => {
      const one = asked.get(reply.id);
      asked.delete(reply.id);
      if (asked.size === 0) (current === started ? rest : end)(started);
      if ('found' in reply) one?.settle(reply.found);
      else one?.fail(new Error(`topics: ${reply.broken}`));
    });
    child.send({ kind: 'start', place, ownWords: [...ownWords] } satisfies TopicRequest);
    return started;
  }

  /** A word that was taught stays in a dictionary: other words are for another process. */
  function findProcess(ownWords: readonly string[]): TopicProcess {
    const key = JSON.stringify(ownWords);
    if (current !== null && current.ownWords !== key) {
      const former = current;
      current = null;
      if (former.asked.size === 0) end(former);
    }
    current ??= start(ownWords, key);
    return current;
  }

  async function run(work: TopicWork): Promise<TopicFound> {
    const { child, asked } = findProcess(await readOwnWords());
    clearTimeout(idle);
    child.ref();
    child.channel?.ref();
    lastId += 1;
    const id = lastId;
    return new Promise<TopicFound>((settle, fail) => {
      asked.set(id, { settle, fail });
      child.send({ id, work } satisfies TopicRequest);
    });
  }

  async function runInTurn(work: TopicWork): Promise<TopicFound> {
    if (counting >= countingAtOnce) throw new RetryLater(busyMs, '正在统计关键词，请稍后再试。');
    counting += 1;
    try {
      return await run(work);
    } finally {
      counting -= 1;
    }
  }

  return {
    readPhrases: async (texts) => {
      if (texts.length === 0) return [];
      const found = await run({ kind: 'read', texts: [...texts] });
      if (found.kind === 'read') return found.read;
      throw unexpected(found);
    },
    countPhrases: async (scan, least) => {
      const found = await runInTurn({ kind: 'count', scan, least });
      if (found.kind === 'counted') return { items: found.items, phrases: new Map(found.phrases) };
      throw unexpected(found);
    },
    findPhrases: async (scans, phrases) => {
      if (scans.length === 0 || phrases.length === 0) return scans.map(() => []);
      const found = await runInTurn({ kind: 'find', scans: [...scans], phrases: [...phrases] });
      if (found.kind === 'found') return found.places;
      throw unexpected(found);
    },
    close: async () => {
      clearTimeout(idle);
      if (current !== null) end(current);
      await Promise.all(ending);
    },
  };
}

const unexpected = ({ kind }: TopicFound) => new Error(`topics: unexpected ${kind}`);
