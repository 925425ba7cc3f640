import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { type CrawlContext, closeCrawlDeps, openCrawlDeps } from '../../crawlers/main.ts';
import { authoriseAddress, exchangeCode, readGrant } from '../../crawlers/sources/weibo/authorise.ts';
import type { Context } from '../../pipeline/context.ts';
import type { WeiboChannel } from '../../pipeline/domain/channel.ts';
import { InvalidInput, NotFound } from '../../pipeline/domain/errors.ts';
import type { Terminal } from '../terminal.ts';

export interface AuthoriseContext extends Omit<CrawlContext, 'credentials'> {
  credentials: Context['credentials'];
  close(): Promise<void>;
}

/** One line of what is typed or piped in. */
export type ReadLine = () => Promise<string>;

async function readLineFromStdin(): Promise<string> {
  const lines = createInterface({ input: process.stdin });
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
  }
}

/** `guanlan channel authorise`: the keeper of the school's Weibo account grants the app its token. */
export function registerAuthorise(
  channel: Command,
  openContext: () => Promise<AuthoriseContext>,
  { terminal, readLine = readLineFromStdin }: { terminal: Terminal; readLine?: ReadLine },
): void {
  channel
    .command('authorise <channel>')
    .description(
      "get a token of the Open Platform for the school's Weibo account, with its keeper at the browser",
    )
    .action(async (id: string) => {
      const context = await openContext();
      try {
        await authorise(id, { context, terminal, readLine });
      } finally {
        await context.close();
      }
    });
}

interface Scene {
  context: AuthoriseContext;
  terminal: Terminal;
  readLine: ReadLine;
}

/** @throws NotFound, InvalidInput, RetryLater; no message holds a code, secret or token */
async function authorise(id: string, { context, terminal, readLine }: Scene): Promise<void> {
  const channel = await getWeiboChannel(id, context);
  const app = await context.credentials.find(id, 'weibo-app');
  if (app === null) {
    throw new InvalidInput(
      'channel',
      `The app of "${id}" is not known: store its appKey, appSecret and redirectUri first (guanlan credential set ${id} --kind weibo-app).`,
    );
  }
  const state = randomBytes(16).toString('hex');
  terminal.print(authoriseAddress(app.secret, state));
  terminal.say(
    `Open this address, log in as the account ${channel.uid}, agree, and paste the address you are led to (or its code):`,
  );
  const code = readGrant(await readLine(), state);
  const deps = openCrawlDeps(context);
  try {
    const granted = await exchangeCode(deps, app.secret, code);
    if (granted.secret.uid !== channel.uid) {
      throw new InvalidInput(
        'code',
        `Another account granted this: log in as ${channel.uid}. Nothing was stored.`,
      );
    }
    const { expiresAt } = granted;
    await context.credentials.save(id, 'weibo-oauth', granted.secret, { expiresAt, actorId: null });
    terminal.say(`The token of ${id} is kept${expiresAt === null ? '' : `; it works until ${expiresAt}`}.`);
  } finally {
    await closeCrawlDeps(deps);
  }
}

async function getWeiboChannel(id: string, { stores }: AuthoriseContext): Promise<WeiboChannel> {
  const channel = (await stores.settings.read()).channels.find((one) => one.id === id);
  if (channel === undefined) throw new NotFound(`There is no channel "${id}".`);
  if (channel.kind !== 'weibo') throw new InvalidInput('channel', `"${id}" is no Weibo channel.`);
  return channel;
}
