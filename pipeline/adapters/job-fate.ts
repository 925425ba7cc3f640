import { describeError } from '../domain/error-report.ts';
import { Permanent, RetryLater } from '../domain/errors.ts';
import type { OnJobFailure } from '../ports/job-queue.ts';

export interface RetryPolicy {
  /** Failures after which a job is dead. */
  maxAttempts: number;
  /** Wait after the first failure; doubled by each further one, up to an hour. */
  backoffMs: number;
}

export interface FateOptions extends Partial<RetryPolicy> {
  /** Told every failure of a job in this process; not of one that was told to stop. */
  onFailure?: OnJobFailure | undefined;
}

/** `reason` quotes nobody: it is kept where texts must not be. */
export type Fate =
  | { kind: 'later' | 'again'; delayMs: number; reason: string; attempts: number }
  | { kind: 'dead'; reason: string; attempts: number };

export const usualPriority = 5;
/** Reasons are for a person to read; the store knows what is still due, so that old ones may go. */
export const deadKept = 1000;
const reasonLength = 500;
const longestBackoffMs = 3_600_000;

export function retryPolicy(options: Partial<RetryPolicy>): RetryPolicy {
  return { maxAttempts: options.maxAttempts ?? 5, backoffMs: options.backoffMs ?? 1000 };
}

/** What becomes of a job that failed. @param attempts failures before this one; those of RetryLater do not count */
export function decideFate(error: unknown, attempts: number, policy: RetryPolicy): Fate {
  const reason = describeError(error).slice(0, reasonLength);
  if (error instanceof RetryLater) {
    return { kind: 'later', delayMs: Math.max(1, error.delayMs), reason, attempts };
  }
  const failures = attempts + 1;
  if (error instanceof Permanent || failures >= policy.maxAttempts) {
    return { kind: 'dead', reason, attempts: failures };
  }
  // Under a millisecond would mean at once.
  const delayMs = Math.max(1, Math.min(longestBackoffMs, policy.backoffMs * 2 ** attempts));
  return { kind: 'again', delayMs, reason, attempts: failures };
}
