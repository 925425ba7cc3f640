import { Command } from 'commander';
import { readConfig } from '../open-context.ts';
import { runService } from '../run-service.ts';

/** `guanlan start`: crawl, judge, serve, keep house, until Ctrl-C. */
export function buildStartCommand(): Command {
  return new Command('start')
    .description('run everything in one process')
    .option('--port <port>', 'instead of GUANLAN_PORT (3000)')
    .option('--data <folder>', 'instead of GUANLAN_DATA (./data)')
    .action(({ port, data }: { port?: string; data?: string }) =>
      runService(readConfig({ port, dataDir: data }), ['worker', 'api', 'crawler']),
    );
}
