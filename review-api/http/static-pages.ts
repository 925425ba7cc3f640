import { existsSync } from 'node:fs';
import path from 'node:path';
import express, { type Express } from 'express';
import { NotFound } from '../../pipeline/domain/errors.ts';

/** Vite puts a content hash into the names under assets/: those never change; everything else is asked for again. */
function cacheControlOf(file: string): string {
  const hashed = path.basename(path.dirname(file)) === 'assets';
  return hashed ? 'public, max-age=31536000, immutable' : 'no-cache';
}

/** The address of a page: not of a file, of what is built into assets/, of the API, nor of the numbers of the other port. */
const pagePath = /^\/(?!(?:api|assets|metrics)(?:\/|$))[^.\p{Cc}]*$/u;

/**
 * The dashboards' files. Any other address that a browser opens leads to the start page, which has its own routes behind the `#`
 * and asks for everything relative to where it stands.
 */
export function mountPages(app: Express, webFolder: string, basePath: string): void {
  app.use(
    express.static(webFolder, {
      index: false,
      redirect: false,
      dotfiles: 'ignore',
      cacheControl: false,
      setHeaders: (response, file) => response.setHeader('Cache-Control', cacheControlOf(file)),
    }),
  );
  app.get('/{*page}', (request, response) => {
    const wantsPage =
      request.accepts(['html', 'json']) === 'html' && pagePath.test(decodeURIComponent(request.path));
    if (!wantsPage) throw new NotFound('没有这个地址。');
    const start = path.join(webFolder, 'index.html');
    if (!existsSync(start)) throw new NotFound('工作台还没有构建，请先运行 npm run build:web。');
    response.set('Cache-Control', 'no-cache');
    if (request.path === '/') response.sendFile(start);
    else response.redirect(302, `${basePath}/`);
  });
}
