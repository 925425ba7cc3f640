import { openBullQueue } from '../../pipeline/adapters/redis/bull-queue.ts';

/**
 * A worker of its own: takes jobs of topic `t` and tells of each. One with the id `hang` never ends, so that its parent can
 * kill the process inside it; `tick` is scheduled when an interval is given.
 */
const [redisUrl = '', prefix = '', lockMs = '', tickMs = ''] = process.argv.slice(2);
const queue = openBullQueue({ redisUrl, prefix, lockMs: Number(lockMs) });
queue.process('t', { concurrency: 1 }, async (job) => {
  process.stdout.write(`${job.key}\n`);
  if (job.ids.includes('hang')) await new Promise(() => {});
});
if (tickMs !== '') await queue.schedule({ key: 'tick', topic: 't', ids: [] }, Number(tickMs));
process.stdout.write('ready\n');
process.once('SIGTERM', () => void queue.close());
