import { type Command, InvalidArgumentError } from 'commander';
import { readChannelsFile } from '../../config/seeds.ts';
import { inspectSite } from '../../crawlers/inspect-site.ts';
import { inspectSource } from '../../crawlers/inspect-source.ts';
import type { Inspection } from '../../crawlers/inspection.ts';
import { type CrawlContext, closeCrawlDeps, openCrawlDeps } from '../../crawlers/main.ts';
import type { Channel } from '../../pipeline/domain/channel.ts';
import { InvalidInput } from '../../pipeline/domain/errors.ts';
import { watchStopSignals } from '../stop-signals.ts';
import type { Terminal } from '../terminal.ts';
import { describeInspection } from './channel-report.ts';

export interface TestChannelContext extends CrawlContext {
  close(): Promise<void>;
}

interface TestOptions {
  url?: string;
  file?: string;
  json?: boolean;
}

/** What the crawler would take from one page of a channel. Stores nothing. */
export function registerTestChannel(
  channel: Command,
  openContext: () => Promise<TestChannelContext>,
  terminal: Terminal,
): void {
  channel
    .command('test <id>')
    .description('fetch one page of a channel and show what was found; stores nothing')
    .option('--url <url>', "this page instead of the channel's first one", parseAddress)
    .option('--file <path>', 'take the channel from this channels.yaml instead of the settings')
    .option('--json', 'everything, as one JSON object')
    .action(async (id: string, options: TestOptions) => {
      const stop = watchStopSignals();
      try {
        const context = await openContext();
        try {
          const found = await inspect(id, options, { context, signal: stop.signal });
          tell(found, options.json ?? false, terminal);
        } finally {
          await context.close();
        }
      } finally {
        stop.release();
      }
    });
}

async function inspect(
  id: string,
  { url, file }: TestOptions,
  { context, signal }: { context: TestChannelContext; signal: AbortSignal },
): Promise<Inspection> {
  const { channels } =
    file === undefined ? await context.stores.settings.read() : { channels: readChannelsFile(file) };
  const channel = getChannel(channels, id);
  const deps = openCrawlDeps(context);
  try {
    const asked = { deps, url: url ?? null, signal };
    return await (channel.kind === 'site' ? inspectSite(channel, asked) : inspectSource(channel, asked));
  } finally {
    await closeCrawlDeps(deps);
  }
}

function tell(found: Inspection, json: boolean, terminal: Terminal): void {
  if (json) terminal.print(JSON.stringify(found));
  else for (const line of describeInspection(found)) terminal.print(line);
  const state = found.page?.parsed.state ?? found.reading?.state ?? null;
  if (found.problem === null && (state === 'ok' || state === 'empty')) return;
  terminal.say(`guanlan channel: ${found.problem ?? `the page is ${state ?? 'unknown'}`}`);
  process.exitCode = 1;
}

/** @throws InvalidInput that names the known channels */
function getChannel(channels: readonly Channel[], id: string): Exclude<Channel, { kind: 'manual' }> {
  const channel = channels.find((one) => one.id === id);
  if (channel === undefined) {
    const known = channels.map((one) => one.id).join(', ') || 'none';
    throw new InvalidInput('id', `there is no channel ${id}; known: ${known}`);
  }
  if (channel.kind === 'manual') {
    throw new InvalidInput('id', `channel ${id} is registered for review only: nothing is fetched`);
  }
  return channel;
}

function parseAddress(value: string): string {
  if (URL.canParse(value) && /^https?:/.test(value)) return value;
  throw new InvalidArgumentError('give a full address, such as https://www.example.edu.cn/.');
}
