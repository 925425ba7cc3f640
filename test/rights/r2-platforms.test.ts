import { afterEach, beforeEach, expect, it } from 'vitest';
import { type CrawledChannel, WechatChannel, WeiboChannel } from '../../pipeline/domain/channel.ts';
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

  const byHand = { expiresAt: null, actorId: null };
  const common = { name: '官方账号', unit: 'publicity', state: 'live', requestsPerMinute: 6000 };

  /** A channel, let in with secrets that may stand nowhere but sealed; and who may not be found after its run. */
  async function open(door: 'mobile' | 'open-platform' | 'wechat') {
    return door === 'wechat' ? openWechat() : openWeibo(door);
  }

  async function openWeibo(door: 'open-platform' | 'mobile') {
    const { uid, expected } = campus.weibo;
    const channel: CrawledChannel = WeiboChannel.parse({
      ...common,
      ...{ kind: 'weibo', id: `weibo-${door}`, uid, door, callsPerDay: 1000 },
    });
    const { cookie, accessToken } = campus.weibo.credentials();
    if (door === 'mobile') await scene.credentials.save(channel.id, 'weibo-cookie', { cookie }, byHand);
    else await scene.credentials.save(channel.id, 'weibo-oauth', { accessToken, uid }, byHand);
    const parts = cookie.split('; ').map((part) => part.split('=')[1] ?? part);
    return { channel, persons: expected.neverStored, secrets: [accessToken, ...parts] };
  }

  async function openWechat() {
    const { biz, appId, appSecret, expected } = campus.wechat;
    const channel: CrawledChannel = WechatChannel.parse({
      ...common,
      ...{ kind: 'wechat', id: 'wechat', biz, appId },
    });
    await scene.credentials.save(channel.id, 'wechat-app', { appSecret }, byHand);
    return { channel, persons: expected.neverStored, secrets: [appSecret] };
  }

  it.each(['mobile', 'open-platform', 'wechat'] as const)('by %s', { timeout: 60_000 }, async (door) => {
    const { channel, persons, secrets } = await open(door);
    const run = await scene.crawl(channel, campus.platforms);
    expect(run, JSON.stringify(run)).toMatchObject({ note: null, unknown: 0, failed: 0, refused: 0 });
    expect(run.created).toBeGreaterThan(15);
    await scene.judge();
    expect((await scene.ports.stores.posts.countStates()).judged).toBe(run.created);

    expect(await scene.findAnywhere([keptWords])).toHaveLength(1);
    expect(persons.length).toBeGreaterThan(100);
    expect(await scene.findAnywhere(persons)).toEqual([]);
    expect(await scene.findAnywhere(secrets)).toEqual([]);
  });
});
