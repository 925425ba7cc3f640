import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { buildConfig } from '../../config/config.ts';
import { loadSecrets } from '../../config/secrets.ts';
import { openBullQueue } from '../../pipeline/adapters/redis/bull-queue.ts';
import { systemClock } from '../../pipeline/adapters/system-clock.ts';
import { createContext } from '../../pipeline/context.ts';
import type { Clock } from '../../pipeline/ports/clock.ts';
import { startWorker } from '../../pipeline/worker.ts';

/** What the process is told on its line: where its servers are, who it is, and how its clock goes wrong. */
export const WorkerProcessInput = z.strictObject({
  name: z.string(),
  folder: z.string(),
  mongodbUri: z.string(),
  redisUrl: z.string(),
  /** How long a job of a killed worker stays its own. */
  lockMs: z.int().positive(),
  /** Milliseconds by which its clock is ahead. */
  clockOffsetMs: z.number().default(0),
});
export type WorkerProcessInput = z.input<typeof WorkerProcessInput>;

/** What its parent may tell it later. */
export const WorkerOrder = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('shift-clock'), offsetMs: z.number() }),
  z.strictObject({ kind: z.literal('stop') }),
]);
export type WorkerOrder = z.infer<typeof WorkerOrder>;

const input = WorkerProcessInput.parse(JSON.parse(process.argv[2] ?? ''));
let offsetMs = input.clockOffsetMs;
const clock: Clock = {
  now: () => new Date(Date.parse(systemClock.now()) + offsetMs).toISOString(),
  newId: () => systemClock.newId(),
};
const env = {
  GUANLAN_DATA: input.folder,
  GUANLAN_KEYS: join(input.folder, 'keys'),
  GUANLAN_MONGODB_URI: input.mongodbUri,
  GUANLAN_REDIS_URL: input.redisUrl,
};
const config = buildConfig(env, join(import.meta.dirname, '../..'));
const secrets = loadSecrets(config.keysDir, env, { now: systemClock.now() });
const context = await createContext(config, secrets, {
  clock,
  queue: openBullQueue({
    redisUrl: input.redisUrl,
    prefix: secrets.connections?.database ?? '',
    lockMs: input.lockMs,
  }),
});
const worker = await startWorker(context, input.name);

async function stop(): Promise<void> {
  await worker.stop();
  await context.close();
  process.disconnect();
  // Should anything keep the process alive, that is a leak for its parent to see.
  await setTimeout(5000, undefined, { ref: false });
}

process.on('message', (message) => {
  const order = WorkerOrder.parse(message);
  if (order.kind === 'shift-clock') offsetMs = order.offsetMs;
  else void stop();
});
process.send?.('ready');
