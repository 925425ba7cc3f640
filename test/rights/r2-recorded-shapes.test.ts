import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readImportFile } from '../../crawlers/sources/weibo/import-file.ts';
import { importItems } from '../../crawlers/sources/weibo/import-items.ts';
import { WeiboChannel } from '../../pipeline/domain/channel.ts';
import { jsonAnswer, openPlatformServer, type PlatformServer } from '../campus/platform-server.ts';
import { describeSetUps } from '../harness/describe-set-ups.ts';
import { answered, PlatformScene } from '../harness/platform-scene.ts';
import {
  keptComment,
  keptStatus,
  mobileBodies,
  ownUid,
  personValues,
  platformBodies,
  strangeBodies,
} from './canary-bodies.ts';

type Bodies = Record<string, unknown>;
const byHand = { expiresAt: null, actorId: null };

/** Recorded answers of others, where this machine has them; persons in them are replaced by canaries. */
const recorded = join(import.meta.dirname, '../../../shared/formats/samples/weibo');
const readRecorded = (name: string): unknown => JSON.parse(readFileSync(join(recorded, name), 'utf8'));

describeSetUps('R2: answers as they were recorded', (emptyPlace) => {
  let scene: PlatformScene;
  let server: PlatformServer | null = null;
  beforeEach(async () => {
    scene = await PlatformScene.open(await emptyPlace(), '2026-11-22T04:00:00.000Z');
    await scene.govern(answered);
  });
  afterEach(async () => {
    await scene.close();
    await server?.close();
    server = null;
  });

  /** A whole run over an account that is answered with these bodies, judged. */
  async function crawl(bodies: Bodies, door: 'mobile' | 'open-platform', uid: string) {
    const opened = await openPlatformServer('weibo', 0, {
      answer: ({ path }) => (path in bodies ? jsonAnswer(bodies[path]) : { status: 404, body: '' }),
      record: () => {},
    });
    server = opened;
    const channel = WeiboChannel.parse({
      ...{ kind: 'weibo', id: 'account', name: '官方微博', unit: 'publicity', state: 'live' },
      ...{ uid, door, requestsPerMinute: 6000, callsPerDay: 1000, backDays: 3650 },
    });
    await scene.credentials.save(channel.id, 'weibo-cookie', { cookie: 'SUB=1' }, byHand);
    await scene.credentials.save(channel.id, 'weibo-oauth', { accessToken: 'x1', uid }, byHand);
    const origins = ['https://m.weibo.cn', 'https://api.weibo.com'];
    const run = await scene.crawl(channel, new Map(origins.map((origin) => [origin, opened.url])));
    await scene.judge();
    return run;
  }

  it.each([
    ['mobile', mobileBodies()],
    ['open-platform', platformBodies()],
  ] as const)('by the door %s leave nothing of a person', async (door, bodies) => {
    const run = await crawl(bodies, door, ownUid);
    expect(run.created, JSON.stringify(run)).toBeGreaterThanOrEqual(3);
    expect(await scene.findAnywhere([keptStatus, keptComment])).toHaveLength(2);
    const persons = personValues(bodies, ownUid);
    expect(persons.length).toBeGreaterThan(150);
    expect(await scene.findAnywhere(persons)).toEqual([]);
  });

  it.each(['mobile', 'open-platform'] as const)(
    'which no parser knows are kept by their shape, by the door %s',
    async (door) => {
      const bodies = strangeBodies();
      const run = await crawl(bodies, door, ownUid);
      expect(run.created).toBe(0);
      expect(run.unknown).toBeGreaterThan(0);
      const [page] = await scene.ports.stores.ledger.listPages('account', ['unknown-page'], 1);
      expect(page?.snapshotHash).not.toBeNull();
      expect(await scene.findAnywhere(personValues(bodies, ownUid))).toEqual([]);
    },
  );

  it('that a person saved leave nothing of a person', async () => {
    const channel = WeiboChannel.parse({
      ...{ kind: 'weibo', id: 'account', name: '官方微博', unit: 'publicity', state: 'live' },
      ...{ uid: ownUid, door: 'import' },
    });
    const bodies = mobileBodies();
    const visitor = 'CANARY-visitor-cookie';
    const files = Object.values(bodies).map((body, i) => ({ name: `${i}.json`, body }));
    files.push({ name: 'all.har', body: asHar(bodies, visitor) });
    const parsing = { fetchedAt: scene.clock.now(), url: null, ownAccount: ownUid, isObjector: () => false };
    const read = files.map(({ name, body }) =>
      readImportFile({ name, bytes: Buffer.from(JSON.stringify(body)) }, parsing),
    );
    const { stores, queue } = scene.ports;
    const store = { stores, queue, clock: scene.clock };
    await importItems(read, { channel, commentsOff: null, ports: { store, posts: stores.posts } });
    await scene.judge();
    expect(await scene.findAnywhere([keptStatus, keptComment])).toHaveLength(2);
    expect(await scene.findAnywhere([visitor, ...personValues(bodies, ownUid)])).toEqual([]);
  });

  it.skipIf(!existsSync(recorded)).each([
    [
      'mobile',
      {
        '/api/container/getIndex': 'm-getIndex-cards.json',
        '/statuses/show': 'm-statuses-show-retweet.json',
        '/statuses/extend': 'm-statuses-extend.json',
        '/comments/hotflow': 'm-comments-hotflow.json',
        '/api/comments/show': 'm-comments-show.json',
      },
    ],
    [
      'open-platform',
      {
        '/2/statuses/user_timeline.json': 'v2-statuses.json',
        '/2/statuses/show.json': 'v2-statuses.json',
        '/2/comments/show.json': 'v2-comments-show.json',
        '/2/comments/to_me.json': 'v2-comments-show.json',
      },
    ],
  ] as const)(
    'of others by the door %s leave nothing of a person',
    { timeout: 60_000 },
    async (door, names) => {
      const bodies: Bodies = Object.fromEntries(
        Object.entries(names).map(([path, name]) => [path, readRecorded(name)]),
      );
      if (door === 'mobile') shorten(bodies);
      const uid = ownerOf(bodies[Object.keys(names)[0] ?? '']);
      const run = await crawl(bodies, door, uid);
      expect(run.created, JSON.stringify(run)).toBeGreaterThan(0);
      const persons = personValues(bodies, uid);
      expect(persons.length).toBeGreaterThan(20);
      expect(await scene.findAnywhere(persons)).toEqual([]);
    },
  );
});

/** What a browser saves of its network traffic: with whoever was signed in. */
function asHar(bodies: Bodies, cookie: string) {
  const entries = Object.entries(bodies).map(([path, body]) => ({
    startedDateTime: '2026-11-22T11:00:00.000+08:00',
    request: {
      ...{ method: 'GET', url: `https://m.weibo.cn${path}?id=5234567890123456` },
      ...{ headers: [{ name: 'Cookie', value: cookie }], cookies: [{ name: 'SUB', value: cookie }] },
    },
    response: {
      ...{ status: 200, headers: [{ name: 'Set-Cookie', value: cookie }] },
      content: { mimeType: 'application/json', text: JSON.stringify(body) },
    },
  }));
  return { log: { version: '1.2', creator: { name: 'browser' }, entries } };
}

/** One answer stands for every page here, so that there are two statuses, no next page, and no more replies. */
function shorten(bodies: Bodies): void {
  const list = bodies['/api/container/getIndex'] as { data: { cards: { mblog?: object }[] } };
  const statuses = list.data.cards.filter(({ mblog }) => mblog !== undefined).slice(2);
  list.data.cards = list.data.cards.filter((card) => !statuses.includes(card));
  const { data } = bodies['/comments/hotflow'] as { data: { max_id: number } };
  data.max_id = 0;
  bodies['/comments/hotFlowChild'] = { ok: 1, data: [], rootComment: [], total_number: 0, max_id: 0 };
}

/** Whose the first status is. */
function ownerOf(list: unknown): string {
  const [, id] = /"user": ?\{"id": ?(\d+)/.exec(JSON.stringify(list)) ?? [];
  return id ?? ownUid;
}
