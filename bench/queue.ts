import Bull from 'bull';
import { openBullQueue } from '../pipeline/adapters/redis/bull-queue.ts';
import { countRedisCommands, startRedisServer } from '../test/harness/redis-server.ts';
import { median, timeMs } from './measure.ts';

const jobs = 1000;
const idsPerJob = 200;
const concurrency = 4;
const rounds = 15;
const warmUpRounds = 3;
const topic = 'bench';

const batch = Array.from({ length: idsPerJob }, (_, index) => `main-site:article:${100_000 + index}`);

/** Looks at every id, as the least that a handler does. */
function useBatch(ids: readonly string[]): number {
  let length = 0;
  for (const id of ids) length += id.length;
  return length;
}

interface Lane {
  add(index: number, ids: readonly string[]): Promise<unknown>;
  close(): Promise<unknown>;
}

/** @returns what a worker calls for each batch, and one round: all jobs put in, until the last one is done */
function counted() {
  let rest = 0;
  let done = () => {};
  return {
    handle: async (ids: readonly string[]) => {
      useBatch(ids);
      rest -= 1;
      if (rest === 0) done();
    },
    round: async (lane: Lane) => {
      rest = jobs;
      const all = new Promise<void>((settle) => {
        done = settle;
      });
      await Promise.all(Array.from({ length: jobs }, (_, index) => lane.add(index, batch)));
      await all;
    },
  };
}

function openOurs(redisUrl: string, handle: (ids: readonly string[]) => Promise<void>): Lane {
  const queue = openBullQueue({ redisUrl, prefix: 'ours' });
  queue.process(topic, { concurrency }, (job) => handle(job.ids));
  return {
    add: (index, ids) => queue.enqueue({ key: `k${index}`, topic, ids }),
    close: () => queue.close(),
  };
}

/** As Bull's manual shows it, with ids of the caller's and finished jobs removed, because ours does no less. */
function openBare(redisUrl: string, handle: (ids: readonly string[]) => Promise<void>): Lane {
  const queue = new Bull<{ ids: readonly string[] }>(topic, redisUrl, { prefix: 'bare' });
  void queue.process(concurrency, (job) => handle(job.data.ids));
  return {
    add: (index, ids) => queue.add({ ids }, { jobId: `k${index}`, removeOnComplete: true }),
    close: () => queue.close(),
  };
}

/** Our queue against bare Bull: the same batches, the same handler, the same concurrency, in alternating rounds. */
export async function benchQueue() {
  const name = 'queue/bull';
  const redis = await startRedisServer().catch(() => null);
  if (redis === null) return { name, skipped: 'redis-server cannot be started' };
  const { handle, round } = counted();
  const [our, bull] = [openOurs(redis.url, handle), openBare(redis.url, handle)];
  const ours: number[] = [];
  const bare: number[] = [];
  const commands: number[] = [];
  for (let count = -warmUpRounds; count < rounds; count += 1) {
    const before = await countRedisCommands(redis.url);
    const oursMs = await timeMs(() => round(our));
    const used = (await countRedisCommands(redis.url)) - before;
    const bareMs = await timeMs(() => round(bull));
    if (count < 0) continue;
    ours.push(oursMs);
    bare.push(bareMs);
    commands.push(used);
  }
  await Promise.all([our.close(), bull.close()]);
  await redis.close();
  const perJob = median(commands) / jobs;
  return {
    name,
    ratio: Math.round(median(ours.map((ms, index) => (bare[index] ?? Number.NaN) / ms)) * 1000) / 1000,
    aim: 0.8,
    oursJobsPerSecond: Math.round((jobs / median(ours)) * 1000),
    bareJobsPerSecond: Math.round((jobs / median(bare)) * 1000),
    redisCommandsPerJob: Math.round(perJob * 10) / 10,
    redisCommandsPerId: Math.round((perJob / idsPerJob) * 1000) / 1000,
    ...{ jobs, idsPerJob, concurrency, rounds },
  };
}
