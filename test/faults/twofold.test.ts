import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { systemClock } from '../../pipeline/adapters/system-clock.ts';
import { linkAudit } from '../../pipeline/commands/link-audit.ts';
import { Conflict } from '../../pipeline/domain/errors.ts';
import { relayOutbox } from '../../pipeline/jobs/relay-outbox.ts';
import { sweepDue } from '../../pipeline/jobs/sweep.ts';
import type { Clock } from '../../pipeline/ports/clock.ts';
import type { LeaseStore } from '../../pipeline/ports/lease.ts';
import { buildWhole } from '../harness/end-state.ts';
import { useFaultScene } from '../harness/fault-scene.ts';
import { startRedisServer } from '../harness/redis-server.ts';
import { reportProgress } from '../harness/report-progress.ts';
import { describeWithMongo } from '../harness/services.ts';
import { until } from '../harness/until.ts';

const aheadOf = (aheadMs: number): Clock => ({
  now: () => new Date(Date.parse(systemClock.now()) + aheadMs).toISOString(),
  newId: () => systemClock.newId(),
});

describeWithMongo('done by two at once', (uri) => {
  const scene = useFaultScene(uri);

  it('every job is delivered to two workers, and judged once', { timeout: 240_000 }, async () => {
    const redis = await startRedisServer();
    const other = scene().openQueue(redis.url);
    try {
      const workers = [scene().startWorker(), scene().startWorker({ redisUrl: redis.url })];
      await Promise.all(workers.map((worker) => worker.ready));
      await scene().launch([scene().context.queue, other]);
      const queues = [scene().context.queue, other];
      const atWork = async () => {
        const counts = await Promise.all(queues.map((queue) => queue.counts('judge')));
        return counts.every(({ running }) => running > 0);
      };
      await until('both at work on the same jobs', atWork, 30_000);
      reportProgress(`two queues with the same jobs: both at work, ${await scene().countPending()} pending`);
      await scene().untilPending(0);
      await scene().stopWorkers();
    } finally {
      await other.close();
      await redis.close();
    }
    expect(await scene().readEndState()).toEqual(buildWhole({ posts: scene().posts }));
    expect(await scene().linkAndVerify()).toMatchObject({ breaks: [], unlinkedTail: 0 });
  });

  it('two sweep, two tell and two link the same', { timeout: 240_000 }, async () => {
    await scene().startWorkers(1);
    const { stores, anchors } = scene().context;
    const queues = [scene().openQueue(), scene().openQueue()];
    await scene().launch([]);
    const done = new AbortController();
    const told: string[][] = [[], []];
    let linked = 0;
    let overtaken = 0;

    const sweep = async (who: number) => {
      const queue = queues[who];
      while (queue !== undefined && !done.signal.aborted)
        await sweepDue({ stores, queue, clock: systemClock });
    };
    const tell = async (who: number) => {
      const deliver = ({ topic, subject }: { topic: string; subject: string }) =>
        void told[who]?.push(`${topic} ${subject}`);
      while (!done.signal.aborted) {
        await relayOutbox({ stores, clock: systemClock }, deliver);
        await setTimeout(20);
      }
    };
    // The second has a clock by which the lease of the first has always run out: it takes over in the middle.
    const link = async (who: number) => {
      const renew: LeaseStore['renew'] = async (...asked) => {
        const renewed = await stores.leases.renew(...asked);
        if (renewed === null) overtaken += 1;
        return renewed;
      };
      const ports = {
        audit: stores.audit,
        leases: { ...stores.leases, renew },
        clock: aheadOf(who * 600_000),
      };
      const options = { owner: `chainer-${who}`, sign: anchors.sign, batchSize: 10 };
      while (!done.signal.aborted) {
        try {
          linked += (await linkAudit(ports, options))?.linked ?? 0;
        } catch (error) {
          if (!(error instanceof Conflict)) throw error;
          overtaken += 1;
        }
        await setTimeout(who * 500);
      }
    };
    const work = Promise.all([0, 1].flatMap((who) => [sweep(who), tell(who), link(who)]));
    const counts = () => [...told.map(({ length }) => length), linked, overtaken];
    // A worker tells too, and may always be first: more comes until each has had its turn.
    const flyOn = async () => {
      await scene().untilPending(0);
      for (let flights = 1; flights < 5 && !counts().every((one) => one > 0); flights += 1) {
        await scene().launch([]);
        await scene().untilPending(0);
      }
    };
    await Promise.race([flyOn(), work]);
    done.abort();
    await work;
    await Promise.all(queues.map((queue) => queue.close()));
    await scene().stopWorkers();
    reportProgress(`told ${told.map((one) => one.length)}, linked ${linked}, overtaken ${overtaken} times`);
    for (const one of counts()) expect(one).toBeGreaterThan(0);

    const everyTold = [...scene().told(), ...told.flat()];
    expect(new Set(everyTold).size, 'while nothing fails, everything is told once').toBe(everyTold.length);
    expect(await scene().readEndState(told.flat())).toEqual(buildWhole({ posts: scene().posts }));
    expect(await scene().linkAndVerify()).toMatchObject({ breaks: [], unlinkedTail: 0 });
  });
});
