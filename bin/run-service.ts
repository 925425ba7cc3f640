import type { Config } from '../config/config.ts';
import type { Context } from '../pipeline/context.ts';
import { InvalidInput } from '../pipeline/domain/errors.ts';
import { bringInSeeds } from './import-seeds.ts';
import { lockDataDir } from './lock-data-dir.ts';
import { openContext } from './open-context.ts';
import { type Part, startService } from './service.ts';
import { untilAskedToStop, watchStopSignals } from './stop-signals.ts';

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

/** @throws InvalidInput in the embedded set-up, where one process does everything */
export function assertScaled({ setUp }: Config, command: string): void {
  if (setUp === 'scaled') return;
  throw new InvalidInput(
    'GUANLAN_MONGODB_URI',
    `guanlan ${command} needs the scaled set-up: set GUANLAN_MONGODB_URI and GUANLAN_REDIS_URL (or each as …_FILE); without them, \`guanlan start\` runs everything in one process`,
  );
}

async function prepare(context: Context, parts: readonly Part[]): Promise<void> {
  try {
    await bringInSeeds(context);
    if (parts.includes('api')) await sayWhatIsMissing(context);
  } catch (error) {
    await context.close();
    throw error;
  }
}

/** Runs these parts until Ctrl-C or until a supervisor asks to end, which may be while they are still being started. */
export async function runService(config: Config, parts: readonly Part[]): Promise<void> {
  const watch = watchStopSignals();
  const unlock = lockDataDir(config);
  try {
    const context = await openContext(config);
    await prepare(context, parts);
    const service = await startService(context, parts, watch.signal);
    const what = service.url === null ? `${parts.join(', ')}: running` : `is running at ${service.url}`;
    if (!watch.signal.aborted) process.stdout.write(`Guanlan 观澜 ${what}\n`);
    await untilAskedToStop(watch);
    say('Stopping …');
    await service.stop();
  } finally {
    unlock();
  }
}
