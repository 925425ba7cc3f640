import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKeyRing } from '../../config/key-ring.ts';
import { openCrawlDeps } from '../../crawlers/main.ts';
import { runCrawl } from '../../crawlers/run-crawl.ts';
import { type Credentials, openCredentials } from '../../pipeline/commands/credentials.ts';
import {
  type CrawledChannel,
  FeedChannel,
  WechatChannel,
  WeiboChannel,
} from '../../pipeline/domain/channel.ts';
import type { CrawlRun } from '../../pipeline/domain/crawl.ts';
import type { Post, PostText } from '../../pipeline/domain/post.ts';
import { type Campus, startCampus } from '../campus/campus.ts';
import type { Story } from '../campus/content/stories/story.ts';
import { CrawlFixture } from './crawl-fixture.ts';
import { answered } from './platform-scene.ts';

const everyClass = ['open', 'victim', 'safety'] as const;

const fast = { unit: 'publicity', state: 'live', requestsPerMinute: 6000 } as const;

/** The campus and a school that reads it, under one clock. */
export class CampusScene {
  readonly campus: Campus;
  readonly fixture: CrawlFixture;
  readonly credentials: Credentials;
  private readonly keysDir: string;

  private constructor(campus: Campus, fixture: CrawlFixture) {
    this.campus = campus;
    this.fixture = fixture;
    this.keysDir = mkdtempSync(join(tmpdir(), 'guanlan-campus-keys-'));
    const { stores, clock } = fixture;
    const keys = openKeyRing(this.keysDir, 'connector', () => clock.now());
    this.credentials = openCredentials({ store: stores.credentials, keys, clock });
  }

  static async open(stories?: readonly Story[]): Promise<CampusScene> {
    const fixture = await CrawlFixture.open();
    const { clock, stores } = fixture;
    const campus = await startCampus({
      today: new Date(clock.now()),
      now: () => new Date(clock.now()),
      ...(stories === undefined ? {} : { stories }),
    });
    await stores.settings.save('governance', answered, {
      expectedVersion: await stores.settings.readVersion(),
      ...{ actorId: null, source: 'test', at: clock.now(), id: clock.newId() },
    });
    return new CampusScene(campus, fixture);
  }

  /** Let in with what the account has now. */
  async weibo(door: WeiboChannel['door']): Promise<WeiboChannel> {
    const { cookie, accessToken, tokenExpiresAt } = this.campus.weibo.credentials();
    const channel = WeiboChannel.parse({
      ...fast,
      ...{ id: 'weibo', kind: 'weibo', name: '官方微博', uid: this.campus.weibo.uid, door },
    });
    const byMachine = { expiresAt: null, actorId: null };
    await this.credentials.save(channel.id, 'weibo-cookie', { cookie }, byMachine);
    const granted = { accessToken, uid: channel.uid };
    const until = { ...byMachine, expiresAt: tokenExpiresAt.toISOString() };
    await this.credentials.save(channel.id, 'weibo-oauth', granted, until);
    return channel;
  }

  async wechat(): Promise<WechatChannel> {
    const { biz, appId, appSecret } = this.campus.wechat;
    const channel = WechatChannel.parse({
      ...fast,
      ...{ id: 'wechat', kind: 'wechat', name: '官方公众号', biz, appId },
    });
    await this.credentials.save(channel.id, 'wechat-app', { appSecret }, { expiresAt: null, actorId: null });
    return channel;
  }

  /** The video account, as the RSSHub makes a feed of it. */
  videos(): FeedChannel {
    const { url: instance, hub } = this.campus.feeds;
    const feed = { from: 'rsshub', instance, route: '/bilibili/user/video/:id', accountId: hub.videoAccount };
    return FeedChannel.parse({
      ...fast,
      ...{ id: 'videos', kind: 'feed', name: '视频号', feed, privateAddress: true },
    });
  }

  async crawl(channel: CrawledChannel): Promise<CrawlRun> {
    const { fixture, credentials, campus } = this;
    const { egress, ...deps } = fixture.deps;
    const opened = openCrawlDeps({ ...deps, credentials, platforms: campus.platforms });
    try {
      // At a pace of its own: one kept by a clock that stands still waits longer with every call.
      return await runCrawl({ ...opened, egress }, channel);
    } finally {
      await opened.egress.close();
    }
  }

  async find(postId: string): Promise<{ post: Post; text: PostText } | null> {
    const { posts } = this.fixture.stores;
    const post = await posts.findPost(postId);
    const text = await posts.findText(postId, { accessClasses: everyClass });
    return post === null || text === null ? null : { post, text };
  }

  /** Everything that waits for judgement: all that was stored, since nothing is judged here. */
  storedIds(): Promise<string[]> {
    return this.fixture.stores.posts.listDue(this.fixture.clock.now(), 10_000);
  }

  async close(): Promise<void> {
    await this.campus.close();
    await this.fixture.close();
    rmSync(this.keysDir, { recursive: true, force: true });
  }
}

/** Which of these pieces a text does not hold, in their order; white space aside. */
export function missingWords(text: string, words: readonly string[]): string[] {
  const bare = (value: string) => value.replace(/[\s\u200b\u3000]/g, '');
  const held = bare(text);
  let from = 0;
  return words.filter((piece) => {
    const at = held.indexOf(bare(piece), from);
    if (at >= 0) from = at + bare(piece).length;
    return at < 0;
  });
}
