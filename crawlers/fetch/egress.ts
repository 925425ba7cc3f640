import type { LookupFunction } from 'node:net';
import { Agent, request as undiciRequest } from 'undici';
import { GuanlanError, NotPermitted, Permanent, RetryLater } from '../../pipeline/domain/errors.ts';
import type { Clock } from '../../pipeline/ports/clock.ts';
import type {
  Egress,
  EgressAllowance,
  EgressProxy,
  EgressRequest,
  EgressResponse,
} from '../../pipeline/ports/egress.ts';
import {
  assertLiteralHostAllowed,
  buildGuardedLookup,
  type Resolve,
  resolveBySystem,
} from './address-guard.ts';
import { assertUrlAllowed, isHostAllowed } from './allow-list.ts';
import { describeNetworkFailure, NetworkFailure } from './network-failure.ts';
import { openProxyTunnel, type ProxyTunnel } from './proxy-tunnel.ts';
import { readBody } from './read-body.ts';
import {
  callHeaders,
  escapeBytes,
  nameAddress,
  plainHeaders,
  sentHeaders,
  validatorsOf,
} from './request-headers.ts';
import { parseRetryAfterMs } from './retry-after.ts';
import { RobotsRules, robotsRetryMs } from './robots.ts';
import { SharedPace, type SharedPacePorts } from './shared-pace.ts';
import { systemTiming, Throttle, type Timing } from './throttle.ts';
import { limitTime, untilAborted } from './time-limit.ts';

interface EgressLimits {
  /** Of the unpacked body. */
  maxBytes: number;
  connectMs: number;
  headersMs: number;
  /** Of one request as a whole, waiting for its turn not counted. */
  totalMs: number;
  maxRedirects: number;
}

export interface EgressOptions {
  clock: Pick<Clock, 'now'>;
  timing?: Timing;
  resolve?: Resolve;
  limits?: Partial<EgressLimits>;
  /** What keeps a host's pace over all processes; without it, each keeps its own. */
  shared?: Pick<SharedPacePorts, 'rates' | 'leases'>;
  /** Everything goes through it, robots.txt too. */
  proxy?: EgressProxy | null;
}

const defaultLimits: EgressLimits = {
  maxBytes: 10 * 1_048_576,
  connectMs: 10_000,
  headersMs: 15_000,
  totalMs: 30_000,
  maxRedirects: 5,
};

const redirectStatuses = new Set([301, 302, 303, 307, 308]);
const connectionsPerHost = 2;

/** How one request goes out: checks of its own (a page asks robots.txt, robots.txt does not) and its validators. */
interface Passage {
  allowance: EgressAllowance;
  /** @returns the least gap to the request before, in milliseconds */
  admit: (url: URL) => Promise<number>;
  validators: Record<string, string>;
  /** What this request carries of its own, for its own origin. */
  carried: Carried;
  redirects: 'follow' | 'return';
  maxBytes: number;
  signal: AbortSignal;
}

interface Carried {
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body: string | Uint8Array | null;
}

const nothingCarried: Carried = { method: 'GET', headers: {}, body: null };

/**
 * What goes on after a redirect: nothing to another origin; a body only where the status says so.
 * @throws NotPermitted when a body would have to go to another origin
 */
function carriedOn(carried: Carried, status: number, { from, to }: { from: URL; to: URL }): Carried {
  const keepsBody = carried.method === 'GET' || status === 307 || status === 308;
  if (from.origin === to.origin) {
    return keepsBody ? carried : { method: 'GET', headers: withoutContent(carried.headers), body: null };
  }
  if (carried.method === 'POST' && keepsBody) {
    throw new NotPermitted(`${nameAddress(from)} redirects a POST to ${to.origin}: its body is not sent on`);
  }
  return nothingCarried;
}

function withoutContent(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('content-')));
}

function parseAddress(text: string, base?: URL): URL {
  const url = URL.canParse(text, base) ? new URL(text, base) : null;
  if (url === null) throw new NotPermitted(`not an address: ${text.split('?', 1)[0]?.slice(0, 200)}`);
  url.hash = '';
  return url;
}

class GuardedEgress implements Egress {
  readonly #limits: EgressLimits;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #timing: Timing;
  readonly #throttle: Throttle;
  readonly #sharedPace: SharedPace | null;
  readonly #closing = new AbortController();
  readonly #robots = new Map<string, RobotsRules>();
  readonly #tunnels: ProxyTunnel[] = [];
  /** Two, because a pooled connection to a private address must not serve a channel that may not use one. */
  readonly #agents: { public: Agent; private: Agent };

  constructor(options: EgressOptions) {
    this.#limits = { ...defaultLimits, ...options.limits };
    this.#clock = options.clock;
    this.#timing = options.timing ?? systemTiming;
    this.#throttle = new Throttle(this.#timing, connectionsPerHost);
    const { clock, shared } = options;
    this.#sharedPace =
      shared === undefined ? null : new SharedPace({ ...shared, clock }, this.#timing, connectionsPerHost);
    const resolve = options.resolve ?? resolveBySystem;
    const agent = (allowPrivate: boolean) =>
      new Agent({
        connections: connectionsPerHost,
        connect: this.#buildConnect(buildGuardedLookup(resolve, allowPrivate), options.proxy ?? null),
        headersTimeout: this.#limits.headersMs,
        bodyTimeout: this.#limits.totalMs,
      });
    this.#agents = { public: agent(false), private: agent(true) };
  }

  async fetch(request: EgressRequest): Promise<EgressResponse> {
    const { allowance } = request;
    const signal = request.signal ?? new AbortController().signal;
    const robots = request.robots === 'not-asked' ? null : this.#robotsFor(allowance);
    return this.#follow(parseAddress(request.url), {
      allowance,
      admit: async (url) => {
        assertUrlAllowed(url, allowance);
        return robots === null ? 0 : robots.assertAllowed(url);
      },
      validators: validatorsOf(request),
      carried: {
        method: request.method ?? 'GET',
        headers: callHeaders(request.headers ?? {}),
        body: request.body ?? null,
      },
      redirects: request.redirects ?? 'follow',
      maxBytes: request.maxBytes ?? this.#limits.maxBytes,
      signal,
    });
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error('the egress was closed'));
    await Promise.all([this.#agents.public.destroy(), this.#agents.private.destroy()]);
    await Promise.all(this.#tunnels.map((tunnel) => tunnel.close()));
  }

  #buildConnect(lookup: LookupFunction, proxy: EgressProxy | null): NonNullable<Agent.Options['connect']> {
    const { connectMs } = this.#limits;
    if (proxy === null) return { timeout: connectMs, lookup };
    const tunnel = openProxyTunnel(proxy, { lookup, connectMs });
    this.#tunnels.push(tunnel);
    return tunnel.connect;
  }

  /** Channels with different rights see different hosts, so that each has its own view of a host's robots.txt. */
  #robotsFor(allowance: EgressAllowance): RobotsRules {
    const key = JSON.stringify([allowance.privateAddress, allowance.hosts.map(({ host }) => host).sort()]);
    const known = this.#robots.get(key);
    if (known !== undefined) return known;
    const rules = new RobotsRules(
      () => this.#timing.nowMs(),
      (url) => this.#fetchRobots(url, allowance),
    );
    this.#robots.set(key, rules);
    return rules;
  }

  /** robots.txt stands outside the path prefixes, but on an allowed host; redirected off it, there is none. */
  async #fetchRobots(robotsUrl: URL, allowance: EgressAllowance): Promise<EgressResponse> {
    const none: EgressResponse = { url: robotsUrl.href, status: 404, headers: {}, body: new Uint8Array() };
    const passage: Passage = {
      allowance,
      admit: async (url) => {
        if (!isHostAllowed(url, allowance)) throw new NotPermitted(`robots.txt leads to ${url.host}`);
        return 0;
      },
      validators: {},
      carried: nothingCarried,
      redirects: 'follow',
      maxBytes: this.#limits.maxBytes,
      // Not the page's own signal: other pages wait for the same file.
      signal: this.#closing.signal,
    };
    try {
      return await this.#follow(robotsUrl, passage, (error) => (error instanceof NotPermitted ? none : null));
    } catch (error) {
      if (error instanceof NetworkFailure) {
        throw new RetryLater(
          robotsRetryMs,
          `robots.txt of ${robotsUrl.host} could not be read: ${error.reason}`,
        );
      }
      if (error instanceof Permanent) return none;
      throw error;
    }
  }

  /** @param onRefusedRedirect what stands for a redirect that may not be followed; null throws the refusal */
  async #follow(
    start: URL,
    passage: Passage,
    onRefusedRedirect: (error: unknown) => EgressResponse | null = () => null,
  ): Promise<EgressResponse> {
    let url = start;
    let { carried } = passage;
    for (let hop = 0; ; hop++) {
      const response = await this.#requestOnce(url, { ...passage, carried });
      const location = response.headers.location;
      if (!redirectStatuses.has(response.status) || location === undefined) return response;
      if (passage.redirects === 'return') return response;
      try {
        if (hop >= this.#limits.maxRedirects) {
          throw new Permanent(`${nameAddress(start)} redirects more than ${this.#limits.maxRedirects} times`);
        }
        const to = this.#redirectTarget(url, location, passage.allowance);
        carried = carriedOn(carried, response.status, { from: url, to });
        url = to;
      } catch (error) {
        const instead = onRefusedRedirect(error);
        if (instead === null) throw error;
        return instead;
      }
    }
  }

  /** @throws NotPermitted that names where the redirect leads */
  #redirectTarget(from: URL, location: string, allowance: EgressAllowance): URL {
    const to = parseAddress(escapeBytes(location), from);
    const refuse = (why: string) =>
      new NotPermitted(`${nameAddress(from)} redirects to ${to.origin}${to.pathname}: ${why}`);
    if (from.protocol === 'https:' && to.protocol === 'http:' && from.hostname !== to.hostname) {
      throw refuse('from https to http on another host is refused');
    }
    try {
      if (!isHostAllowed(to, allowance)) assertUrlAllowed(to, allowance);
      assertLiteralHostAllowed(to.hostname, allowance.privateAddress);
    } catch (error) {
      throw error instanceof NotPermitted ? refuse(error.message) : error;
    }
    return to;
  }

  async #requestOnce(url: URL, passage: Passage): Promise<EgressResponse> {
    const { allowance, signal } = passage;
    const minGapMs = await untilAborted(passage.admit(url), signal);
    assertLiteralHostAllowed(url.hostname, allowance.privateAddress);
    const pace = { requestsPerMinute: allowance.requestsPerMinute, minGapMs };
    const leave = await this.#throttle.enter(url.host, pace, signal);
    try {
      if (this.#sharedPace === null) return await this.#send(url, passage);
      return await this.#sharedPace.run({ host: url.host, pace, signal }, (held) =>
        this.#send(url, { ...passage, signal: held }),
      );
    } finally {
      leave();
    }
  }

  async #send(
    url: URL,
    { allowance, validators, carried, maxBytes, signal }: Passage,
  ): Promise<EgressResponse> {
    const { totalMs } = this.#limits;
    const limited = limitTime(signal, totalMs);
    try {
      const answer = await undiciRequest(url, {
        dispatcher: allowance.privateAddress ? this.#agents.private : this.#agents.public,
        method: carried.method,
        headers: { ...sentHeaders, ...validators, ...carried.headers },
        body: carried.body,
        signal: limited.signal,
      });
      const headers = plainHeaders(answer.headers);
      const body = await readBody(answer.body, headers, { url: nameAddress(url), maxBytes });
      const response = { url: url.href, status: answer.statusCode, headers, body };
      this.#assertNotPutOff(url, response);
      return response;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof GuanlanError || error instanceof NetworkFailure) throw error;
      if (limited.signal.aborted) {
        throw new NetworkFailure(url.host, `no complete answer within ${totalMs / 1000} s`, error);
      }
      throw describeNetworkFailure(url.host, error);
    } finally {
      limited.release();
    }
  }

  #assertNotPutOff(url: URL, { status, headers }: EgressResponse): void {
    const retryAfter = headers['retry-after'];
    if ((status !== 429 && status !== 503) || retryAfter === undefined) return;
    const delayMs = parseRetryAfterMs(retryAfter, this.#clock.now());
    if (delayMs !== null)
      throw new RetryLater(delayMs, `${url.host} asks to come back later (status ${status})`);
  }
}

/** The one way out, over real sockets. Close it to let go of its connections. */
export function openEgress(options: EgressOptions): Egress {
  return new GuardedEgress(options);
}
