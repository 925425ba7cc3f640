import { expect, it } from 'vitest';
import type { CutPoint } from '../harness/cutting-proxy.ts';
import { buildWhole } from '../harness/end-state.ts';
import { flightSize, useFaultScene } from '../harness/fault-scene.ts';
import { reportProgress } from '../harness/report-progress.ts';
import { describeWithMongo } from '../harness/services.ts';

/** Every command of a batch's transaction, on its way there and on its way back. */
const commands: readonly Pick<CutPoint, 'command' | 'collection'>[] = [
  { command: 'update', collection: 'posts' },
  { command: 'insert', collection: 'verdicts' },
  { command: 'insert', collection: 'cases' },
  { command: 'insert', collection: 'audit_entries' },
  { command: 'insert', collection: 'outbox' },
  { command: 'commitTransaction', collection: 'cases' },
];
const points = commands.flatMap((at) => (['before', 'after'] as const).map((side) => ({ ...at, side })));

describeWithMongo('the line to MongoDB, cut in a batch', (uri) => {
  const scene = useFaultScene(uri);

  it('loses nothing and stores nothing twice, at every command and every reply', {
    timeout: 300_000,
  }, async () => {
    await scene().startWorkers(2);
    await scene().launch();
    for (const point of points) {
      await scene().proxy.cutAt(point);
      const pending = await scene().countPending();
      reportProgress(`cut ${point.side} ${point.command} ${point.collection} with ${pending} pending`);
      expect(pending, 'it is cut in the middle').toBeGreaterThan(0);
    }
    expect(scene().proxy.cuts).toBe(points.length);
    await scene().untilPending(0);
    expect(scene().posts).toBe(flightSize);
    expect(await scene().readEndState()).toEqual(buildWhole({ posts: flightSize }));
    expect(await scene().linkAndVerify()).toMatchObject({ breaks: [], unlinkedTail: 0 });
    await scene().stopWorkers();
  });
});
