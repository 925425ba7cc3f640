import { inspect } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { buildConfig } from '../../config/config.ts';
import { loadSecrets } from '../../config/secrets.ts';
import { type CrawledChannel, WechatChannel, WeiboChannel } from '../../pipeline/domain/channel.ts';
import {
  jsonAnswer,
  openPlatformServer,
  type PlatformAnswer,
  type PlatformRequest,
} from '../campus/platform-server.ts';
import { describeSetUps } from '../harness/describe-set-ups.ts';
import { answered, PlatformScene } from '../harness/platform-scene.ts';

/** As a careless platform would: everything that it was sent comes back, in whatever place there is. */
const echoes: Record<string, (sent: string) => PlatformAnswer> = {
  'an answer of no known shape': (sent) => jsonAnswer({ code: 7, [sent]: sent, text: sent }),
  'a login that it wants': (sent) =>
    jsonAnswer({ ok: -100, url: `https://passport.weibo.com/?${sent}`, msg: sent }),
  'an expired token': (sent) =>
    jsonAnswer({ error_code: 21327, error: `expired_token ${sent}`, request: `/2/x.json?${sent}` }, 400),
  'a wrong secret': (sent) => jsonAnswer({ errcode: 40125, errmsg: `invalid appsecret ${sent}` }),
  'an unlisted address': (sent) => jsonAnswer({ errcode: 40164, errmsg: `invalid ip ${sent}` }),
  'a redirect': (sent) => ({
    ...{ status: 302, body: sent },
    headers: { location: `https://passport.weibo.com/visitor?${encodeURIComponent(sent)}` },
  }),
  'a page': (sent) => ({
    ...{ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } },
    body: `<html><title>${sent}</title><body>${sent}</body></html>`,
  }),
  'broken JSON': (sent) => ({ status: 200, body: `{"data":"${sent}` }),
  'a firewall': (sent) => ({ status: 432, body: sent }),
};

/** Already where the token is asked for. */
const refusedAtOnce = new Set(['a wrong secret', 'an unlisted address', 'broken JSON']);

const secrets = {
  cookie: 'CANARYcookie5f2c',
  accessToken: 'CANARYtoken77aa',
  appSecret: 'CANARYsecretd01e',
  /** What WeChat lends for the secret. */
  lent: 'CANARYlent93b0',
} as const;
const own = { name: '官方账号', unit: 'publicity', state: 'live', requestsPerMinute: 6000 };
const uid = '7650023174';
const channels: Record<string, CrawledChannel> = {
  mobile: WeiboChannel.parse({ ...own, kind: 'weibo', id: 'mobile', uid, door: 'mobile' }),
  platform: WeiboChannel.parse({ ...own, kind: 'weibo', id: 'platform', uid, door: 'open-platform' }),
  wechat: WechatChannel.parse({
    ...{ ...own, kind: 'wechat', id: 'wechat' },
    ...{ biz: 'MzA3NDUxOTk2Nw==', appId: 'wx0123456789abcdef' },
  }),
};
const origins = ['https://m.weibo.cn', 'https://api.weibo.com', 'https://api.weixin.qq.com'];

describeSetUps('Secrets are found nowhere but sealed', (emptyPlace) => {
  let scene: PlatformScene;
  beforeEach(async () => {
    scene = await PlatformScene.open(await emptyPlace());
    await scene.govern(answered);
  });
  afterEach(() => scene.close());

  const byHand = { expiresAt: null, actorId: null };
  /** As a person brings it, each time: what is refused is not asked with again. */
  const bring: Record<string, () => Promise<unknown>> = {
    mobile: () =>
      scene.credentials.save('mobile', 'weibo-cookie', { cookie: `SUB=${secrets.cookie}` }, byHand),
    platform: () =>
      scene.credentials.save('platform', 'weibo-oauth', { accessToken: secrets.accessToken, uid }, byHand),
    wechat: () => scene.credentials.save('wechat', 'wechat-app', { appSecret: secrets.appSecret }, byHand),
  };
  const canaries = Object.values(secrets);
  const sentIn = ({ headers, query, body }: PlatformRequest) =>
    `${headers.cookie ?? ''} ${headers.authorization ?? ''} ${query.toString()} ${body}`;

  it.each(Object.keys(channels))('whatever %s answers', { timeout: 60_000 }, async (name) => {
    const channel = channels[name] as CrawledChannel;
    for (const [what, echo] of Object.entries(echoes)) {
      await bring[name]?.();
      const received: string[] = [];
      const server = await openPlatformServer('weibo', 0, {
        answer: (request) => {
          received.push(sentIn(request));
          const isLent = request.path === '/cgi-bin/stable_token' && !refusedAtOnce.has(what);
          if (isLent) return jsonAnswer({ access_token: secrets.lent, expires_in: 7200 });
          return echo(sentIn(request));
        },
        record: () => {},
      });
      await scene.crawl(channel, new Map(origins.map((origin) => [origin, server.url])));
      await server.close();
      expect(received.join(), what).toContain('CANARY');
      if (name === 'wechat' && !refusedAtOnce.has(what))
        expect(received.join(), what).toContain(secrets.lent);
      scene.clock.advance(3 * 86_400_000);
    }
    expect(await scene.findAnywhere(canaries)).toEqual([]);
  });

  it.each(Object.keys(channels))('when %s cannot be reached', async (name) => {
    await bring[name]?.();
    await scene.crawl(
      channels[name] as CrawledChannel,
      new Map(origins.map((origin) => [origin, 'http://127.0.0.1:1'])),
    );
    expect(await scene.findAnywhere(canaries)).toEqual([]);
  });

  it('but open with the keys of the office', async () => {
    await bring.wechat?.();
    expect(await scene.credentials.find('wechat', 'wechat-app')).toMatchObject({
      secret: { appSecret: secrets.appSecret },
    });
  });

  it('and no dump of configuration or keys shows a key', () => {
    const env = { GUANLAN_DATA: scene.keysDir, GUANLAN_KEYS: scene.keysDir };
    const loaded = loadSecrets(scene.keysDir, env, { now: scene.clock.now() });
    const key = Buffer.from(loaded.connectorKeys.newest().bytes);
    const dumps = [buildConfig(env, scene.keysDir), loaded].flatMap((one) => [
      JSON.stringify(one),
      inspect(one, { depth: 9 }),
    ]);
    for (const form of ['base64url', 'base64', 'hex'] as const)
      expect(dumps.join('\n')).not.toContain(key.toString(form));
  });
});
