import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { closeWindows } from '../../pipeline/commands/close-windows.ts';
import { purgeExpired } from '../../pipeline/commands/purge-expired.ts';
import { WeiboChannel } from '../../pipeline/domain/channel.ts';
import { type Campus, startCampus } from '../campus/campus.ts';
import { type Story, said } from '../campus/content/stories/story.ts';
import { describeSetUps } from '../harness/describe-set-ups.ts';
import { answered, PlatformScene } from '../harness/platform-scene.ts';

const now = '2026-11-22T04:00:00.000Z';
const objection = '我不愿意被采集的一句话';
const ordinary = '食堂的汤咸了';
const dayMs = 86_400_000;

const Comments = z.object({
  data: z.object({ data: z.array(z.object({ text: z.string(), user: z.object({ id: z.number() }) })) }),
});

const stories: readonly Story[] = [
  {
    name: 'objection',
    statuses: [
      {
        key: 'notice',
        when: 5,
        text: '关于食堂的通知',
        remarks: [
          said(4, objection, said(3, `${ordinary}甲`)),
          said(2, `${ordinary}乙`, said(1, `${objection}，再说一次`)),
        ],
      },
    ],
  },
];

describeSetUps('R13: what an objector writes is dropped at the parser', (emptyPlace) => {
  let campus: Campus;
  let scene: PlatformScene;
  beforeEach(async () => {
    campus = await startCampus({
      ...{ today: new Date(now), stories },
      now: () => new Date(scene?.clock.now() ?? now),
    });
    scene = await PlatformScene.open(await emptyPlace(), now);
    await scene.govern(answered);
  });
  afterEach(async () => {
    await scene.close();
    await campus.close();
  });

  /** Who said it, as the platform tells whoever is let in. */
  const speakersOf = async (words: string): Promise<string[]> => {
    const { cookie } = campus.weibo.credentials();
    const [status] = campus.weibo.expected.statuses;
    const answer = await fetch(`${campus.weibo.url}/api/comments/show?id=${status?.id}&page=1`, {
      headers: { cookie },
    });
    const { data } = Comments.parse(await answer.json());
    return data.data.flatMap(({ text, user }) => (text.includes(words) ? [String(user.id)] : []));
  };
  const object = (authorId: string) =>
    scene.objections.add({
      ...{ platform: 'weibo', authorId, receivedOn: '2026-11-20', reference: '沧宣异〔2026〕3号' },
      actorId: null,
    });
  const account = (door: 'open-platform' | 'mobile') =>
    WeiboChannel.parse({
      ...{ kind: 'weibo', id: `weibo-${door}`, name: '官方微博', unit: 'publicity', state: 'live' },
      ...{ uid: campus.weibo.uid, door, requestsPerMinute: 6000, callsPerDay: 1000 },
    });
  const letIn = async (channel: WeiboChannel) => {
    const { cookie, accessToken } = campus.weibo.credentials();
    const byHand = { expiresAt: null, actorId: null };
    await scene.credentials.save(channel.id, 'weibo-cookie', { cookie }, byHand);
    await scene.credentials.save(channel.id, 'weibo-oauth', { accessToken, uid: channel.uid }, byHand);
  };

  it.each(['mobile', 'open-platform'] as const)('in a whole run by the door %s', async (door) => {
    const channel = account(door);
    await letIn(channel);
    const uids = [...new Set(await speakersOf(objection))];
    expect(uids.length).toBeGreaterThan(0);
    const ordinaryUids = await speakersOf(`${ordinary}乙`);
    expect(uids).not.toContain(ordinaryUids[0]);
    for (const uid of uids) await object(uid);
    const run = await scene.crawl(channel, campus.platforms);
    expect(run.objected, JSON.stringify(run)).toBeGreaterThanOrEqual(2);
    await scene.judge();
    expect(await scene.findAnywhere([`${ordinary}乙`])).toHaveLength(1);
    expect(await scene.findAnywhere([objection, ...uids])).toEqual([]);
  });

  it('is gathered again once the objection was taken back', async () => {
    const channel = account('mobile');
    await letIn(channel);
    const entries = [];
    for (const uid of new Set(await speakersOf(objection))) entries.push(await object(uid));
    await scene.crawl(channel, campus.platforms);
    for (const { id } of entries) await scene.objections.remove(id, '本人撤回', null);
    scene.clock.advance(2 * dayMs);
    await scene.crawl(channel, campus.platforms);
    expect(await scene.findAnywhere([objection])).toHaveLength(1);
  });

  it('gathers no comment at all while the key of the list is missing, and says so', async () => {
    const channel = account('mobile');
    await letIn(channel);
    await object('7700123456');
    scene.loseObjectionKeys();
    const run = await scene.crawl(channel, campus.platforms);
    expect(run.note).toMatch(/the list of objections was made with objection-\w+[.]key/);
    scene.clock.advance(dayMs);
    const { opened } = await closeWindows({
      ...{ stores: scene.ports.stores, clock: scene.clock },
      whyNoComments: async () => (await scene.objections.read()).problem,
    });
    expect(opened[0]).toMatchObject({ cause: 'comments-gate', reason: run.note });
    expect(await scene.findAnywhere([ordinary, objection])).toEqual([]);
    expect(await scene.findAnywhere(['关于食堂的通知'])).toHaveLength(1);
  });

  it('is remembered longer than any text', async () => {
    const { stores, blobs } = scene.ports;
    const { id } = await object('7700123456');
    for (let day = 0; day <= 400; day += 50) {
      await purgeExpired({ stores, blobs, clock: scene.clock });
      scene.clock.advance(50 * dayMs);
    }
    expect((await scene.objections.list()).map((entry) => entry.id)).toEqual([id]);
    expect((await scene.objections.read()).isObjector('weibo', '7700123456')).toBe(true);
  });
});

describe('R13: the list is used for nothing else', () => {
  /** Besides those that the dependency rule names, who could reach it through a bag of stores? */
  const allowed = new Set([
    'bin/commands/doctor.ts',
    'bin/commands/doctor-keys.ts',
    'bin/commands/doctor-result.ts',
    'bin/commands/doctor-servers.ts',
    'bin/commands/channel-import.ts',
    'bin/commands/objection.ts',
    'bin/main.ts',
    'config/key-ring.ts',
    'config/secrets.ts',
    'crawlers/crawl.ts',
    'crawlers/gather-gate.ts',
    'crawlers/inspection.ts',
    'pipeline/adapters/mongo/collections.ts',
    'pipeline/adapters/mongo/objection-documents.ts',
    'pipeline/adapters/mongo/objection-list.ts',
    'pipeline/adapters/mongo/open-mongo-stores.ts',
    'pipeline/adapters/objection-change.ts',
    'pipeline/adapters/open-stores.ts',
    'pipeline/adapters/sqlite/migrations/010-objections.ts',
    'pipeline/adapters/sqlite/migrations/index.ts',
    'pipeline/adapters/sqlite/objection-list.ts',
    // The desk: what is typed goes straight into the digest.
    'bin/service.ts',
    'pipeline/commands/enter-objection.ts',
    'pipeline/commands/handle-requests.ts',
    'review-api/http/safeguard-deps.ts',
    'pipeline/commands/objections.ts',
    'pipeline/context.ts',
    'pipeline/domain/objection.ts',
    'pipeline/ports/index.ts',
    'pipeline/ports/objection-list.ts',
    // Only whether the list can be read.
    'pipeline/worker.ts',
  ]);
  const root = join(import.meta.dirname, '../..');
  const listOrWord = /objections?(?:List|Keys|Platform)?\b/;
  const listOnly = /objections?(?:List|Keys|Platform)\b|\.objections\.|objection-(?:list|keys)/;

  it('is named nowhere but where crawls ask and its command keeps it', () => {
    const naming: string[] = [];
    for (const room of ['bin', 'config', 'crawlers', 'pipeline', 'review-api', 'dashboards/src']) {
      for (const name of readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })) {
        const path = `${room}/${name}`;
        if (!/\.(ts|vue)$/.test(path) || /\.test\.ts$/.test(path) || /node_modules|\/dist\//.test(path))
          continue;
        const source = withoutComments(readFileSync(join(root, path), 'utf8'));
        // The right to handle what people ask of the desk is not the list.
        const bare = source.replaceAll("'objection.handle'", '');
        // The screens reach nothing but the API, and say the word to people who object.
        const list = room === 'dashboards/src' ? listOnly : listOrWord;
        if (list.test(bare)) naming.push(path);
      }
    }
    expect(naming.filter((path) => !allowed.has(path))).toEqual([]);
    expect(naming).toContain('crawlers/gather-gate.ts');
  });
});

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
}
