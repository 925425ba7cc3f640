import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { z } from 'zod';
import { setCredential } from '../../pipeline/commands/set-credential.ts';
import type { Context } from '../../pipeline/context.ts';
import { CredentialKind } from '../../pipeline/domain/credential.ts';
import { InvalidInput, NotFound } from '../../pipeline/domain/errors.ts';
import { processTerminal, type Terminal } from '../terminal.ts';

export type CredentialContext = Pick<Context, 'credentials' | 'clock' | 'close'> & {
  stores: Pick<Context['stores'], 'credentials' | 'settings'>;
};

interface SetOptions {
  kind: string;
  file?: string;
  expires?: string;
}

/** `guanlan credential`: what the school's own accounts are let in with. No secret is ever taken from the line or printed. */
export function buildCredentialCommand(
  openContext: () => Promise<CredentialContext>,
  terminal: Terminal = processTerminal,
): Command {
  const credential = new Command('credential').description(
    "what the school's own accounts are let in with: set, list, remove, rotate-key",
  );
  const run = async (work: (context: CredentialContext) => Promise<void>) => {
    const context = await openContext();
    try {
      await work(context);
    } finally {
      await context.close();
    }
  };
  credential
    .command('set <channel>')
    .description('read a secret from standard input, or from a file, and keep it sealed')
    .requiredOption('--kind <kind>', 'weibo-oauth, weibo-app, weibo-cookie or wechat-app')
    .option('--file <path>', 'read it from this file instead of standard input')
    .option('--expires <date>', 'the last day on which it works, YYYY-MM-DD, where the platform says')
    .action((channel: string, options: SetOptions) =>
      run((context) => set(channel, options, { context, terminal })),
    );
  credential
    .command('list')
    .description('list what is kept, tab-separated, without any secret')
    .action(() => run((context) => list(context, terminal)));
  credential
    .command('remove <channel>')
    .description('remove a credential for good')
    .requiredOption('--kind <kind>', CredentialKind.options.join(', '))
    .action((channel: string, { kind }: { kind: string }) =>
      run((context) => remove(channel, kind, { context, terminal })),
    );
  credential
    .command('rotate-key')
    .description('make a new key and seal every credential with it')
    .action(() => run((context) => rotate(context, terminal)));
  return credential;
}

interface Scene {
  context: CredentialContext;
  terminal: Terminal;
}

async function set(channelId: string, options: SetOptions, { context, terminal }: Scene): Promise<void> {
  const { kind, file, expires } = options;
  const expiresAt = expires === undefined ? null : endOfDay(expires);
  if (expiresAt !== null && expiresAt <= context.clock.now()) {
    throw new InvalidInput('--expires', `--expires ${expires} is past.`, 'the last day on which it works');
  }
  const text = file === undefined ? await terminal.readInput() : readSecretFile(file);
  const { version } = await setCredential(context, { channelId, kind, text, expiresAt, actorId: null });
  terminal.say(`Credential ${kind} of ${channelId} is kept, version ${version}.`);
}

function readSecretFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new InvalidInput('--file', `The file ${path} cannot be read (${code}).`);
  }
}

/** The end of a Shanghai day. */
function endOfDay(date: string): string {
  const day = z.iso.date().safeParse(date);
  if (!day.success) throw new InvalidInput('--expires', `--expires ${date} is no date.`, 'YYYY-MM-DD');
  return `${day.data}T16:00:00.000Z`;
}

async function list({ stores }: CredentialContext, terminal: Terminal): Promise<void> {
  terminal.print(['channel', 'kind', 'version', 'state', 'expires', 'saved', 'reason'].join('\t'));
  for (const facts of await stores.credentials.listFacts()) {
    const { channelId, kind, version, state, expiresAt, savedAt, reason } = facts;
    terminal.print(
      [channelId, kind, version, state, expiresAt ?? '', savedAt, reason ?? ''].map(String).join('\t'),
    );
  }
}

async function remove(channelId: string, name: string, { context, terminal }: Scene): Promise<void> {
  const kind = CredentialKind.safeParse(name);
  const known = await context.credentials.facts(channelId);
  if (!kind.success || !known.some((facts) => facts.kind === kind.data)) {
    throw new NotFound(`"${channelId}" has no credential "${name}"; \`guanlan credential list\` shows them.`);
  }
  await context.credentials.remove(channelId, kind.data, null);
  terminal.say(`Credential ${kind.data} of ${channelId} is removed.`);
}

async function rotate({ credentials }: CredentialContext, terminal: Terminal): Promise<void> {
  const { file, count } = await credentials.rotateKey(null);
  terminal.say(
    `${file} is the key now; credentials sealed anew: ${count}. ` +
      'Save a copy of it with the other keys. Older ones open older backups only.',
  );
}
