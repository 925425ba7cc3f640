import type { ErrorRequestHandler, Response } from 'express';
import { GuanlanError, InvalidInput, RetryLater } from '../../pipeline/domain/errors.ts';
import type { Problem } from '../contract/problem.ts';
import { MethodNotAllowed, StaleCase, StaleDraft, TooManyAttempts } from './errors.ts';
import { asDomainError } from './foreign-errors.ts';
import { requestIdOf } from './request-log.ts';

/** The one table: what an error is over HTTP. What isn't in it is a 500. */
const table: Record<string, { status: number; title: string }> = {
  'invalid-input': { status: 400, title: '填写有误' },
  'sign-in-required': { status: 401, title: '请先登录' },
  'sign-in-failed': { status: 401, title: '登录没有成功' },
  'second-factor-required': { status: 401, title: '还需要动态口令' },
  'second-factor-set-up-required': { status: 401, title: '须先设置动态口令' },
  'not-permitted': { status: 403, title: '没有这个权限' },
  'foreign-request': { status: 403, title: '请求被拒绝' },
  'not-found': { status: 404, title: '没有找到' },
  'method-not-allowed': { status: 405, title: '不接受这种请求' },
  conflict: { status: 409, title: '与别人的操作冲突' },
  'body-too-large': { status: 413, title: '内容太长' },
  'unsupported-body': { status: 415, title: '内容格式不对' },
  'too-many-attempts': { status: 429, title: '尝试次数过多' },
  'retry-later': { status: 503, title: '暂时忙，请稍后再试' },
};

const unknown = { status: 500, title: '系统出错，请稍后再试' };

/** What is said about an error to the outside. A 5xx has no detail. */
export function buildProblem(error: unknown, instance: string): Problem {
  const code = error instanceof GuanlanError && error.code in table ? error.code : 'internal';
  const { status, title } = table[code] ?? unknown;
  const problem: Problem = { type: `urn:guanlan:problem:${code}`, title, status, code, instance };
  if (error instanceof RetryLater || error instanceof TooManyAttempts) {
    problem.retryAfterSeconds = Math.max(1, Math.ceil(error.delayMs / 1000));
  }
  if (status >= 500 || !(error instanceof GuanlanError)) return problem;
  problem.detail = error.message;
  if (error instanceof StaleCase) Object.assign(problem, error.stale);
  if (error instanceof StaleDraft) problem.draft = error.standing;
  if (error instanceof InvalidInput) {
    problem.field = error.field;
    if (error.hint !== undefined) problem.hint = error.hint;
  }
  return problem;
}

function sendProblem(response: Response, problem: Problem): void {
  if (problem.retryAfterSeconds !== undefined) response.set('Retry-After', String(problem.retryAfterSeconds));
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

/** The end of every failed request. */
export const answerProblem: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  const known = asDomainError(error);
  response.locals.error = known;
  if (response.headersSent) {
    next(error);
    return;
  }
  if (known instanceof MethodNotAllowed) response.set('Allow', known.allow);
  sendProblem(response, buildProblem(known, requestIdOf(response)));
};
