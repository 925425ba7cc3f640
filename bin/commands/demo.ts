import { Command } from 'commander';
import type { DemoAccount } from '../demo/accounts.ts';
import { keepArriving } from '../demo/campus-life.ts';
import { startDemo } from '../demo/start-demo.ts';
import { untilAskedToStop } from '../stop-signals.ts';

const say = (line: string) => void process.stderr.write(`${line}\n`);

function printWelcome(url: string, accounts: readonly DemoAccount[], sites: readonly string[]): void {
  const width = Math.max(...accounts.map(({ login }) => login.length));
  const lines = [
    '',
    `Guanlan 观澜 (demo) is running at ${url}`,
    '',
    'Accounts (for this demo only):',
    ...accounts.map(({ login, password, title }) => `  ${login.padEnd(width)}  ${password}  ${title}`),
    '',
    `The simulated campus: ${sites.join('  ')}`,
    'New items arrive about once a minute; after some minutes the login of one channel ends, to show what becomes of it.',
    'Ctrl-C ends the demo and removes its data.',
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** `guanlan demo`: the product on an invented school, crawled for real over HTTP on this machine. */
export function buildDemoCommand(): Command {
  return new Command('demo')
    .description('run everything on a simulated campus, with an account for every role')
    .option('--port <port>', 'instead of 3000')
    .action(async (options: { port?: string }) => {
      const { url, accounts, demo, close } = await startDemo(say, options);
      const stopping = new AbortController();
      const arriving = keepArriving(demo, stopping.signal);
      try {
        printWelcome(url, accounts, [demo.campus.vsb.url, demo.campus.webplus.url]);
        await untilAskedToStop();
        say('Stopping …');
      } finally {
        stopping.abort();
        await arriving;
        await close();
      }
    });
}
