import type { AccountPorts } from '../../pipeline/commands/manage-accounts.ts';
import type { User } from '../../pipeline/domain/user.ts';
import type { Terminal } from '../terminal.ts';

export interface UserContext extends AccountPorts {
  close(): Promise<void>;
}

/** What the parts of `guanlan user` share. */
export interface UserTools {
  /** Opens the context for one command, and closes it. */
  run(work: (context: UserContext) => Promise<void>): Promise<void>;
  /** @throws NotFound */
  getByLogin(login: string, context: UserContext): Promise<User>;
  terminal: Terminal;
}
