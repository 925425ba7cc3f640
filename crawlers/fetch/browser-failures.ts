import { GuanlanError } from '../../pipeline/domain/errors.ts';
import { NetworkFailure } from './network-failure.ts';

/** The browser, or this page's part of it, has died under the page. */
export class BrowserCrash extends Error {
  override readonly name = 'BrowserCrash';
}

/** A page that could not be shown: no fault of its host's connection. The message has no page text and no query. */
export class RenderFailure extends Error {
  override readonly name = 'RenderFailure';
}

/** A failure whose message was written for the ledger: no page text, no query. */
export function isTold(error: unknown): boolean {
  return (
    error instanceof GuanlanError ||
    error instanceof NetworkFailure ||
    error instanceof RenderFailure ||
    error instanceof BrowserCrash
  );
}
