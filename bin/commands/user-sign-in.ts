import type { Command } from 'commander';
import { setEmergency, setIdentity } from '../../pipeline/commands/change-identity.ts';
import { resetSecondFactor } from '../../pipeline/commands/second-factor.ts';
import { Identity } from '../../pipeline/domain/user.ts';
import type { UserTools } from './user-context.ts';

/** Who an account is at the school's own sign-in, which accounts are kept for emergencies, and lost phones. */
export function addSignInCommands(user: Command, { run, getByLogin, terminal }: UserTools): void {
  user
    .command('identity <login>')
    .description('say who an account is at the school’s own sign-in')
    .requiredOption('--provider <provider>', Identity.shape.provider.options.join(', '))
    .option(
      '--subject <subject>',
      'as the provider calls the person: 工号, userid or the claim; without it, removed',
    )
    .action((login: string, options: { provider: string; subject?: string }) =>
      run(async (context) => {
        const { id } = await getByLogin(login, context);
        await setIdentity(
          id,
          { provider: options.provider, subject: options.subject ?? null },
          null,
          context,
        );
        terminal.say(
          `Account ${login} ${options.subject === undefined ? 'has no' : 'has its'} identity at ${options.provider}.`,
        );
      }),
    );
  user
    .command('emergency <login>')
    .description('keep an account for the day when the school’s own sign-in is away')
    .option('--off', 'keep it no longer')
    .action((login: string, options: { off?: boolean }) =>
      run(async (context) => {
        const { id } = await getByLogin(login, context);
        const isKept = options.off !== true;
        await setEmergency(id, isKept, null, context);
        terminal.say(`Account ${login} is ${isKept ? 'kept' : 'no longer kept'} for emergencies.`);
      }),
    );
  user
    .command('reset-second-factor <login>')
    .description('for somebody who lost phone and recovery codes')
    .action((login: string) =>
      run(async (context) => {
        await resetSecondFactor((await getByLogin(login, context)).id, null, context);
        terminal.say(`Account ${login} has no second factor now and is signed out everywhere.`);
      }),
    );
}
