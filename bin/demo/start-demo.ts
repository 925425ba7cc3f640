import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockDataDir } from '../lock-data-dir.ts';
import { openContext, readConfig } from '../open-context.ts';
import { startService } from '../service.ts';
import { addDemoAccounts, type DemoAccount, demoPasswords, demoSignIn } from './accounts.ts';
import type { Demo } from './demo.ts';
import { DemoClock } from './demo-clock.ts';
import { fillDemo, workMs } from './fill-demo.ts';
import { openDemo } from './open-demo.ts';

interface RunningDemo {
  url: string;
  accounts: readonly DemoAccount[];
  demo: Demo;
  /** Ends it and removes its data. */
  close(): Promise<void>;
}

/** An office's own servers and keys know nothing of a demo. */
function readDemoConfig(dataDir: string, port: string | undefined) {
  return {
    ...readConfig({ dataDir, port }),
    setUp: 'embedded' as const,
    ops: null,
    signIn: demoSignIn,
    outward: { proxy: null, chromium: null, sandbox: true, path: '' },
    keysDir: join(dataDir, 'keys'),
    logLevel: 'warn' as const,
  };
}

/**
 * The invented school with its weeks lived through, and the service over it.
 * @param port as given on the command line; the configured one where it was not
 * @param pages the folder of the built dashboards, where it is not the program's own
 * @throws whatever hinders it; nothing is left then
 */
export async function startDemo(
  say: (line: string) => void,
  { port, pages }: { port?: string | undefined; pages?: string } = {},
): Promise<RunningDemo> {
  const dataDir = mkdtempSync(join(tmpdir(), 'guanlan-demo-'));
  const closers: (() => unknown)[] = [() => rmSync(dataDir, { recursive: true, force: true })];
  const close = async () => {
    for (const one of closers.splice(0).reverse()) await one();
  };
  try {
    closers.push(lockDataDir({ setUp: 'embedded', dataDir }));
    const clock = new DemoClock(workMs);
    const context = await openContext(readDemoConfig(dataDir, port), { passwords: demoPasswords, clock });
    closers.push(() => context.close());
    const demo = await openDemo(context, clock, say);
    closers.push(() => demo.campus.close());
    const accounts = await addDemoAccounts(context);
    await fillDemo(demo);
    const service = await startService(
      { ...context, platforms: demo.campus.platforms, ...(pages === undefined ? {} : { pages }) },
      ['worker', 'api'],
    );
    closers.push(() => service.stop());
    return { url: service.url ?? '', accounts, demo, close };
  } catch (error) {
    await close();
    throw error;
  }
}
