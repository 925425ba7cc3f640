import type { Command } from 'commander';
import { addWechatAddresses } from '../../crawlers/sources/wechat/add-addresses.ts';
import type { Context } from '../../pipeline/context.ts';
import { InvalidInput, NotFound } from '../../pipeline/domain/errors.ts';
import type { Terminal } from '../terminal.ts';

export type AddArticleContext = Pick<Context, 'clock' | 'close'> & {
  stores: Pick<Context['stores'], 'ledger' | 'settings'>;
};

/** `guanlan channel add-article`: what no interface lists, by its address. */
export function registerAddArticle(
  channel: Command,
  openContext: () => Promise<AddArticleContext>,
  terminal: Terminal,
): void {
  channel
    .command('add-article <channel> <address...>')
    .description("add articles or albums of the channel's own WeChat account by their addresses")
    .action(async (id: string, addresses: string[]) => {
      const context = await openContext();
      try {
        await addArticles(id, addresses, { context, terminal });
      } finally {
        await context.close();
      }
    });
}

/** One line an address, in the order given, tab-separated. @throws NotFound, InvalidInput when any address was refused */
async function addArticles(
  id: string,
  addresses: readonly string[],
  { context, terminal }: { context: AddArticleContext; terminal: Terminal },
): Promise<void> {
  const { stores, clock } = context;
  const channel = (await stores.settings.read()).channels.find((one) => one.id === id);
  if (channel === undefined) throw new NotFound(`There is no channel "${id}".`);
  if (channel.kind !== 'wechat') {
    throw new InvalidInput(
      'channel',
      `"${id}" is no WeChat channel.`,
      'only those take articles by their addresses',
    );
  }
  const results = await addWechatAddresses({ ledger: stores.ledger, clock }, channel, addresses);
  results.forEach((result, i) => {
    const what = result.outcome === 'refused' ? result.why : `${result.is}\t${result.url}`;
    terminal.print(`${i + 1}\t${result.outcome}\t${what}`);
  });
  const refused = results.filter(({ outcome }) => outcome === 'refused').length;
  if (results.length > refused)
    terminal.say(`They are read in the next run: guanlan crawl --channel ${id} --once`);
  if (refused > 0)
    throw new InvalidInput('address', `${refused} of ${results.length} addresses were refused.`);
}
