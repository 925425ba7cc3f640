import type { ReadFiles } from '../domain/build-check-input.ts';
import type { DraftContent } from '../domain/draft-content.ts';
import { NotPermitted, Permanent } from '../domain/errors.ts';
import { flattenDocument } from '../domain/flatten-document.ts';
import type { LinkReport, LinkState } from '../domain/link-report.ts';
import { isParkingHost, readsAsParked } from '../domain/parked-site.ts';
import type { Egress, EgressResponse } from '../ports/egress.ts';
import type { Ports, Stores } from '../ports/index.ts';

export interface LinkCheckingPorts {
  egress: Pick<Egress, 'fetch'>;
  clock: Ports['clock'];
  stores: Pick<Stores, 'settings'>;
}

export interface LinkChecks {
  /**
   * One report an address, in the order given; what was asked for lately is not asked for again. Never throws for an address.
   * What is no address of the web has no report.
   */
  check(hrefs: readonly string[]): Promise<LinkReport[]>;
  /** Lets go of what is under way. */
  close(): void;
}

const limits = {
  /** For one address, redirects included. */
  timeMs: 12_000,
  /** The beginning is enough to see whether a name is for sale. */
  bytes: 512 * 1024,
  hops: 4,
  atOnce: 4,
  /** Of one draft; a page of links is looked at by hand. */
  links: 80,
  requestsPerMinute: 240,
  kept: 3000,
};
/** How long a report holds. */
const keptMs: Record<'sure' | 'unsure', number> = { sure: 30 * 60_000, unsure: 5 * 60_000 };

type Outcome = Pick<LinkReport, 'state' | 'detail'>;
const outcome = (state: LinkState, detail: string | null = null): Outcome => ({ state, detail });

const redirects = new Set([301, 302, 303, 307, 308]);
const gone = new Set([404, 410]);

function judgeAnswer({ status, body }: EgressResponse): Outcome {
  if (gone.has(status)) return outcome('dead', `网页不存在，${status}`);
  if (status >= 500) return outcome('unsure', `对方服务器出错，${status}`);
  if (status >= 400) return outcome('unsure', `对方拒绝了检测，${status}`);
  const page = new TextDecoder().decode(body.subarray(0, limits.bytes));
  return readsAsParked(page) ? outcome('parked', '页面显示域名出售或过期') : outcome('fine');
}

/** The first code in a chain of causes. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const own = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (own !== '' && own !== 'ABORT_ERR') return own;
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
  return codeOf(inner);
}

const certificateCodes =
  /^(?:CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(?:VERIFY|GET_ISSUER)|ERR_TLS_CERT|ERR_SSL|EPROTO|HOSTNAME_MISMATCH)/;

function judgeFailure(error: unknown): Outcome {
  // It did answer, with more than anybody needs to see that it is there.
  if (error instanceof Permanent) return outcome('fine');
  if (error instanceof NotPermitted) return outcome('refused', '内网或保留地址，不作检测');
  const code = codeOf(error);
  if (code === 'ENOTFOUND') return outcome('dead', '域名不存在');
  if (code === 'ECONNREFUSED') return outcome('dead', '对方拒绝连接');
  if (certificateCodes.test(code))
    return outcome('certificate', code === 'CERT_HAS_EXPIRED' ? '证书已过期' : '证书不可信或不属于这个网站');
  return outcome('unsure', '没有回应');
}

/** www.example.cn and example.cn are one place. */
const place = (url: URL) => url.host.replace(/^www\./, '');

class EgressLinkChecks implements LinkChecks {
  readonly #ports: LinkCheckingPorts;
  readonly #kept = new Map<string, { report: Promise<LinkReport>; untilMs: number }>();
  readonly #closing = new AbortController();
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(ports: LinkCheckingPorts) {
    this.#ports = ports;
  }

  async check(hrefs: readonly string[]): Promise<LinkReport[]> {
    const onWeb = [...new Set(hrefs)].filter((href) => /^https?:\/\//i.test(href) && URL.canParse(href));
    const own = onWeb.length === 0 ? new Set<string>() : await this.#listPrivateHosts();
    return Promise.all(
      onWeb.map((href, i) =>
        i < limits.links
          ? this.#checkOnce(href, own)
          : { href, ...outcome('refused', '链接太多，没有检测'), at: this.#ports.clock.now() },
      ),
    );
  }

  close(): void {
    this.#closing.abort();
  }

  /** The school's own sites may stand inside its own network, where their channel says so. */
  async #listPrivateHosts(): Promise<ReadonlySet<string>> {
    const { channels } = await this.#ports.stores.settings.read();
    return new Set(
      channels.flatMap((channel) =>
        channel.kind === 'site' && channel.privateAddress ? channel.allow.map(({ host }) => host) : [],
      ),
    );
  }

  #checkOnce(href: string, own: ReadonlySet<string>): Promise<LinkReport> {
    const nowMs = Date.parse(this.#ports.clock.now());
    const known = this.#kept.get(href);
    if (known !== undefined && known.untilMs > nowMs) return known.report;
    const report = this.#inTurn(() => this.#ask(href, own));
    const entry = { report, untilMs: nowMs + keptMs.sure };
    this.#kept.set(href, entry);
    void report.then(({ state }) => {
      if (state === 'unsure') entry.untilMs = nowMs + keptMs.unsure;
    });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= limits.kept) break;
      this.#kept.delete(oldest);
    }
    return report;
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= limits.atOnce) await new Promise<void>((go) => this.#waiting.push(go));
    this.#running += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }

  async #ask(href: string, own: ReadonlySet<string>): Promise<LinkReport> {
    const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(limits.timeMs)]);
    const found = await this.#follow(new URL(href), own, signal).catch(judgeFailure);
    return { href, ...found, at: this.#ports.clock.now() };
  }

  /** Follows as long as it stays at the place that the draft names: nobody else is asked for anything. */
  async #follow(start: URL, own: ReadonlySet<string>, signal: AbortSignal): Promise<Outcome> {
    let url = start;
    for (let hop = 0; hop <= limits.hops; hop += 1) {
      const answer = await this.#fetch(url, own, signal);
      const location = answer.headers.location;
      if (!redirects.has(answer.status) || location === undefined || !URL.canParse(location, url))
        return judgeAnswer(answer);
      const next = new URL(location, url);
      if (isParkingHost(next.hostname)) return outcome('parked', `转到 ${next.hostname}`);
      if (place(next) !== place(start)) return outcome('moved', next.hostname);
      url = next;
    }
    return outcome('unsure', '转来转去，没有到头');
  }

  #fetch(url: URL, own: ReadonlySet<string>, signal: AbortSignal): Promise<EgressResponse> {
    return this.#ports.egress.fetch({
      url: url.href,
      redirects: 'return',
      // A link is looked at once, as its reader would; nothing is gathered.
      robots: 'not-asked',
      maxBytes: limits.bytes,
      allowance: {
        hosts: [{ host: url.host, paths: ['/'] }],
        privateAddress: own.has(url.host),
        requestsPerMinute: limits.requestsPerMinute,
      },
      signal,
    });
  }
}

/** Are the links of drafts alive? By the one egress, without cookies or credentials. */
export function openLinkChecks(ports: LinkCheckingPorts): LinkChecks {
  return new EgressLinkChecks(ports);
}

/** What a draft waits for its links before it is checked without them; they go on meanwhile, and the next check has them. */
const patienceMs = 2500;

/** What is in the files of a draft, and what came of asking for its links. */
export function readWithLinks(
  readFiles: (content: DraftContent, signal?: AbortSignal) => Promise<ReadFiles>,
  links: Pick<LinkChecks, 'check'>,
): (content: DraftContent, signal?: AbortSignal) => Promise<ReadFiles> {
  return async (content, signal) => {
    const files = await readFiles(content, signal);
    const hrefs = [
      ...flattenDocument(content.document).links.map(({ href }) => href),
      ...[...files.images.values()].flatMap(({ codes }) => codes),
      ...(content.source.url === null ? [] : [content.source.url]),
    ];
    const reports: LinkReport[] = [];
    // What is not asked for has no report, and the check says so.
    const asked = Promise.all(
      [...new Set(hrefs)].slice(0, limits.links).map((href) =>
        links.check([href]).then(
          (found) => reports.push(...found),
          // Not told of is not asked for, and said so.
          () => 0,
        ),
      ),
    );
    await untilSettled(asked, patienceMs);
    return { ...files, links: [...reports] };
  };
}

async function untilSettled(work: Promise<unknown>, mostMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((settle) => {
    timer = setTimeout(settle, mostMs);
    timer.unref();
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}
