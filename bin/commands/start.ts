import { Command } from 'commander';
import type { Context } from '../../pipeline/context.ts';
import { bringInSeeds } from '../import-seeds.ts';
import { lockDataDir } from '../lock-data-dir.ts';
import { openContext, readConfig } from '../open-context.ts';
import { startService, untilAskedToStop } from '../service.ts';

const say = (line: string) => void process.stderr.write(`${line}\n`);

async function sayWhatIsMissing(context: Context): Promise<void> {
  const [users, settings] = await Promise.all([context.stores.users.list(), context.stores.settings.read()]);
  if (users.length === 0) {
    say('No account yet. In another terminal: guanlan user add --login zhang --name 张老师 --roles reviewer');
  }
  if (!settings.channels.some(({ state }) => state === 'trial' || state === 'live')) {
    say(
      `No channel is crawled yet. Set one to "trial" in ${context.config.seedDir}/channels.yaml and restart.`,
    );
  }
}

/** `guanlan start`: crawl, judge, serve, keep house, until Ctrl-C. */
export function buildStartCommand(): Command {
  return new Command('start')
    .description('run everything in one process')
    .option('--port <port>', 'instead of GUANLAN_PORT (3000)')
    .option('--data <folder>', 'instead of GUANLAN_DATA (./data)')
    .action(async (options: { port?: string; data?: string }) => {
      const config = readConfig({ port: options.port, dataDir: options.data });
      const unlock = lockDataDir(config.dataDir);
      try {
        const context = await openContext(config);
        await bringInSeeds(context);
        await sayWhatIsMissing(context);
        const service = await startService(context);
        process.stdout.write(`Guanlan 观澜 is running at ${service.url}\n`);
        await untilAskedToStop();
        say('Stopping …');
        await service.stop();
      } finally {
        unlock();
      }
    });
}
