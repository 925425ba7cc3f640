import type { BasicCrawler, IRequestList, Request } from 'crawlee';
import type { Egress, EgressAllowance, EgressCall, EgressResponse } from '../../pipeline/ports/egress.ts';
import { EgressHttpClient } from './egress-client.ts';

/** An address to fetch, with the validators of the last time. `url` is unique among those in flight. */
export interface FetchTask {
  url: string;
  etag: string | null;
  lastModified: string | null;
  /**
   * What is really asked for, where that is more than a GET of `url`: its own address with the credential, headers, a body. It goes
   * to the egress alone.
   */
  call?: EgressCall;
}

export type FetchResult = { response: EgressResponse } | { error: unknown };

export interface FetchPlan<T extends FetchTask> {
  egress: Egress;
  allowance: EgressAllowance;
  /** At a time, over all hosts; the egress holds each host to two. */
  concurrency: number;
  /** Pages are read as a browser shows them. */
  rendered?: boolean;
  /** Aborted: no new page is begun, requests under way are let go. */
  signal: AbortSignal;
  /** The next page that is due and not in flight; null when there is none just now. */
  next(): Promise<T | null>;
  /** What came of it. A rejection means that the store failed: it ends the run and is rethrown. */
  handle(task: T, result: FetchResult): Promise<void>;
}

/** Longer than any wait for a turn with a slow host, so that Crawlee never gives up on a page before the egress does. */
const handlerTimeoutSeconds = 1800;

type Crawlee = typeof import('crawlee');

/** Crawlee's view of our frontier: it asks for the next page and is never given a queue of its own. */
class LedgerRequests<T extends FetchTask> implements IRequestList {
  readonly tasks = new Map<string, T>();
  readonly #crawlee: Crawlee;
  readonly #plan: Pick<FetchPlan<T>, 'next' | 'signal'>;
  #peeked: Promise<T | null> | null = null;
  #handled = 0;
  closed = false;

  constructor(crawlee: Crawlee, plan: Pick<FetchPlan<T>, 'next' | 'signal'>) {
    this.#crawlee = crawlee;
    this.#plan = plan;
  }

  async isEmpty(): Promise<boolean> {
    return (await this.#peek()) === null;
  }

  async isFinished(): Promise<boolean> {
    return this.tasks.size === 0 && (await this.isEmpty());
  }

  async fetchNextRequest(): Promise<Request<never> | null> {
    const peeked = this.#peek();
    // At once, so that two callers never get the same page.
    this.#peeked = null;
    const task = await peeked;
    if (task === null) return null;
    this.tasks.set(task.url, task);
    const headers: Record<string, string> = {};
    if (task.etag !== null) headers['if-none-match'] = task.etag;
    if (task.lastModified !== null) headers['if-modified-since'] = task.lastModified;
    return new this.#crawlee.Request<never>({ url: task.url, uniqueKey: task.url, headers });
  }

  async markRequestHandled(request: Request): Promise<void> {
    this.tasks.delete(request.uniqueKey);
    this.#handled += 1;
  }

  /** The ledger alone decides what is tried again. */
  async reclaimRequest(request: Request): Promise<void> {
    await this.markRequestHandled(request);
  }

  handledCount(): number {
    return this.#handled;
  }

  length(): number {
    return this.#handled + this.tasks.size;
  }

  get inProgress(): Set<string> {
    return new Set(this.tasks.keys());
  }

  /** The ledger is already on disk. */
  async persistState(): Promise<void> {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Request> {
    for (let one = await this.fetchNextRequest(); one !== null; one = await this.fetchNextRequest())
      yield one;
  }

  #peek(): Promise<T | null> {
    if (this.closed || this.#plan.signal.aborted) return Promise.resolve(null);
    this.#peeked ??= this.#plan.next().then((task) => {
      if (task === null) this.#peeked = null;
      return task;
    });
    return this.#peeked;
  }
}

function configure(crawlee: Crawlee) {
  return new crawlee.Configuration({
    persistStorage: false,
    purgeOnStart: false,
    // Both keep Crawlee from starting `ps` every second: its pool is fixed, so that it need not measure the machine.
    memoryMbytes: 4096,
    eventManager: new (class extends crawlee.EventManager {})(),
  });
}

function buildCrawler<T extends FetchTask>(
  crawlee: Crawlee,
  plan: FetchPlan<T>,
  requests: LedgerRequests<T>,
  onFatal: (error: unknown) => void,
): BasicCrawler {
  const { concurrency } = plan;
  return new crawlee.BasicCrawler(
    {
      requestList: requests,
      httpClient: new EgressHttpClient({ ...plan, callOf: (url) => requests.tasks.get(url)?.call }),
      minConcurrency: concurrency,
      maxConcurrency: concurrency,
      maxRequestRetries: 0,
      useSessionPool: false,
      requestHandlerTimeoutSecs: handlerTimeoutSeconds,
      statisticsOptions: { persistenceOptions: { enable: false }, logIntervalSecs: 1_000_000 },
      statusMessageLoggingInterval: 1_000_000,
      log: new crawlee.Log({ level: crawlee.LogLevel.OFF }),
      requestHandler: async ({ request, sendRequest }) => {
        const task = requests.tasks.get(request.uniqueKey);
        if (task === undefined) return;
        try {
          await plan.handle(task, await fetchThrough(sendRequest));
        } catch (error) {
          onFatal(error);
        }
      },
    },
    configure(crawlee),
  );
}

type SendRequest = Parameters<Parameters<BasicCrawler['router']['addDefaultHandler']>[0]>[0]['sendRequest'];

async function fetchThrough(sendRequest: SendRequest): Promise<FetchResult> {
  try {
    const { url, statusCode, headers, body } = await sendRequest<Buffer>({ responseType: 'buffer' });
    return { response: { url, status: statusCode, headers: headers as Record<string, string>, body } };
  } catch (error) {
    return { error };
  }
}

/**
 * Fetches page after page until none is due and none is in flight, or the signal is aborted.
 * @throws what `handle` or `next` threw first
 */
export async function fetchPages<T extends FetchTask>(plan: FetchPlan<T>): Promise<void> {
  // Loaded on first use: it takes a second, which other commands need not spend.
  const crawlee = await import('crawlee');
  let fatal: { error: unknown } | null = null;
  const onFatal = (error: unknown) => {
    fatal ??= { error };
    requests.closed = true;
  };
  const next = () =>
    plan.next().catch((error: unknown) => {
      onFatal(error);
      return null;
    });
  const requests = new LedgerRequests(crawlee, { next, signal: plan.signal });
  const crawler = buildCrawler(crawlee, plan, requests, onFatal);
  await crawler.run();
  const failure = fatal as { error: unknown } | null;
  if (failure !== null) throw failure.error;
}
