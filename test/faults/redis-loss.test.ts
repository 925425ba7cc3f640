import { setTimeout } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { buildWhole } from '../harness/end-state.ts';
import { FaultScene, flightSize } from '../harness/fault-scene.ts';
import { reportProgress } from '../harness/report-progress.ts';
import { seedsToTry } from '../harness/seeds-to-try.ts';
import { describeWithMongo } from '../harness/services.ts';

const outageMs = 30_000;

async function withScene(uri: string, play: (scene: FaultScene) => Promise<void>): Promise<void> {
  const scene = await FaultScene.open(uri);
  try {
    await scene.launch();
    await play(scene);
    await scene.untilPending(0);
    expect(await scene.readEndState()).toEqual(buildWhole({ posts: scene.posts }));
    expect(await scene.linkAndVerify()).toMatchObject({ breaks: [], unlinkedTail: 0 });
    await scene.stopWorkers();
  } finally {
    await scene.close();
  }
}

async function save(url: string): Promise<void> {
  const client = new Redis(url);
  await client.save();
  client.disconnect();
}

interface Outage {
  how: string;
  begin(scene: FaultScene): Promise<void>;
  end(scene: FaultScene): Promise<void>;
}

const outages: readonly Outage[] = [
  {
    how: 'stopped, and comes back empty',
    begin: ({ redis }) => redis.stop(),
    end: ({ redis }) => redis.start(),
  },
  {
    how: 'frozen, its connections open',
    begin: async ({ redis }) => redis.pause(),
    end: async ({ redis }) => redis.continue(),
  },
  {
    how: 'stopped, and comes back as it was a moment before',
    begin: async ({ redis }) => {
      await save(redis.url);
      await redis.stop();
    },
    end: ({ redis }) => redis.start(),
  },
];

describeWithMongo('Redis', (uri) => {
  it('loses all jobs, several times: the sweeper names again what is due', { timeout: 240_000 }, () =>
    withScene(uri, async (scene) => {
      await scene.startWorkers(2);
      for (const share of [0.9, 0.6, 0.3]) {
        const pending = await scene.untilPending(flightSize * share);
        expect(pending, 'it is wiped in the middle').toBeGreaterThan(0);
        await scene.redis.wipe();
        expect((await scene.context.queue.counts('judge')).waiting).toBeLessThan(pending / 100);
        reportProgress(`Redis wiped with ${pending} pending`);
      }
    }),
  );

  describe(`is away for ${outageMs / 1000} s`, () => {
    it.concurrent.each(outages.slice(0, seedsToTry({ all: outages.length, usual: 2 })))(
      '$how',
      { timeout: 300_000 },
      ({ how, begin, end }) =>
        withScene(uri, async (scene) => {
          await scene.startWorkers(1);
          await scene.untilPending(flightSize / 2);
          await begin(scene);
          const left = await scene.countPending();
          expect(left, 'it goes away in the middle').toBeGreaterThan(0);
          const job = { key: 'while-away', topic: 'judge', ids: ['nobody'] };
          await expect(scene.context.queue.enqueue(job)).rejects.toMatchObject({ code: 'retry-later' });
          await setTimeout(outageMs);
          const pending = await scene.countPending();
          expect(pending, 'what waited in the queue waits still').toBeGreaterThan(0);
          reportProgress(`Redis ${how}: ${left} pending at the beginning, ${pending} at the end`);
          await end(scene);
        }),
    );
  });
});
