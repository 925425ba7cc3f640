import type { Response } from 'express';
import { TooManyAttempts } from './errors.ts';

/** What one caller may do: so many points at once, and so many more a minute. A request costs one point unless its route says more. */
export interface RequestAllowance {
  points: number;
}

/** Far above what a person's pages ask for, and an office behind one address before it has signed in. */
export const perSession: RequestAllowance = { points: 1200 };
export const perAddress: RequestAllowance = { points: 600 };

const windowMs = 60_000;
/** Callers remembered; beyond them the longest unseen is forgotten, which only gives it its points back. */
const mostCallers = 20_000;

interface Bucket {
  points: number;
  at: number;
}

export interface Spent {
  limit: number;
  remaining: number;
  /** Seconds until all points are there again. */
  resetSeconds: number;
  /** Milliseconds until this request may be tried again; 0 for one that was let through. */
  waitMs: number;
}

/**
 * Keeps one caller from taking everybody's turn: a bucket of points each, filled evenly. Each process counts for itself, in
 * memory; what must hold over all of them (signing in) is counted in the store.
 */
export class RequestLimits {
  readonly #buckets = new Map<string, Bucket>();
  readonly #now: () => number;

  /** @param now milliseconds of a clock that only goes forward */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Takes `cost` points of `caller`, if they are there. */
  spend(caller: string, cost: number, { points: limit }: RequestAllowance): Spent {
    const at = this.#now();
    const bucket = this.#buckets.get(caller) ?? { points: limit, at };
    const points = Math.min(limit, bucket.points + ((at - bucket.at) / windowMs) * limit);
    // A dear request costs no more than a full bucket has: it is let through after a rest.
    const price = Math.min(cost, limit);
    const left = points >= price ? points - price : points;
    this.#buckets.delete(caller);
    this.#buckets.set(caller, { points: left, at });
    this.#forgetOldest();
    const toMs = (missing: number) => Math.max(0, Math.ceil((missing / limit) * windowMs));
    return {
      limit,
      remaining: Math.floor(left),
      resetSeconds: Math.ceil(toMs(limit - left) / 1000),
      waitMs: points >= price ? 0 : toMs(price - points),
    };
  }

  #forgetOldest(): void {
    if (this.#buckets.size <= mostCallers) return;
    const [oldest] = this.#buckets.keys();
    if (oldest !== undefined) this.#buckets.delete(oldest);
  }
}

/** Says in headers what is left. @throws TooManyAttempts where nothing is */
export function chargeRequest(
  response: Response,
  limits: RequestLimits,
  request: { caller: string; cost: number; allowance: RequestAllowance },
): void {
  const spent = limits.spend(request.caller, request.cost, request.allowance);
  response.set({
    'RateLimit-Limit': String(spent.limit),
    'RateLimit-Remaining': String(spent.remaining),
    'RateLimit-Reset': String(spent.resetSeconds),
  });
  if (spent.waitMs > 0) throw new TooManyAttempts(spent.waitMs, '请求太频繁，请稍后再试。');
}
