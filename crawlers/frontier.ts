import type { LedgerPage } from '../pipeline/domain/crawl.ts';
import type { Clock } from '../pipeline/ports/clock.ts';
import type { LedgerStore } from '../pipeline/ports/ledger-store.ts';
import { later, settleLater } from './ledger.ts';

const batchSize = 20;
const maxFailuresInRow = 5;
const deadHostMs = 15 * 60_000;

interface HostState {
  failuresInRow: number;
  /** Until then nothing is asked of it; null while it answers. */
  putOffUntil: string | null;
  reason: string;
}

/**
 * What one run takes from the ledger: pages that are due, each handed out to one at a time. A host that does not answer is
 * put off with all its due pages, so that it holds up neither the run nor the other hosts.
 */
export class Frontier {
  readonly #ledger: LedgerStore;
  readonly #clock: Clock;
  readonly #channelId: string;
  readonly #inFlight = new Set<string>();
  readonly #hosts = new Map<string, HostState>();
  #waiting: LedgerPage[] = [];

  constructor(ledger: LedgerStore, clock: Clock, channelId: string) {
    this.#ledger = ledger;
    this.#clock = clock;
    this.#channelId = channelId;
  }

  /** The next due page that nobody is at; null when there is none just now. */
  async next(): Promise<LedgerPage | null> {
    for (;;) {
      const page = this.#waiting.shift();
      if (page === undefined) {
        if (!(await this.#fill())) return null;
        continue;
      }
      if (this.#inFlight.has(page.url)) continue;
      this.#inFlight.add(page.url);
      return page;
    }
  }

  /** The page has been settled. What is waiting is read anew unless it was one that leads nowhere: lists go before articles. */
  release(page: LedgerPage): void {
    this.#inFlight.delete(page.url);
    if (page.role !== 'article') this.#waiting = [];
  }

  hostAnswered(url: string): void {
    this.#hostOf(url).failuresInRow = 0;
  }

  /** After five in a row the host counts as dead for this run. */
  hostFailed(url: string, reason: string): void {
    const host = this.#hostOf(url);
    host.failuresInRow += 1;
    if (host.failuresInRow >= maxFailuresInRow) this.putOffHost(url, deadHostMs, reason);
  }

  /** Nothing more is asked of this host for so long. */
  putOffHost(url: string, delayMs: number, reason: string): void {
    const host = this.#hostOf(url);
    host.putOffUntil = later(this.#clock.now(), delayMs);
    host.reason = reason;
    this.#waiting = [];
  }

  /** One sentence about the hosts put off; null when all answer. */
  describePutOff(): string | null {
    const reasons = [...this.#hosts.values()].filter(({ putOffUntil }) => putOffUntil !== null);
    if (reasons.length === 0) return null;
    return `${reasons.map(({ reason }) => reason).join('; ')}. Its pages stay due and are tried again later`;
  }

  #hostOf(url: string): HostState {
    const { host } = new URL(url);
    const known = this.#hosts.get(host);
    if (known !== undefined) return known;
    const fresh: HostState = { failuresInRow: 0, putOffUntil: null, reason: '' };
    this.#hosts.set(host, fresh);
    return fresh;
  }

  /** @returns whether there is something to hand out */
  async #fill(): Promise<boolean> {
    for (;;) {
      const due = await this.#ledger.listDue(
        this.#channelId,
        this.#clock.now(),
        batchSize + this.#inFlight.size,
      );
      const free = due.filter((page) => !this.#inFlight.has(page.url));
      if (free.length === 0) return false;
      const open = free.filter((page) => this.#hostOf(page.url).putOffUntil === null);
      if (open.length > 0) {
        this.#waiting = open;
        return true;
      }
      for (const page of free) await this.#putOff(page);
    }
  }

  async #putOff(page: LedgerPage): Promise<void> {
    const { putOffUntil, reason } = this.#hostOf(page.url);
    const at = this.#clock.now();
    const delayMs = Math.max(Date.parse(putOffUntil ?? at) - Date.parse(at), 60_000);
    const outcome = settleLater({ page, at, response: null }, delayMs, reason);
    await this.#ledger.settle(this.#channelId, page.url, outcome);
  }
}
