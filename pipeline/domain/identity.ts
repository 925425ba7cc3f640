import { GuanlanError } from './errors.ts';
import type { Identity } from './user.ts';

/**
 * Why nobody came in by a door of the school's. `expired`: the ticket or code is used, too old or not ours. `misconfigured`: the
 * two systems do not know each other as they should. `garbled`: an answer that cannot be understood, or is not to be trusted.
 */
export type RefusalReason =
  | 'cancelled'
  | 'expired'
  | 'misconfigured'
  | 'unavailable'
  | 'garbled'
  | 'not-a-member';

/** The message is for the log: it holds no ticket, code, secret or name. */
export class IdentityRefused extends GuanlanError {
  readonly code = 'identity-refused';
  readonly reason: RefusalReason;
  constructor(reason: RefusalReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** How a provider's names for people are compared. `lower`: where the school's sign-in takes ZHANG and zhang for one. */
export type SubjectCase = 'keep' | 'lower';

const longest = 200;

/**
 * As identities are stored and matched: outer blanks taken off, small letters where the school says so, and nothing else.
 * @returns null for what cannot be a name: empty, too long, with control characters
 */
export function normaliseSubject(text: string, subjectCase: SubjectCase = 'keep'): string | null {
  const trimmed = text.trim();
  const subject = subjectCase === 'lower' ? trimmed.toLowerCase() : trimmed;
  return subject === '' || subject.length > longest || /\p{Cc}|\p{Cs}/u.test(subject) ? null : subject;
}

export const providerNames: Record<Identity['provider'], string> = {
  cas: '统一身份认证',
  oidc: '统一身份认证 (OIDC)',
  wecom: '企业微信',
};
