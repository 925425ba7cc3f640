import type { z } from 'zod';
import type { CaseChange } from '../../../review-api/contract/case-change.ts';
import { Problem } from '../../../review-api/contract/problem.ts';
import { t } from '../i18n/t.ts';

/** Whatever a refusal says: a gateway in front of the API may answer with less than the API itself. */
export const ProblemParts = Problem.partial();

/** The API refused: what it said, in the office's words, with the field and the hint where it named them. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly field: string | undefined;
  readonly hint: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  /** The request's id, to be told to whoever keeps the server. */
  readonly instance: string | undefined;
  /** For a 409 about a case: what has happened since it was shown. */
  readonly changes: readonly CaseChange[];
  /** The case went to those on duty meanwhile. */
  readonly referredAt: string | undefined;

  constructor(status: number, problem: z.infer<typeof ProblemParts>) {
    super(problem.detail ?? plainWords(status));
    this.name = 'ApiError';
    this.status = status;
    this.code = problem.code ?? 'unknown';
    this.field = problem.field;
    this.hint = problem.hint;
    this.retryAfterSeconds = problem.retryAfterSeconds;
    this.instance = problem.instance;
    this.changes = problem.changes ?? [];
    this.referredAt = problem.referredAt;
  }
}

/** The server was not reached: nothing is known about whether the request arrived. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
  constructor() {
    super(t('app.serverUnreachable'));
  }
}

/** The answer is not what this page was built for: usually a page left open over an upgrade. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';
  constructor() {
    super(t('app.answerMismatch'));
  }
}

function plainWords(status: number): string {
  if (status === 401) return t('app.signInExpired');
  if (status === 403) return t('app.notPermitted');
  if (status === 404) return t('app.notFound');
  if (status === 409) return t('app.changedMeanwhile');
  if (status === 429) return t('app.tooManyRequests');
  return t('app.serverFailed');
}

/** A sentence for the screen, whatever was thrown. */
export function describeFailure(thrown: unknown): string {
  if (thrown instanceof ApiError) {
    const wait =
      thrown.retryAfterSeconds === undefined ? '' : t('app.retryAfter', { n: thrown.retryAfterSeconds });
    const keeper =
      thrown.status >= 500 && thrown.instance !== undefined
        ? t('app.errorReference', { instance: thrown.instance })
        : '';
    return `${thrown.message}${wait}${keeper}`;
  }
  if (thrown instanceof Unreachable || thrown instanceof UnexpectedAnswer) return thrown.message;
  return t('app.pageFailed');
}
