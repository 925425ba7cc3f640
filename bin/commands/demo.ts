import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { addDemoAccounts, type DemoAccount, demoPasswords, demoSignIn } from '../demo/accounts.ts';
import { keepArriving } from '../demo/campus-life.ts';
import { DemoClock } from '../demo/demo-clock.ts';
import { fillDemo, workMs } from '../demo/fill-demo.ts';
import { openDemo } from '../demo/open-demo.ts';
import { lockDataDir } from '../lock-data-dir.ts';
import { openContext, readConfig } from '../open-context.ts';
import { startService } from '../service.ts';
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
      const dataDir = mkdtempSync(join(tmpdir(), 'guanlan-demo-'));
      const stopping = new AbortController();
      const closers: (() => unknown)[] = [() => rmSync(dataDir, { recursive: true, force: true })];
      try {
        closers.push(lockDataDir({ setUp: 'embedded', dataDir }));
        const config = {
          ...readConfig({ dataDir, port: options.port }),
          // An office's own servers and keys know nothing of a demo.
          setUp: 'embedded' as const,
          ops: null,
          signIn: demoSignIn,
          outward: { proxy: null, chromium: null, sandbox: true, path: '' },
          keysDir: join(dataDir, 'keys'),
          logLevel: 'warn' as const,
        };
        const clock = new DemoClock(workMs);
        const context = await openContext(config, { passwords: demoPasswords, clock });
        closers.push(() => context.close());
        const demo = await openDemo(context, clock, say);
        closers.push(() => demo.campus.close());
        const accounts = await addDemoAccounts(context);
        await fillDemo(demo);
        const service = await startService({ ...context, platforms: demo.campus.platforms }, [
          'worker',
          'api',
        ]);
        closers.push(() => service.stop());
        const arriving = keepArriving(demo, stopping.signal);
        closers.push(() => arriving);
        printWelcome(service.url ?? '', accounts, [demo.campus.vsb.url, demo.campus.webplus.url]);
        await untilAskedToStop();
        say('Stopping …');
      } finally {
        stopping.abort();
        for (const close of closers.reverse()) await close();
      }
    });
}
