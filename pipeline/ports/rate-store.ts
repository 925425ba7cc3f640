/**
 * The pace and the counts that processes share. Entries are small, live for seconds to hours and may be lost: then a pace
 * starts anew and a count begins at nought. A name that tells of a person (an address, a login) comes as a keyed digest.
 * Starts, counts and memories are apart: one name may be used for each.
 *
 * What lies further ahead than the asker's own limits and `clockToleranceMs` allow was written by a clock gone astray and is
 * as good as lost. So all who ask for one name go by about the same limits.
 */
export interface RateStore {
  /**
   * The next free start, with the one after it moved on by `gapMs`: many who ask get starts evenly spaced.
   * @returns not before `now`; null, with nothing reserved, when it would lie more than `maxAheadMs` ahead
   */
  reserveStart(name: string, now: string, pace: PaceLimits): Promise<string | null>;
  /** Counts one attempt, unless `limit` have been counted in the window that the first of them opened. */
  charge(name: string, now: string, limits: CountLimits): Promise<ChargeResult>;
  /** Takes one attempt back; nothing when the window is over. */
  refund(name: string, now: string): Promise<void>;
  /** Anew from now, when it was remembered already. */
  remember(name: string, now: string, ttlMs: number): Promise<void>;
  isRemembered(name: string, now: string): Promise<boolean>;
  /** Removes what is over. @returns how many entries */
  purge(now: string): Promise<number>;
}

/** Whole milliseconds; a fraction is rounded up. */
export interface PaceLimits {
  gapMs: number;
  maxAheadMs: number;
}

export interface CountLimits {
  limit: number;
  windowMs: number;
}

/** `retryAt` is when the window is over. */
export type ChargeResult = { allowed: true } | { allowed: false; retryAt: string };
