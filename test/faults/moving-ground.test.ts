import { expect, it } from 'vitest';
import { postCollections } from '../../pipeline/adapters/mongo/post-documents.ts';
import { systemClock } from '../../pipeline/adapters/system-clock.ts';
import { buildWhole } from '../harness/end-state.ts';
import { flightSize, useFaultScene } from '../harness/fault-scene.ts';
import { reportProgress } from '../harness/report-progress.ts';
import { describeWithMongo } from '../harness/services.ts';

const hourMs = 3_600_000;
/** Two workers, each with two batches under way, of 200 posts at most. */
const mostUnderWay = 2 * 2 * 200;

interface StampGroup {
  settings: number;
  rules: string[];
  posts: number;
}

describeWithMongo('while posts are being judged', (uri) => {
  const scene = useFaultScene(uri);

  async function expectWhole(): Promise<void> {
    expect(await scene().readEndState()).toEqual(buildWhole({ posts: scene().posts }));
    expect(await scene().linkAndVerify(2 * hourMs)).toMatchObject({ breaks: [], unlinkedTail: 0 });
  }

  async function readStamps(): Promise<StampGroup[]> {
    const { verdicts } = postCollections(scene().database.db);
    const groups = await verdicts
      .aggregate<{ _id: number; rules: string[]; posts: number }>([
        {
          $group: {
            _id: '$verdict.stamp.settings',
            rules: { $addToSet: '$verdict.stamp.rules' },
            posts: { $sum: 1 },
          },
        },
        { $sort: { _id: 1 } },
      ])
      .toArray();
    return groups.map(({ _id, rules, posts }) => ({ settings: _id, rules, posts }));
  }

  it('the settings change: every verdict says by which rules, and the next batches go by the new ones', {
    timeout: 240_000,
  }, async () => {
    const { settings } = scene().context.stores;
    const old = await settings.read();
    await scene().startWorkers(2);
    await scene().launch();
    await scene().untilPending(flightSize / 2);
    const rules = old.rules.filter((rule) => !rule.id.startsWith('noise.advert.'));
    const at = systemClock.now();
    const change = {
      expectedVersion: old.version,
      actorId: null,
      source: 'test',
      at,
      id: systemClock.newId(),
    };
    const version = await settings.save('rules', rules, change);
    const judgedBefore = flightSize - (await scene().countPending());
    await scene().untilPending(0);

    const [before, after, ...others] = await readStamps();
    reportProgress(
      `rules changed after ${judgedBefore}: ${before?.posts} by the old, ${after?.posts} by the new`,
    );
    expect(others).toEqual([]);
    expect([before?.settings, after?.settings]).toEqual([old.version, version]);
    expect([before?.rules.length, after?.rules.length]).toEqual([1, 1]);
    expect(before?.rules).not.toEqual(after?.rules);
    expect(before?.posts, 'only what was under way').toBeLessThanOrEqual(judgedBefore + mostUnderWay);
    await scene().stopWorkers();
    await expectWhole();
  });

  it('clocks jump an hour on and an hour back: leases and due times go astray, and nothing is lost', {
    timeout: 240_000,
  }, async () => {
    const { posts } = scene().context.stores;
    const [early, late] = await scene().startWorkers(2);
    await scene().launch();
    const inHalfAnHour = new Date(Date.parse(systemClock.now()) + hourMs / 2).toISOString();
    const put = (await posts.listDue(systemClock.now(), flightSize)).slice(-100);
    for (const postId of put)
      await posts.markFailed({ postId, textVersion: 1, reason: 'put off', retryAt: inHalfAnHour });

    early?.shiftClock(hourMs);
    const atJump = await scene().untilPending(flightSize * 0.8);
    late?.shiftClock(-hourMs);
    reportProgress(`clocks an hour on and an hour back with ${atJump} pending`);
    await scene().untilPending(flightSize / 2);
    // Whatever it holds, it holds until an hour from now by its own clock; nobody waits for that.
    await early?.kill();
    late?.shiftClock(0);
    scene().startWorker();
    const atKill = await scene().countPending();
    reportProgress(`the early one killed, the late one put right with ${atKill} pending`);
    expect(atKill).toBeGreaterThan(put.length);
    await scene().untilPending(put.length);
    late?.shiftClock(hourMs);
    await scene().untilPending(0);
    await scene().stopWorkers();
    await expectWhole();
  });
});
