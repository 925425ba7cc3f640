import type { BrowserContext, Page, Request, Route } from 'playwright';
import { NotPermitted } from '../../pipeline/domain/errors.ts';
import type { Egress, EgressRequest, EgressResponse } from '../../pipeline/ports/egress.ts';
import { isTold, RenderFailure } from './browser-failures.ts';
import type { ScriptCache } from './script-cache.ts';

/** What nobody reads: neither fetched nor counted as refused. */
const unread = new Set([
  'image',
  'media',
  'font',
  'texttrack',
  'manifest',
  'ping',
  'cspviolationreport',
  'eventsource',
]);
/** A page asks for more only when something is wrong with it. */
const maxRequests = 120;
/** Counters of visitors and clicks: a reader that comes every hour is no visitor, and must not be counted as one. */
const counter =
  /(?:^|[/_.-])(?:visit-?counts?|visits?|dyn-?clicks?|clicks?|counter|hit-?counts?|hits?|beacon|pv|tongji)(?:[/_.?-]|$)/i;
/** Of an answer: what concerns its way here, what would be kept, and what forbids a page its own parts. */
const droppedHeaders =
  /^(?:set-cookie|content-(?:encoding|length|security-policy.*)|transfer-encoding|connection|keep-alive|link|clear-site-data|report-to|nel|alt-svc|strict-transport-security|service-worker-allowed)$/;
const sentOn = ['accept', 'content-type', 'referer', 'x-requested-with'];

export interface GateReport {
  requests: number;
  /** Times a host was asked for that the channel does not allow, or a path that robots.txt closes. */
  refused: Record<string, number>;
}

/** The conversation of one page with the world: every request is answered by the egress, or not at all. */
export class BrowserGate {
  readonly report: GateReport = { requests: 0, refused: {} };
  readonly #egress: Egress;
  readonly #request: Pick<EgressRequest, 'allowance'> & { signal: AbortSignal };
  readonly #scripts: ScriptCache;
  readonly #documents = new Map<string, EgressResponse>();
  #inFlight = 0;
  #onChange: () => void = () => {};
  /** Why a part of the page did not come; the first one. */
  failure: unknown = null;
  /** The page built itself from data that it asked for. */
  askedForData = false;
  /** The page that is read; what others ask for (windows that it opens) is nobody's. */
  page: Page | null = null;
  /** Where the page's own address moved to, by its scripts. */
  moved: EgressResponse | null = null;

  constructor(
    egress: Egress,
    request: Pick<EgressRequest, 'allowance'> & { signal: AbortSignal },
    { scripts, document }: { scripts: ScriptCache; document: { url: string; response: EgressResponse } },
  ) {
    this.#egress = egress;
    this.#request = request;
    this.#scripts = scripts;
    this.#documents.set(withoutFragment(document.url), document.response);
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Resolves at the next moment when a request begins or ends. */
  nextChange(): Promise<void> {
    return new Promise((resolve) => {
      this.#onChange = resolve;
    });
  }

  async guard(context: BrowserContext): Promise<void> {
    await context.route('**/*', (route, request) => this.#answer(route, request));
    await context.routeWebSocket(/.*/, (socket) => void socket.close());
  }

  async #answer(route: Route, request: Request): Promise<void> {
    const url = withoutFragment(request.url());
    const type = request.resourceType();
    if (!this.#isOfPage(request)) {
      this.#countRefusal(url);
      return drop(route);
    }
    if (unread.has(type) || !/^https?:/.test(url)) return drop(route);
    // How a page looks is not read; a script may wait for its style sheet.
    if (type === 'stylesheet') return send(route, emptySheet);
    if (type !== 'document' && counter.test(new URL(url).pathname)) return drop(route);
    this.#inFlight += 1;
    this.#onChange();
    try {
      await send(route, await this.#fetch(url, request));
    } catch (error) {
      if (error instanceof NotPermitted) this.#countRefusal(url);
      else this.failure ??= isTold(error) ? error : new RenderFailure('a part of the page did not come');
      await drop(route);
    } finally {
      this.#inFlight -= 1;
      this.#onChange();
    }
  }

  #isOfPage(request: Request): boolean {
    try {
      return request.frame().page() === this.page;
    } catch {
      // Asked before its window is there: a new window, since this page's is.
      return false;
    }
  }

  async #fetch(url: string, request: Request): Promise<EgressResponse> {
    const prepared = this.#documents.get(url);
    if (prepared !== undefined && request.isNavigationRequest()) {
      this.#documents.delete(url);
      return prepared;
    }
    if (this.report.requests >= maxRequests) throw new NotPermitted('a page with too many parts');
    this.report.requests += 1;
    const type = request.resourceType();
    const isMain = request.isNavigationRequest() && request.frame() === this.page?.mainFrame();
    const ask = () => this.#egress.fetch(this.#callFor(url, request));
    const response = type === 'script' ? await this.#scripts.get(this.#keyOf(url), ask) : await ask();
    if (isMain) this.moved = response;
    else this.#weigh(type, response);
    return response;
  }

  /** A part that the server could not give leaves a page that only looks complete. */
  #weigh(type: string, { url, status }: EgressResponse): void {
    if (type === 'xhr' || type === 'fetch') this.askedForData = true;
    if (status < 500 && status !== 429) return;
    const { host, pathname } = new URL(url);
    this.failure ??= new RenderFailure(
      `a part of the page did not come: ${host}${pathname}, status ${status}`,
    );
  }

  #callFor(url: string, request: Request): EgressRequest {
    const given = request.headers();
    const headers = Object.fromEntries(
      sentOn.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])),
    );
    const method = request.method();
    if (method === 'GET') return { ...this.#request, url, headers };
    if (method !== 'POST' || request.isNavigationRequest()) {
      throw new NotPermitted(`${method} is not a reader's request`);
    }
    return { ...this.#request, url, headers, method, body: request.postData() ?? '' };
  }

  #keyOf(url: string): string {
    const { hosts, privateAddress } = this.#request.allowance;
    return JSON.stringify([url, hosts, privateAddress]);
  }

  #countRefusal(url: string): void {
    const { host } = new URL(url);
    this.report.refused[host] = (this.report.refused[host] ?? 0) + 1;
  }
}

const emptySheet: EgressResponse = {
  url: '',
  status: 200,
  headers: { 'content-type': 'text/css' },
  body: new Uint8Array(),
};

function withoutFragment(address: string): string {
  return address.split('#', 1)[0] ?? address;
}

/** The page may be gone meanwhile, which is its own affair. */
async function drop(route: Route): Promise<void> {
  await route.abort('blockedbyclient').catch(() => {});
}

async function send(route: Route, { status, headers, body }: EgressResponse): Promise<void> {
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !droppedHeaders.test(name)));
  await route.fulfill({ status, headers: kept, body: Buffer.from(body) }).catch(() => {});
}
