import { Command } from 'commander';
import { readConfig } from '../open-context.ts';
import { assertScaled, runService } from '../run-service.ts';

/** `guanlan api`: the pages and their API alone. Any number of them, behind one address. */
export function buildApiCommand(): Command {
  return new Command('api')
    .description('serve the workbench and its API; scaled set-up only')
    .option('--port <port>', 'instead of GUANLAN_PORT (3000)')
    .action(async (options: { port?: string }) => {
      const config = readConfig({ port: options.port });
      assertScaled(config, 'api');
      await runService(config, ['api']);
    });
}

/** `guanlan worker`: judges and keeps house. Any number of them. */
export function buildWorkerCommand(): Command {
  return new Command('worker')
    .description('judge what was gathered, and keep house; scaled set-up only')
    .action(async () => {
      const config = readConfig();
      assertScaled(config, 'worker');
      await runService(config, ['worker']);
    });
}
