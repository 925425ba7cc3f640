import type { Clock } from '../../pipeline/ports/clock.ts';
import { TooManyAttempts } from './errors.ts';

export interface ThrottleLimits {
  attempts: number;
  windowMs: number;
  /** Keys remembered at most; the oldest are forgotten. */
  capacity: number;
}

/** Counts failed attempts by key within a window; held in memory, because a restart may forget them. */
export class Throttle {
  private readonly clock: Clock;
  private readonly limits: ThrottleLimits;
  private readonly windows = new Map<string, { startedMs: number; count: number }>();

  constructor(clock: Clock, limits: ThrottleLimits) {
    this.clock = clock;
    this.limits = limits;
  }

  /**
   * Counts one attempt before it is made.
   * @throws TooManyAttempts while the window is full
   */
  charge(key: string): void {
    const nowMs = Date.parse(this.clock.now());
    const known = this.windows.get(key);
    const fresh = known === undefined || nowMs - known.startedMs >= this.limits.windowMs;
    const current = fresh ? { startedMs: nowMs, count: 0 } : known;
    if (current.count >= this.limits.attempts) {
      const delayMs = current.startedMs + this.limits.windowMs - nowMs;
      throw new TooManyAttempts(delayMs, '从这里登录的尝试太多，请稍后再试。');
    }
    current.count += 1;
    if (fresh) this.windows.delete(key);
    this.windows.set(key, current);
    this.forgetOldest();
  }

  /** A success gives its attempt back. */
  refund(key: string): void {
    const current = this.windows.get(key);
    if (current !== undefined && current.count > 0) current.count -= 1;
  }

  private forgetOldest(): void {
    if (this.windows.size <= this.limits.capacity) return;
    const oldest = this.windows.keys().next();
    if (!oldest.done) this.windows.delete(oldest.value);
  }
}
