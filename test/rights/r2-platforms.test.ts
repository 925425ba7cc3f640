import { afterEach, beforeEach, expect, it } from 'vitest';
import { WeiboChannel } from '../../pipeline/domain/channel.ts';
import { type Campus, startCampus } from '../campus/campus.ts';
import { describeSetUps } from '../harness/describe-set-ups.ts';
import { answered, PlatformScene } from '../harness/platform-scene.ts';
import { keptWords, personStories } from './person-stories.ts';

const now = '2026-11-22T04:00:00.000Z';

describeSetUps('R2: persons at the platforms leave no trace', (emptyPlace) => {
  let campus: Campus;
  let scene: PlatformScene;
  beforeEach(async () => {
    const today = new Date(now);
    campus = await startCampus({
      today,
      now: () => new Date(scene?.clock.now() ?? now),
      stories: personStories,
    });
    scene = await PlatformScene.open(await emptyPlace(), now);
    await scene.govern(answered);
  });
  afterEach(async () => {
    await scene.close();
    await campus.close();
  });

  const account = (door: 'open-platform' | 'mobile') =>
    WeiboChannel.parse({
      ...{ kind: 'weibo', id: `weibo-${door}`, name: '官方微博', unit: 'publicity', state: 'live' },
      ...{ uid: campus.weibo.uid, door, requestsPerMinute: 6000, callsPerDay: 1000 },
    });

  it.each(['mobile', 'open-platform'] as const)('by the door %s', async (door) => {
    const channel = account(door);
    const { cookie, accessToken } = campus.weibo.credentials();
    const byHand = { expiresAt: null, actorId: null };
    if (door === 'mobile') await scene.credentials.save(channel.id, 'weibo-cookie', { cookie }, byHand);
    else
      await scene.credentials.save(channel.id, 'weibo-oauth', { accessToken, uid: campus.weibo.uid }, byHand);
    const run = await scene.crawl(channel, campus.platforms);
    expect(run, JSON.stringify(run)).toMatchObject({
      outcome: 'complete',
      note: null,
      unknown: 0,
      failed: 0,
    });
    expect(run.created).toBeGreaterThan(30);
    await scene.judge();
    expect((await scene.ports.stores.posts.countStates()).judged).toBe(run.created);

    expect(await scene.findAnywhere([keptWords])).toHaveLength(1);
    expect(await scene.findAnywhere(campus.weibo.expected.neverStored)).toEqual([]);
    const secrets = [cookie, accessToken, ...cookie.split('; ').map((part) => part.split('=')[1] ?? part)];
    expect(await scene.findAnywhere(secrets)).toEqual([]);
  });
});
