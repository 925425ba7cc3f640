import type { z } from 'zod';
import type { CaseChange } from '../../../review-api/contract/case-change.ts';
import { Problem } from '../../../review-api/contract/problem.ts';

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
    super('连不上服务器。请检查网络，稍后再试。');
  }
}

/** The answer is not what this page was built for: usually a page left open over an upgrade. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';
  constructor() {
    super('服务器的回答与本页版本不一致。请刷新页面；如仍出现，请告知管理员。');
  }
}

function plainWords(status: number): string {
  if (status === 401) return '登录已失效，请重新登录。';
  if (status === 403) return '您的角色没有这项权限。';
  if (status === 404) return '没有找到，可能已被处理或不在您的查看范围内。';
  if (status === 409) return '已有更新，请重新打开后再处理。';
  if (status === 429) return '操作过于频繁，请稍后再试。';
  return '服务器出错，未能完成。请稍后再试。';
}

/** A sentence for the screen, whatever was thrown. */
export function describeFailure(thrown: unknown): string {
  if (thrown instanceof ApiError) {
    const wait = thrown.retryAfterSeconds === undefined ? '' : `（${thrown.retryAfterSeconds} 秒后可再试）`;
    const keeper = thrown.status >= 500 && thrown.instance !== undefined ? `（编号 ${thrown.instance}）` : '';
    return `${thrown.message}${wait}${keeper}`;
  }
  if (thrown instanceof Unreachable || thrown instanceof UnexpectedAnswer) return thrown.message;
  return '页面出错，请刷新后再试。';
}
