import type { Command } from 'commander';
import type { Context } from '../../pipeline/context.ts';
import type { Terminal } from '../terminal.ts';

export interface ListChannelsContext extends Pick<Context, 'close'> {
  stores: Pick<Context['stores'], 'settings' | 'ledger'>;
}

export function registerListChannels(
  channel: Command,
  openContext: () => Promise<ListChannelsContext>,
  terminal: Terminal,
): void {
  channel
    .command('list')
    .description('list the channels with their last run, tab-separated')
    .option('--json', 'one JSON line a channel')
    .action(async ({ json = false }: { json?: boolean }) => {
      const context = await openContext();
      try {
        await listChannels(context, json, terminal);
      } finally {
        await context.close();
      }
    });
}

async function listChannels(
  { stores }: ListChannelsContext,
  json: boolean,
  terminal: Terminal,
): Promise<void> {
  const { channels } = await stores.settings.read();
  if (!json) terminal.print(['id', 'kind', 'state', 'name', 'unit', 'last run', 'outcome'].join('\t'));
  for (const { id, kind, state, name, unit } of channels) {
    const [run] = await stores.ledger.listRuns(id, 1);
    const last = { lastRun: run?.startedAt ?? null, outcome: run?.outcome ?? null };
    if (json) {
      const line = { id, kind, state, name, unit, ...last, note: run?.note ?? null };
      terminal.print(JSON.stringify(line));
    } else terminal.print([id, kind, state, name, unit, last.lastRun ?? '', last.outcome ?? ''].join('\t'));
  }
}
