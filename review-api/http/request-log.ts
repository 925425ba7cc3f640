import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import { reportError } from '../../pipeline/domain/error-report.ts';
import { GuanlanError } from '../../pipeline/domain/errors.ts';
import type { AppDeps } from './call.ts';

export function requestIdOf(response: Response): string {
  const id: unknown = response.locals.requestId;
  return typeof id === 'string' ? id : 'unknown';
}

/** One line a request: no address with its query, no body, no cookie, no header. */
export function buildRequestLog({ logger, metrics }: Pick<AppDeps, 'logger' | 'metrics'>): RequestHandler {
  return (request, response, next) => {
    const startedMs = performance.now();
    response.locals.requestId = randomUUID();
    response.set('X-Request-Id', requestIdOf(response));
    response.on('finish', () => {
      const { error, actorId } = response.locals;
      const route = typeof response.locals.route === 'string' ? response.locals.route : null;
      const { statusCode: status } = response;
      const durationMs = performance.now() - startedMs;
      // A stream lasts as long as somebody listens, which says nothing of how quick we are.
      const isStream = String(response.getHeader('content-type')).startsWith('text/event-stream');
      if (!isStream) metrics?.answered({ method: request.method, route, status, seconds: durationMs / 1000 });
      const line = {
        requestId: requestIdOf(response),
        method: request.method,
        route,
        status,
        durationMs: Math.round(durationMs),
        actorId: typeof actorId === 'string' ? actorId : null,
      };
      if (error instanceof GuanlanError) logger.info({ ...line, problem: error.code }, 'request refused');
      else if (error !== undefined) logger.error({ ...line, ...reportError(error) }, 'request failed');
      else logger.info(line, 'request');
    });
    next();
  };
}
