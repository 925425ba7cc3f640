import { setTimeout as sleepFor } from 'node:timers/promises';

/** Time as the egress needs it; a test brings its own, so that it never sleeps. */
export interface Timing {
  /** Milliseconds that only grow. */
  nowMs(): number;
  /** Rejects with the signal's reason when aborted. */
  sleep(delayMs: number, signal: AbortSignal): Promise<void>;
}

export const systemTiming: Timing = {
  nowMs: () => performance.now(),
  sleep: async (delayMs, signal) => {
    signal.throwIfAborted();
    await sleepFor(delayMs, undefined, { signal }).catch((error: unknown) => {
      signal.throwIfAborted();
      throw error;
    });
  },
};

export interface Pace {
  requestsPerMinute: number;
  /** At least this between two starts, whatever the rate says. */
  minGapMs: number;
}

/** Between two starts, in milliseconds. */
export function gapOf({ requestsPerMinute, minGapMs }: Pace): number {
  return Math.max(60_000 / requestsPerMinute, minGapMs);
}

interface HostState {
  active: number;
  waiting: Array<() => void>;
  nextStartMs: number;
}

/** Per host: at most two requests at a time, their starts evenly spaced. */
export class Throttle {
  readonly #timing: Timing;
  readonly #maxActive: number;
  readonly #hosts = new Map<string, HostState>();

  constructor(timing: Timing, maxActive = 2) {
    this.#timing = timing;
    this.#maxActive = maxActive;
  }

  /** Waits for its turn. @returns what gives the place back; calling it twice is harmless */
  async enter(host: string, pace: Pace, signal: AbortSignal): Promise<() => void> {
    const state = this.#stateOf(host);
    await this.#takePlace(state, signal);
    let held = true;
    const leave = () => {
      if (!held) return;
      held = false;
      state.active -= 1;
      state.waiting.shift()?.();
    };
    const startMs = Math.max(this.#timing.nowMs(), state.nextStartMs);
    state.nextStartMs = startMs + gapOf(pace);
    const waitMs = startMs - this.#timing.nowMs();
    try {
      if (waitMs > 0) await this.#timing.sleep(waitMs, signal);
    } catch (error) {
      leave();
      throw error;
    }
    return leave;
  }

  #stateOf(host: string): HostState {
    const known = this.#hosts.get(host);
    if (known !== undefined) return known;
    const fresh = { active: 0, waiting: [], nextStartMs: 0 };
    this.#hosts.set(host, fresh);
    return fresh;
  }

  async #takePlace(state: HostState, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    while (state.active >= this.#maxActive) {
      await new Promise<void>((resolve, reject) => {
        const onAbort = () => {
          state.waiting = state.waiting.filter((one) => one !== turn);
          reject(signal.reason);
        };
        const turn = () => {
          signal.removeEventListener('abort', onAbort);
          resolve();
        };
        signal.addEventListener('abort', onAbort, { once: true });
        state.waiting.push(turn);
      });
    }
    state.active += 1;
  }
}
