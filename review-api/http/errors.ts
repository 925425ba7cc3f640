import { Conflict, GuanlanError } from '../../pipeline/domain/errors.ts';
import type { Problem } from '../contract/problem.ts';

/** There is no session, or it has ended. */
export class SignInRequired extends GuanlanError {
  readonly code = 'sign-in-required';
}

/** One answer for every reason a sign-in fails. */
export class SignInFailed extends GuanlanError {
  readonly code = 'sign-in-failed';
}

/** The first step was right; the next one is to show a code, or to set up what shows one. */
export class SecondStepRequired extends GuanlanError {
  readonly code: 'second-factor-required' | 'second-factor-set-up-required';
  constructor(need: 'prove' | 'set-up') {
    super(need === 'prove' ? '请输入动态口令。' : '您的账号须先设置动态口令，才能登录。');
    this.code = need === 'prove' ? 'second-factor-required' : 'second-factor-set-up-required';
  }
}

/** The request didn't come from our own pages. */
export class ForeignRequest extends GuanlanError {
  readonly code = 'foreign-request';
}

export class TooManyAttempts extends GuanlanError {
  readonly code = 'too-many-attempts';
  readonly delayMs: number;
  constructor(delayMs: number, message: string) {
    super(message);
    this.delayMs = delayMs;
  }
}

/** Somebody was faster: what has happened since, as far as the person may know. */
export class StaleCase extends Conflict {
  readonly stale: Pick<Problem, 'changes' | 'currentVersion' | 'referredAt'>;
  constructor(message: string, stale: StaleCase['stale']) {
    super(message);
    this.stale = stale;
  }
}

/** Somebody saved a draft meanwhile, or it is no longer to be written. */
export class StaleDraft extends Conflict {
  readonly standing: NonNullable<Problem['draft']>;
  constructor(message: string, standing: StaleDraft['standing']) {
    super(message);
    this.standing = standing;
  }
}

export class BodyTooLarge extends GuanlanError {
  readonly code = 'body-too-large';
}

export class UnsupportedBody extends GuanlanError {
  readonly code = 'unsupported-body';
}

export class MethodNotAllowed extends GuanlanError {
  readonly code = 'method-not-allowed';
  readonly allow: string;
  constructor(allow: string) {
    super('这个地址不接受这种请求。');
    this.allow = allow;
  }
}
