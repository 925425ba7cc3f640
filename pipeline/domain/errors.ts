/**
 * Errors tell the caller what to do. One table (review-api/http) maps them to HTTP; anything that is not
 * one of these is unknown and is retried with back-off.
 */
export abstract class GuanlanError extends Error {
  abstract readonly code: string;
  override get name(): string {
    return this.constructor.name;
  }
}

/** The caller sent something wrong: `field` names what, `hint` says how to put it right. */
export class InvalidInput extends GuanlanError {
  readonly code = 'invalid-input';
  readonly field: string;
  readonly hint: string | undefined;
  constructor(field: string, message: string, hint?: string) {
    super(message);
    this.field = field;
    this.hint = hint;
  }
}

/** The actor may not do this; nothing was changed. */
export class NotPermitted extends GuanlanError {
  readonly code = 'not-permitted';
}

/** There is no such thing, or it is not for this actor's eyes: the two are not told apart. */
export class NotFound extends GuanlanError {
  readonly code = 'not-found';
}

/** Somebody was faster, or the version is stale: read again, then decide again. */
export class Conflict extends GuanlanError {
  readonly code = 'conflict';
}

/** Not now: come back after `delayMs`. Spends no attempt. */
export class RetryLater extends GuanlanError {
  readonly code = 'retry-later';
  readonly delayMs: number;
  constructor(delayMs: number, message: string) {
    super(message);
    this.delayMs = delayMs;
  }
}

/** A person must log in again at the platform; `who` is the keeper of the credential. */
export class CredentialExpired extends GuanlanError {
  readonly code = 'credential-expired';
  readonly who: string;
  /** What the platform called it: a number or a few words; null where it was not the platform that said so. */
  readonly platformCode: string | null;
  constructor(who: string, message: string, platformCode: string | null = null) {
    super(message);
    this.who = who;
    this.platformCode = platformCode;
  }
}

/** The parser met a page it does not know. The page is kept and its keeper is told. */
export class PageChanged extends GuanlanError {
  readonly code = 'page-changed';
  readonly url: string;
  constructor(url: string, message: string) {
    super(message);
    this.url = url;
  }
}

/** Trying again cannot help. */
export class Permanent extends GuanlanError {
  readonly code = 'permanent';
}
