import { once } from 'node:events';
import { Redis, ReplyError } from 'ioredis';
import { RetryLater } from '../../domain/errors.ts';

/** How long somebody who asks waits for Redis, which usually answers within a millisecond. */
const patienceMs = 1500;
const retryMs = 1000;
const longestReconnectMs = 2000;
/** A command that blocks is answered after five seconds at most: a connection quiet for longer is dead. */
const deadAfterMs = 15_000;
const quietMs = 60_000;

export interface RedisConnections {
  readonly client: Redis;
  subscriber(): Redis;
  /** One more, for commands that block. */
  openBlocking(): Redis;
  /**
   * What Redis answers, unless it takes too long or cannot be reached.
   * @throws RetryLater
   */
  answer<T>(ask: () => Promise<T>): Promise<T>;
  /** Tells once an outage, and else once a minute. */
  tell(error: unknown): void;
  close(): void;
}

/** All connections of a queue. They come back by themselves, however long Redis was away. */
export function openRedis(url: string, onTrouble: (message: string) => void): RedisConnections {
  const clients: Redis[] = [];
  const tell = tellSparingly(() => clients.every((one) => one.status === 'ready'), onTrouble);
  const open = () => {
    const client = new Redis(url, {
      // What a worker reports must not be given up; those who ask are protected by `answer`.
      maxRetriesPerRequest: null,
      enableReadyCheck: false,
      socketTimeout: deadAfterMs,
      keepAlive: deadAfterMs,
      disconnectTimeout: 200,
      retryStrategy: (times) => Math.min(50 * 2 ** Math.min(times, 10), longestReconnectMs),
    });
    // Every topic listens.
    client.setMaxListeners(0);
    // A refusal comes over a line that stands, and at every attempt: it is no outage that begins and ends.
    client.on('error', (error) => (error instanceof ReplyError ? tell.trouble(error) : tell.lost(error)));
    client.on('ready', tell.ready);
    clients.push(client);
    return client;
  };
  const client = open();
  let subscriber: Redis | null = null;
  return {
    client,
    subscriber: () => {
      subscriber ??= open();
      return subscriber;
    },
    openBlocking: open,
    answer: (ask) => answerWithin(patienceMs, client, ask),
    tell: tell.trouble,
    close: () => {
      for (const one of clients) {
        one.disconnect();
        // It would keep the process alive until it rings.
        clearTimeout((one as unknown as { socketTimeoutTimer?: NodeJS.Timeout }).socketTimeoutTimer);
      }
    },
  };
}

function tellSparingly(allReady: () => boolean, onTrouble: (message: string) => void) {
  let outage = false;
  let toldMs = Number.NEGATIVE_INFINITY;
  const say = (error: unknown) => onTrouble(`Redis: ${describe(error)}`);
  return {
    /** Of a connection, which will be made anew. */
    lost: (error: unknown) => {
      if (outage) return;
      outage = true;
      say(error);
    },
    ready: () => {
      if (allReady()) outage = false;
    },
    trouble: (error: unknown) => {
      const nowMs = performance.now();
      if (outage || nowMs - toldMs < quietMs) return;
      toldMs = nowMs;
      say(error);
    },
  };
}

const isRefusal = /^(?:WRONGPASS|NOAUTH|NOPERM)\b/;

/** What the server or the line says; a refusal names where the address stands. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (isRefusal.test(error.message)) return `${error.message} Check user and password in GUANLAN_REDIS_URL.`;
  return error.message !== '' ? error.message : String((error as { code?: unknown }).code ?? error.name);
}

async function answerWithin<T>(limitMs: number, client: Redis, ask: () => Promise<T>): Promise<T> {
  const startMs = performance.now();
  try {
    // Without a connection nothing is asked: what nobody waits for any more must not pile up in the client.
    if (client.status !== 'ready') await once(client, 'ready', { signal: AbortSignal.timeout(limitMs) });
    return await within(limitMs - (performance.now() - startMs), ask());
  } catch (error) {
    throw isTrouble(error) ? new RetryLater(retryMs, `Redis does not answer: ${describe(error)}`) : error;
  }
}

function within<T>(limitMs: number, answer: Promise<T>): Promise<T> {
  return new Promise((settle, fail) => {
    const timer = setTimeout(() => fail(new RetryLater(retryMs, 'Redis does not answer')), limitMs);
    answer.then(
      (value) => {
        clearTimeout(timer);
        settle(value);
      },
      (error) => {
        clearTimeout(timer);
        fail(error);
      },
    );
  });
}

/** A refusal by the server (still loading, out of memory, read-only) or a connection that is none. */
function isTrouble(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof RetryLater) return false;
  return (
    error instanceof ReplyError ||
    error.name === 'AbortError' ||
    'syscall' in error ||
    /closed|timeout/i.test(error.message)
  );
}
