import { randomUUID } from 'node:crypto';
import { withLease } from '../../pipeline/commands/with-lease.ts';
import { RetryLater } from '../../pipeline/domain/errors.ts';
import type { Clock } from '../../pipeline/ports/clock.ts';
import type { LeaseStore } from '../../pipeline/ports/lease.ts';
import type { RateStore } from '../../pipeline/ports/rate-store.ts';
import { gapOf, type Pace, type Timing } from './throttle.ts';

export interface SharedPacePorts {
  rates: RateStore;
  leases: LeaseStore;
  clock: Pick<Clock, 'now'>;
}

/** How long a process that died keeps one of a host's places. */
const placeMs = 30_000;
const askAgainMs = 200;
/** A store that does not answer holds nobody up for longer. */
const patienceMs = 2000;
/** More waiting than this is not done in a request: the page stays due. */
const maxAheadMs = 10 * 60_000;

/**
 * Per host, over all processes: at most so many requests at a time, their starts evenly spaced. Comes after a process's own
 * throttle, and only while the store answers: without it each process keeps its own pace.
 */
/** Made once: a reason of one's own for every request would cost a trace of calls each time. */
const isAnswered = new Error('the answer is there');

export class SharedPace {
  readonly #ports: SharedPacePorts;
  readonly #timing: Timing;
  readonly #places: number;

  constructor(ports: SharedPacePorts, timing: Timing, places: number) {
    this.#ports = ports;
    this.#timing = timing;
    this.#places = places;
  }

  /**
   * Waits for a place and a start, then does `work`; its signal also tells when the place was lost.
   * @throws RetryLater when the host's next free start is too far ahead
   */
  async run<T>(
    { host, pace, signal }: { host: string; pace: Pace; signal: AbortSignal },
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const paced = async (held: AbortSignal) => {
      await this.#waitForStart(host, gapOf(pace), held);
      return work(held);
    };
    for (;;) {
      for (let place = 0; place < this.#places; place += 1) {
        const done = await this.#tryPlace(`host:${host}:${place}`, signal, paced);
        if (done !== null) return done.value;
      }
      await this.#timing.sleep(askAgainMs, signal);
    }
  }

  /** @returns null while another has the place; without a store there are no places, and the work is done */
  async #tryPlace<T>(
    name: string,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<{ value: T } | null> {
    const { leases, clock } = this.#ports;
    const patient: LeaseStore = {
      renew: (...held) => leases.renew(...held),
      acquire: (...asked) => this.#inTime(leases.acquire(...asked)),
      release: (...given) => this.#inTime(leases.release(...given)),
    };
    let begun: Promise<T> | null = null;
    const begin = (held: AbortSignal) => {
      begun = work(held);
      return begun.then((value) => ({ value }));
    };
    try {
      return await withLease(
        { leases: patient, clock },
        { name, owner: randomUUID(), ttlMs: placeMs, signal },
        (_lease, held) => begin(held),
      );
    } catch (error) {
      if (begun !== null) throw error;
      signal.throwIfAborted();
      return begin(signal);
    }
  }

  async #waitForStart(host: string, gapMs: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { rates, clock } = this.#ports;
    let start: string | null;
    try {
      start = await this.#inTime(rates.reserveStart(host, clock.now(), { gapMs, maxAheadMs }));
    } catch {
      signal.throwIfAborted();
      return;
    }
    if (start === null) throw new RetryLater(maxAheadMs, `too many wait for ${host} already`);
    const waitMs = Date.parse(start) - Date.parse(clock.now());
    if (waitMs > 0) await this.#timing.sleep(waitMs, signal);
  }

  /** Also for a caller that is stopping: an answer nobody waits for would leave a place taken, or not given back. */
  async #inTime<T>(asked: Promise<T>): Promise<T> {
    const answered = new AbortController();
    const patience = this.#timing
      .sleep(patienceMs, answered.signal)
      .then(() => Promise.reject(new Error(`no answer within ${patienceMs} ms`)));
    // Whichever comes second has nobody who listens.
    patience.catch(() => {});
    asked.catch(() => {});
    try {
      return await Promise.race([asked, patience]);
    } finally {
      answered.abort(isAnswered);
    }
  }
}
