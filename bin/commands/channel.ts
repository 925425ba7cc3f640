import { Command } from 'commander';
import { processTerminal, type Terminal } from '../terminal.ts';
import { type AddArticleContext, registerAddArticle } from './channel-add-article.ts';

/** `guanlan channel`: what is done with one channel, by hand. */
export function buildChannelCommand(
  openContext: () => Promise<AddArticleContext>,
  terminal: Terminal = processTerminal,
): Command {
  const channel = new Command('channel').description('what is done with one channel: add-article');
  registerAddArticle(channel, openContext, terminal);
  return channel;
}
