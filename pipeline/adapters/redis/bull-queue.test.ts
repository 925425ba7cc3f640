import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { jobQueueContract } from '../../../test/contracts/job-queue.contract.ts';
import { describeWithRedis } from '../../../test/harness/services.ts';
import { openBullQueue } from './bull-queue.ts';

const prefixOfItsOwn = () => `test_${process.pid}_${randomBytes(4).toString('hex')}`;

describeWithRedis('Bull keeps the job queue contract', (redisUrl) => {
  // Time really passes: ten of its milliseconds are one of a case's.
  jobQueueContract(async (options) => {
    const queue = openBullQueue({ ...options, redisUrl, prefix: prefixOfItsOwn() });
    return {
      queue,
      pass: async (ms) => void (await setTimeout(ms)),
      nowMs: () => performance.now(),
      close: () => queue.close(),
    };
  }, 10);
});
