import { Command } from 'commander';
import { addUser } from '../../pipeline/commands/add-user.ts';
import { resetPassword } from '../../pipeline/commands/change-password.ts';
import { disableUser, unlockUser } from '../../pipeline/commands/change-user.ts';
import { makeFirstPassword } from '../../pipeline/commands/first-password.ts';
import { accountStateOf } from '../../pipeline/domain/account.ts';
import { InvalidInput, NotFound } from '../../pipeline/domain/errors.ts';
import { Role } from '../../pipeline/domain/role.ts';
import { hasLeft, type User } from '../../pipeline/domain/user.ts';
import { processTerminal, type Terminal } from '../terminal.ts';
import type { UserContext } from './user-context.ts';
import { addRightsCommands } from './user-rights.ts';
import { addSignInCommands } from './user-sign-in.ts';

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
  const user = new Command('user').description(
    'accounts: add, list, set, disable, unlock, reset-password, end-sessions',
  );
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
        const account = await getByLogin(login, context);
        assertStays(account, context);
        await unlockUser(context, account.id, null);
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
  addRightsCommands(user, { run, getByLogin, terminal });
  addSignInCommands(user, { run, getByLogin, terminal });
  return user;
}

async function add(options: AddOptions, context: UserContext, terminal: Terminal): Promise<void> {
  const { login, name, unit = null } = options;
  const given = options.passwordStdin === true ? await readPassword(terminal) : null;
  const password = given ?? makeFirstPassword(login);
  const wanted = { login, name, roles: options.roles.split(','), unitId: unit, password };
  await addUser({ ...wanted, mustChangePassword: given === null }, null, context);
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
  const password = given ?? makeFirstPassword(login);
  await resetPassword(user, password, { actorId: null, mustChange: given === null }, context);
  terminal.say(`Account ${login} has a new password and is signed out everywhere.`);
  if (given === null) printOnce(password, terminal);
}

async function list(context: UserContext, terminal: Terminal): Promise<void> {
  terminal.print(['login', 'name', 'roles', 'unit', 'state', 'leaves on'].join('\t'));
  const now = context.clock.now();
  for (const user of await context.stores.users.list()) {
    const { login, name, roles, unitId, leavesOn } = user;
    const facts = [login, name, roles.join(','), unitId ?? '', stateOf(user, now), leavesOn ?? ''];
    terminal.print(facts.join('\t'));
  }
}

function stateOf(user: User, now: string): string {
  const state = accountStateOf(user, now);
  return state === 'locked' ? `locked until ${user.lockedUntil}` : state;
}

/** @throws InvalidInput for one whose last day of work is over: enabling would not let them in */
function assertStays(user: User, { clock }: UserContext): void {
  if (!hasLeft(user, clock.now())) return;
  const { login } = user;
  const hint = `first: guanlan user set ${login} --leaves-on none`;
  throw new InvalidInput('leaves-on', `The last day of work of "${login}" is over.`, hint);
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

/** What the office's screens are told in Chinese is said in English here. */
const english: Record<string, readonly [message: string, hint: string]> = {
  password: [
    'The password is refused.',
    'at least 12 characters, without the login, not a common word with digits',
  ],
  roles: [
    'These roles may not be held together with lent ones, or nobody who manages accounts would be left.',
    'end the stand-in first, or give another account the role account-admin',
  ],
  student: ['A student account holds no role but editor.', 'first: guanlan user set <login> --roles editor'],
  disabled: [
    'Nobody who manages accounts would be left.',
    'give another account the role account-admin first',
  ],
  leavesOn: [
    'Nobody who manages accounts would be left.',
    'give another account the role account-admin first',
  ],
};

async function inEnglish(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof InvalidInput) || !/\p{Script=Han}/u.test(error.message)) throw error;
    const [message, hint] = english[error.field] ?? [error.message, error.hint];
    throw new InvalidInput(error.field, message, hint);
  }
}
