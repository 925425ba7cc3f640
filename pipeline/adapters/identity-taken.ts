import { Conflict } from '../domain/errors.ts';
import type { Identity } from '../domain/user.ts';

/** Whose it is, the message does not say. */
export function identityTaken({ provider, subject }: Identity): Conflict {
  return new Conflict(`身份标识 ${provider}:${subject} 已关联到另一个账号，一个标识只能属于一个账号。`);
}
