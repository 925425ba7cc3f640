import robotsModule from 'robots-parser';
import { NotPermitted, RetryLater } from '../../pipeline/domain/errors.ts';
import type { EgressResponse } from '../../pipeline/ports/egress.ts';

/** The name that a site's robots.txt may address us by. */
export const robotsToken = 'GuanlanBot';

// The package's types describe an ES module; what Node hands over for its CommonJS is the function itself.
const parseRobots = robotsModule as unknown as typeof robotsModule.default;

const keptMs = 3_600_000;
/** A file that could not be had is asked for again after this, and pages of its host wait as long. */
const retryMs = 600_000;
const maxDelayMs = 30_000;
/** RFC 9309 lets a reader stop here. */
const maxCharacters = 512 * 1024;

interface HostRules {
  isAllowed(url: string): boolean;
  /** Crawl-delay, at most 30 s. */
  minGapMs: number;
}

type CacheEntry = { validUntilMs: number; rules: Promise<HostRules> };

const everything: HostRules = { isAllowed: () => true, minGapMs: 0 };

function parseRules(robotsUrl: string, body: Uint8Array): HostRules {
  const text = new TextDecoder('utf-8').decode(body).slice(0, maxCharacters);
  const robots = parseRobots(robotsUrl, text);
  const delaySeconds = robots.getCrawlDelay(robotsToken) ?? 0;
  return {
    isAllowed: (url) => robots.isAllowed(url, robotsToken) !== false,
    minGapMs: Math.min(Math.max(delaySeconds, 0) * 1000, maxDelayMs),
  };
}

/** What the answer to robots.txt means: there is none (4xx, or a redirect off the host), or it could not be had. */
function rulesFrom(robotsUrl: URL, response: EgressResponse): HostRules {
  if (response.status >= 500 || response.status === 429) {
    throw new RetryLater(
      retryMs,
      `robots.txt of ${robotsUrl.host} could not be read (status ${response.status})`,
    );
  }
  return response.status === 200 ? parseRules(robotsUrl.href, response.body) : everything;
}

/** robots.txt of every host, kept for an hour. One that cannot be had is not ignored: its host's pages wait. */
export class RobotsRules {
  readonly #nowMs: () => number;
  readonly #fetchRobots: (url: URL) => Promise<EgressResponse>;
  readonly #cache = new Map<string, CacheEntry>();

  /** @param fetchRobots gets robots.txt itself, without asking these rules; throws where it may not or cannot */
  constructor(nowMs: () => number, fetchRobots: (url: URL) => Promise<EgressResponse>) {
    this.#nowMs = nowMs;
    this.#fetchRobots = fetchRobots;
  }

  /**
   * @returns the least distance between two requests that the host asks for, in milliseconds
   * @throws NotPermitted when the page is disallowed; RetryLater while robots.txt cannot be had
   */
  async assertAllowed(url: URL): Promise<number> {
    const rules = await this.#rulesOf(url);
    if (!rules.isAllowed(url.href)) {
      throw new NotPermitted(`robots.txt of ${url.host} disallows ${url.pathname} for ${robotsToken}`);
    }
    return rules.minGapMs;
  }

  #rulesOf(url: URL): Promise<HostRules> {
    const kept = this.#cache.get(url.origin);
    if (kept !== undefined && kept.validUntilMs > this.#nowMs()) return kept.rules;
    const entry: CacheEntry = { validUntilMs: this.#nowMs() + keptMs, rules: this.#load(url) };
    this.#cache.set(url.origin, entry);
    // A failure is kept for a short while only, so that each waiting page does not ask again.
    entry.rules.catch((error: unknown) => {
      if (error instanceof RetryLater) entry.validUntilMs = this.#nowMs() + Math.min(error.delayMs, retryMs);
      else this.#cache.delete(url.origin);
    });
    return entry.rules;
  }

  async #load(url: URL): Promise<HostRules> {
    const robotsUrl = new URL('/robots.txt', url.origin);
    return rulesFrom(robotsUrl, await this.#fetchRobots(robotsUrl));
  }
}

/** How long pages wait for a host whose robots.txt could not be had. */
export const robotsRetryMs = retryMs;
