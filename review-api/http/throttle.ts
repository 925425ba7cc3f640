import type { Clock } from '../../pipeline/ports/clock.ts';
import type { CountLimits, RateStore } from '../../pipeline/ports/rate-store.ts';
import { TooManyAttempts } from './errors.ts';

export interface ThrottlePorts {
  rates: RateStore;
  clock: Clock;
  /** A keyed digest: what is counted is told from the rest, but by nobody turned into an address again. */
  digestName: (name: string) => string;
}

export interface ThrottleLimits extends CountLimits {
  /** Said to whoever is over them; of signing in unless told. */
  words?: string;
}

/** Counts failed attempts by key within a window, together with all processes that share the store. */
export class Throttle {
  private readonly ports: ThrottlePorts;
  private readonly kind: string;
  private readonly limits: ThrottleLimits;

  /** @param kind keeps apart what different throttles count under one key */
  constructor(ports: ThrottlePorts, kind: string, limits: ThrottleLimits) {
    this.ports = ports;
    this.kind = kind;
    this.limits = limits;
  }

  /**
   * Counts one attempt before it is made.
   * @throws TooManyAttempts while the window is full
   */
  async charge(key: string): Promise<void> {
    const now = this.ports.clock.now();
    const result = await this.ports.rates.charge(this.nameOf(key), now, this.limits);
    if (result.allowed) return;
    const delayMs = Date.parse(result.retryAt) - Date.parse(now);
    throw new TooManyAttempts(delayMs, this.limits.words ?? '从这里登录的尝试太多，请稍后再试。');
  }

  /** A success gives its attempt back. */
  async refund(key: string): Promise<void> {
    await this.ports.rates.refund(this.nameOf(key), this.ports.clock.now());
  }

  private nameOf(key: string): string {
    return this.ports.digestName(`${this.kind} ${key}`);
  }
}
