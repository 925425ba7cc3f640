import Bull from 'bull';
import { openBullQueue } from '../pipeline/adapters/redis/bull-queue.ts';
import { countRedisCommands, startRedisServer } from '../test/harness/redis-server.ts';
import { median, timeMs } from './measure.ts';

const jobs = 1000;
const idsPerJob = 200;
const concurrency = 4;
const rounds = 7;
const topic = 'bench';

const batch = Array.from({ length: idsPerJob }, (_, index) => `main-site:article:${100_000 + index}`);

/** Looks at every id, as the least that a handler does. */
function useBatch(ids: readonly string[]): number {
  let length = 0;
  for (const id of ids) length += id.length;
  return length;
}

/** @returns what counts the jobs, and the promise of the last one */
function countdown() {
  let rest = jobs;
  let done = () => {};
  const all = new Promise<void>((settle) => {
    done = settle;
  });
  const handle = async (ids: readonly string[]) => {
    useBatch(ids);
    rest -= 1;
    if (rest === 0) done();
  };
  return { handle, all };
}

async function runOurs(redisUrl: string, round: number): Promise<number> {
  const queue = openBullQueue({ redisUrl, prefix: `ours${round}` });
  await queue.counts(topic);
  const { handle, all } = countdown();
  const ms = await timeMs(async () => {
    queue.process(topic, { concurrency }, (job) => handle(job.ids));
    await Promise.all(
      Array.from({ length: jobs }, (_, index) => queue.enqueue({ key: `k${index}`, topic, ids: batch })),
    );
    await all;
  });
  await queue.close();
  return ms;
}

/** As Bull's manual shows it, with ids of the caller's and finished jobs removed, because ours does no less. */
async function runBare(redisUrl: string, round: number): Promise<number> {
  const queue = new Bull<{ ids: string[] }>(topic, redisUrl, { prefix: `bare${round}` });
  await queue.isReady();
  await queue.getJobCounts();
  const { handle, all } = countdown();
  const ms = await timeMs(async () => {
    void queue.process(concurrency, (job) => handle(job.data.ids));
    await Promise.all(
      Array.from({ length: jobs }, (_, index) =>
        queue.add({ ids: batch }, { jobId: `k${index}`, removeOnComplete: true }),
      ),
    );
    await all;
  });
  await queue.close();
  return ms;
}

/** Our queue against bare Bull: the same batches, the same handler, the same concurrency, in alternating rounds. */
export async function benchQueue() {
  const name = 'queue/bull';
  const redis = await startRedisServer().catch(() => null);
  if (redis === null) return { name, skipped: 'redis-server cannot be started' };
  const ours: number[] = [];
  const bare: number[] = [];
  const commands: number[] = [];
  for (let round = -1; round < rounds; round += 1) {
    await redis.wipe();
    const before = await countRedisCommands(redis.url);
    const oursMs = await runOurs(redis.url, round);
    const used = (await countRedisCommands(redis.url)) - before;
    const bareMs = await runBare(redis.url, round);
    if (round < 0) continue;
    ours.push(oursMs);
    bare.push(bareMs);
    commands.push(used);
  }
  await redis.close();
  const perJob = median(commands) / jobs;
  return {
    name,
    ratio: Math.round(median(ours.map((ms, round) => (bare[round] ?? Number.NaN) / ms)) * 1000) / 1000,
    aim: 0.8,
    oursJobsPerSecond: Math.round((jobs / median(ours)) * 1000),
    bareJobsPerSecond: Math.round((jobs / median(bare)) * 1000),
    redisCommandsPerJob: Math.round(perJob * 10) / 10,
    redisCommandsPerId: Math.round((perJob / idsPerJob) * 1000) / 1000,
    ...{ jobs, idsPerJob, concurrency, rounds },
  };
}
