import express, { type Express } from 'express';
import { reportError } from '../pipeline/domain/error-report.ts';
import { NotFound } from '../pipeline/domain/errors.ts';
import { takeOffBasePath } from './http/base-path.ts';
import type { AppDeps } from './http/call.ts';
import { openChangeFeed } from './http/change-feed.ts';
import { mountEventStream } from './http/event-stream.ts';
import { mountRoutes } from './http/mount.ts';
import { answerProblem } from './http/problems.ts';
import { RequestLimits } from './http/request-limits.ts';
import { buildRequestLog } from './http/request-log.ts';
import { RuleTrials } from './http/rule-trials.ts';
import { buildSecurityHeaders } from './http/security-headers.ts';
import { SignInThrottle } from './http/sign-in-throttle.ts';
import { mountPages } from './http/static-pages.ts';
import { openDirectory } from './present/directory.ts';
import { mountPublicPages } from './public/mount-public.ts';
import { mountDoors } from './sign-in/doors.ts';

export type { AppDeps } from './http/call.ts';
export type { HttpOptions } from './http/http-options.ts';

/** @param stopping ends the answers that would not end by themselves */
export function createApp(deps: AppDeps, stopping = new AbortController().signal): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', deps.http.trustedProxyHops);
  app.use(buildRequestLog(deps));
  app.use(buildSecurityHeaders(deps.http.behindTls));
  app.use(takeOffBasePath(deps.http.basePath));
  const json = { inflate: false, type: 'application/json' };
  // A hundred texts at once; whatever has been read here is not read again below.
  app.use('/api/judge', express.json({ ...json, limit: '1mb' }));
  // A draft with the layout of 秀米 or 135.
  app.use(['/api/drafts', '/api/checks'], express.json({ ...json, limit: '3mb' }));
  app.use('/api', express.json({ ...json, limit: '100kb' }));
  const feed = openChangeFeed({
    ...deps,
    onTrouble: (error) => deps.logger.warn(reportError(error), 'a change could not be told to the pages'),
  });
  stopping.addEventListener('abort', feed.close, { once: true });
  mountEventStream(app, { ...deps, feed, stopping });
  const routeDeps = {
    ...deps,
    directory: openDirectory(deps.stores),
    requestLimits: new RequestLimits(),
    ruleTrials: new RuleTrials(),
    signInThrottle: new SignInThrottle({ ...deps, rates: deps.stores.rates }),
  };
  mountDoors(app, routeDeps);
  mountRoutes(app, routeDeps);
  mountPublicPages(app, routeDeps);
  if (deps.http.webFolder !== null) mountPages(app, deps.http.webFolder, deps.http.basePath);
  app.use(() => {
    throw new NotFound('没有这个地址。');
  });
  app.use(answerProblem);
  return app;
}
