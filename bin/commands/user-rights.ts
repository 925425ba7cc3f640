import type { Command } from 'commander';
import { z } from 'zod';
import { assertUnit, parseRoles } from '../../pipeline/commands/add-user.ts';
import { accountSeal, editAccount, endAllSessions } from '../../pipeline/commands/manage-accounts.ts';
import { InvalidInput } from '../../pipeline/domain/errors.ts';
import { Role } from '../../pipeline/domain/role.ts';
import type { UserTools } from './user-context.ts';

interface SetOptions {
  roles?: string;
  unit?: string;
  leavesOn?: string;
  student?: string;
}

/** Whoever can read the data folder; nobody with an account. */
const byHand = { id: null };

/** What decides about somebody's rights: roles, unit, last day of work, sessions. */
export function addRightsCommands(user: Command, { run, getByLogin, terminal }: UserTools): void {
  user
    .command('set <login>')
    .description('change roles, unit, the last day of work or the student mark; what is not given stays')
    .option('--roles <a,b>', Role.options.join(', '))
    .option('--unit <id>', 'the unit the person belongs to, or "none"')
    .option('--leaves-on <date>', 'the last day of work, YYYY-MM-DD in Shanghai, or "none"')
    .option('--student <yes|no>', 'a student writes drafts: no role but editor')
    .action((login: string, options: SetOptions) =>
      run(async (context) => {
        const change = readChange(options);
        if ('unitId' in change) await assertUnit(change.unitId ?? null, context);
        const known = await getByLogin(login, context);
        await editAccount(known.id, { change, seen: accountSeal(known) }, byHand, context);
        terminal.say(`Account ${login} is changed; it holds from the next request on.`);
      }),
    );
  user
    .command('end-sessions <login>')
    .description('sign an account out everywhere')
    .action((login: string) =>
      run(async (context) => {
        await endAllSessions((await getByLogin(login, context)).id, byHand, context);
        terminal.say(`Account ${login} is signed out everywhere.`);
      }),
    );
}

function readChange({ roles, unit, leavesOn, student }: SetOptions) {
  const change = {
    ...(roles === undefined ? {} : { roles: parseRoles(roles.split(',')) }),
    ...(unit === undefined ? {} : { unitId: unit === 'none' ? null : unit }),
    ...(leavesOn === undefined ? {} : { leavesOn: leavesOn === 'none' ? null : parseDay(leavesOn) }),
    ...(student === undefined ? {} : { student: parseYes(student) }),
  };
  if (Object.keys(change).length > 0) return change;
  throw new InvalidInput('options', 'There is nothing to change.', '--roles, --unit, --leaves-on, --student');
}

function parseDay(text: string): string {
  const day = z.iso.date().safeParse(text);
  if (!day.success) throw new InvalidInput('leaves-on', `"${text}" is no date.`, 'YYYY-MM-DD, or none');
  return day.data;
}

function parseYes(text: string): boolean {
  if (text !== 'yes' && text !== 'no')
    throw new InvalidInput('student', `"${text}" is neither.`, 'yes or no');
  return text === 'yes';
}
