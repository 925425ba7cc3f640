import { Command } from 'commander';
import { processTerminal, type Terminal } from '../terminal.ts';
import { type AddArticleContext, registerAddArticle } from './channel-add-article.ts';
import { type AuthoriseContext, registerAuthorise } from './channel-authorise.ts';
import { type ImportContext, registerImport } from './channel-import.ts';
import { type ListChannelsContext, registerListChannels } from './channel-list.ts';
import { registerStatus, type StatusContext } from './channel-status.ts';
import { registerTestChannel, type TestChannelContext } from './channel-test.ts';

/** `guanlan channel`: what is done with one channel, by hand. */
export function buildChannelCommand(
  openContext: () => Promise<
    AddArticleContext &
      AuthoriseContext &
      ImportContext &
      ListChannelsContext &
      StatusContext &
      TestChannelContext
  >,
  terminal: Terminal = processTerminal,
): Command {
  const channel = new Command('channel').description(
    'list the channels; test one on a page; status and fill-gap; add-article, import and authorise, by hand',
  );
  registerListChannels(channel, openContext, terminal);
  registerTestChannel(channel, openContext, terminal);
  registerStatus(channel, openContext, terminal);
  registerAddArticle(channel, openContext, terminal);
  registerImport(channel, openContext, terminal);
  registerAuthorise(channel, openContext, { terminal });
  return channel;
}
