import { randomInt } from 'node:crypto';
import { Command } from 'commander';
import { type AddUserPorts, addUser } from '../../pipeline/commands/add-user.ts';
import { resetPassword } from '../../pipeline/commands/change-password.ts';
import { disableUser, unlockUser } from '../../pipeline/commands/change-user.ts';
import { InvalidInput, NotFound } from '../../pipeline/domain/errors.ts';
import { Role } from '../../pipeline/domain/role.ts';
import type { User } from '../../pipeline/domain/user.ts';
import { processTerminal, type Terminal } from '../terminal.ts';
import { addSignInCommands } from './user-sign-in.ts';

export interface UserContext extends AddUserPorts {
  close(): Promise<void>;
}

interface AddOptions {
  login: string;
  name: string;
  roles: string;
  unit?: string;
  passwordStdin?: boolean;
}

/** `guanlan user`: accounts, beside a running service. Nobody acts through it but who can read the data folder. */
export function buildUserCommand(
  openContext: () => Promise<UserContext>,
  terminal: Terminal = processTerminal,
): Command {
  const user = new Command('user').description('accounts: add, list, disable, unlock, reset-password');
  const run = async (work: (context: UserContext) => Promise<void>) => {
    const context = await openContext();
    try {
      await inEnglish(() => work(context));
    } finally {
      await context.close();
    }
  };
  user
    .command('add')
    .description('add an account; without --password-stdin a password is made and printed once')
    .requiredOption('--login <login>', 'lower-case letters, digits and . _ -')
    .requiredOption('--name <name>', 'the name that colleagues see')
    .requiredOption('--roles <a,b>', Role.options.join(', '))
    .option('--unit <id>', 'the unit the person belongs to')
    .option('--password-stdin', 'read the password from standard input')
    .action((options: AddOptions) => run((context) => add(options, context, terminal)));
  user
    .command('list')
    .description('list the accounts, tab-separated')
    .action(() => run((context) => list(context, terminal)));
  user
    .command('disable <login>')
    .description('refuse an account and sign it out everywhere')
    .action((login: string) =>
      run(async (context) => {
        await disableUser(context, (await getByLogin(login, context)).id, { actorId: null });
        terminal.say(`Account ${login} is disabled and signed out.`);
      }),
    );
  user
    .command('unlock <login>')
    .description('end a lockout, or enable a disabled account')
    .action((login: string) =>
      run(async (context) => {
        await unlockUser(context, (await getByLogin(login, context)).id, null);
        terminal.say(`Account ${login} can sign in.`);
      }),
    );
  user
    .command('reset-password <login>')
    .description('set a new password and sign the account out everywhere')
    .option('--password-stdin', 'read the password from standard input')
    .action((login: string, options: { passwordStdin?: boolean }) =>
      run((context) => reset(login, options.passwordStdin === true, { context, terminal })),
    );
  addSignInCommands(user, { run, getByLogin, terminal });
  return user;
}

async function add(options: AddOptions, context: UserContext, terminal: Terminal): Promise<void> {
  const { login, name, unit = null } = options;
  const given = options.passwordStdin === true ? await readPassword(terminal) : null;
  const password = given ?? generatePassword();
  await addUser({ login, name, roles: options.roles.split(','), unitId: unit, password }, null, context);
  terminal.say(`Account ${login} added.`);
  if (given === null) printOnce(password, terminal);
}

async function reset(
  login: string,
  fromInput: boolean,
  { context, terminal }: { context: UserContext; terminal: Terminal },
): Promise<void> {
  const user = await getByLogin(login, context);
  const given = fromInput ? await readPassword(terminal) : null;
  const password = given ?? generatePassword();
  await resetPassword(user, password, { actorId: null, mustChange: given === null }, context);
  terminal.say(`Account ${login} has a new password and is signed out everywhere.`);
  if (given === null) printOnce(password, terminal);
}

async function list(context: UserContext, terminal: Terminal): Promise<void> {
  terminal.print(['login', 'name', 'roles', 'unit', 'state'].join('\t'));
  const now = context.clock.now();
  for (const user of await context.stores.users.list()) {
    const { login, name, roles, unitId } = user;
    terminal.print([login, name, roles.join(','), unitId ?? '', stateOf(user, now)].join('\t'));
  }
}

function stateOf({ disabled, lockedUntil }: User, now: string): string {
  if (disabled) return 'disabled';
  return lockedUntil !== null && lockedUntil > now ? `locked until ${lockedUntil}` : 'active';
}

async function getByLogin(login: string, { stores }: UserContext): Promise<User> {
  const user = await stores.users.findByLogin(login);
  if (user === null) throw new NotFound(`There is no account "${login}"; \`guanlan user list\` shows them.`);
  return user;
}

async function readPassword(terminal: Terminal): Promise<string> {
  const password = (await terminal.readInput()).replace(/\r?\n$/, '');
  if (password === '') throw new InvalidInput('stdin', 'Standard input holds no password.');
  return password;
}

function printOnce(password: string, terminal: Terminal): void {
  terminal.say(
    'Its password, shown this once; hand it over in person (a new one: guanlan user reset-password):',
  );
  terminal.print(password);
}

/** Without letters and digits that are easily taken for one another; 98 bits. */
function generatePassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
  const group = () => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}

/** The password rules speak to the office's screens; here they are said in English. */
async function inEnglish(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof InvalidInput) || error.field !== 'password') throw error;
    throw new InvalidInput(
      'password',
      'The password is refused.',
      'at least 12 characters, without the login, not a common word with digits',
    );
  }
}
