import type { RequestHandler } from 'express';

/**
 * Under a path of our own, a proxy may take the path off or leave it: both are understood. The bare path leads to the one with a
 * slash, because the pages' own addresses are relative to it.
 */
export function takeOffBasePath(basePath: string): RequestHandler {
  return (request, response, next) => {
    const { url } = request;
    if (basePath === '' || !url.startsWith(basePath)) return next();
    const rest = url.slice(basePath.length);
    if (rest.startsWith('/')) {
      request.url = rest;
      return next();
    }
    if (rest !== '' && !rest.startsWith('?')) return next();
    response.redirect(308, `${basePath}/${rest}`);
  };
}
