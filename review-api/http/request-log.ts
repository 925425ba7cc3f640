import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { GuanlanError } from '../../pipeline/domain/errors.ts';

export function requestIdOf(response: Response): string {
  const id: unknown = response.locals.requestId;
  return typeof id === 'string' ? id : 'unknown';
}

/**
 * What may be written down of an error that nobody expected. A parser's message quotes its input, so it is left out; frames of
 * the stack hold only our own code's places.
 */
function describe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const quotes = error instanceof SyntaxError || error.name === 'ZodError' || error.name === '$ZodError';
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return {
    error: error.name,
    message: quotes ? undefined : error.message.slice(0, 300),
    stack: frames.slice(0, 12),
  };
}

/** One line a request: no address with its query, no body, no cookie, no header. */
export function buildRequestLog(logger: Logger): RequestHandler {
  return (request, response, next) => {
    const startedMs = performance.now();
    response.locals.requestId = randomUUID();
    response.set('X-Request-Id', requestIdOf(response));
    response.on('finish', () => {
      const { error, actorId, route } = response.locals;
      const line = {
        requestId: requestIdOf(response),
        method: request.method,
        route: typeof route === 'string' ? route : null,
        status: response.statusCode,
        durationMs: Math.round(performance.now() - startedMs),
        actorId: typeof actorId === 'string' ? actorId : null,
      };
      if (error instanceof GuanlanError) logger.info({ ...line, problem: error.code }, 'request refused');
      else if (error !== undefined) logger.error({ ...line, ...describe(error) }, 'request failed');
      else logger.info(line, 'request');
    });
    next();
  };
}
