import { Command } from 'commander';
import type { Context } from '../../pipeline/context.ts';
import { bucketHour } from '../../pipeline/domain/time.ts';
import { processTerminal, type Terminal } from '../terminal.ts';

export type ObjectionContext = Pick<Context, 'objections' | 'clock' | 'close'>;

interface AddOptions {
  platform: string;
  reference: string;
  received?: string;
}

/** `guanlan objection`: who does not want to be gathered (R13). An account's number is read once, from standard input, and never shown. */
export function buildObjectionCommand(
  openContext: () => Promise<ObjectionContext>,
  terminal: Terminal = processTerminal,
): Command {
  const objection = new Command('objection').description(
    'people who do not want to be gathered: add, list, remove, rotate-key',
  );
  const run = async (work: (context: ObjectionContext) => Promise<void>) => {
    const context = await openContext();
    try {
      await work(context);
    } finally {
      await context.close();
    }
  };
  objection
    .command('add')
    .description("read the account's number from standard input; what it writes is left out from now on")
    .requiredOption('--platform <platform>', 'weibo, wechat or site')
    .requiredOption('--reference <number>', 'the document number of the objection; no name')
    .option('--received <date>', 'the day it was received, YYYY-MM-DD; today unless told')
    .action((options: AddOptions) => run((context) => add(options, { context, terminal })));
  objection
    .command('list')
    .description('list the entries, tab-separated; nobody can be recognised in it')
    .action(() => run((context) => list(context, terminal)));
  objection
    .command('remove <id>')
    .description('take an entry off the list, as when the objection was taken back')
    .requiredOption('--reason <text>', 'why, without a name')
    .action((id: string, { reason }: { reason: string }) =>
      run(async ({ objections }) => {
        await objections.remove(id, reason, null);
        terminal.say(`Objection ${id} is removed.`);
      }),
    );
  objection
    .command('rotate-key')
    .description('make a new key for new entries; older entries need the older key as before')
    .action(() =>
      run(async ({ objections }) => {
        const file = objections.rotateKey();
        terminal.say(
          `${file} is the key now. Save a copy of it; keep the older ones, which older entries need.`,
        );
      }),
    );
  return objection;
}

interface Scene {
  context: ObjectionContext;
  terminal: Terminal;
}

async function add(options: AddOptions, { context, terminal }: Scene): Promise<void> {
  const { platform, reference, received } = options;
  const authorId = await terminal.readInput();
  const receivedOn = received ?? bucketHour(context.clock.now()).slice(0, 10);
  const { id } = await context.objections.add({ platform, authorId, receivedOn, reference, actorId: null });
  terminal.print(id);
  terminal.say('What this account writes is left out from the next page on. What is stored already holds no');
  terminal.say('sign of who wrote it, so that it cannot be found; its text is erased after 90 days at most.');
}

async function list({ objections }: ObjectionContext, terminal: Terminal): Promise<void> {
  terminal.print(['id', 'platform', 'received', 'reference'].join('\t'));
  for (const { id, platform, receivedOn, reference } of await objections.list())
    terminal.print([id, platform, receivedOn, reference].join('\t'));
}
