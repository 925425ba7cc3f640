import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Channel } from '../pipeline/domain/channel.ts';
import { type Office, openOffice } from '../test/harness/office.ts';
import { say } from '../test/harness/topic-scene.ts';
import type { Visitor } from '../test/harness/visitor.ts';

let office: Office;
let analyst: Visitor;
beforeEach(async () => {
  office = await openOffice();
  analyst = await office.visitAs('analyst');
});
afterEach(() => office.close());

interface Phrases {
  now: { fromDay: string; toDay: string };
  before: { fromDay: string; toDay: string };
  read: number;
  phrases: {
    phrase: string;
    items: number;
    before: number;
    change: object | null;
    reason: string | null;
    evidence: string;
  }[];
}
const ask = async (query = '') => (await analyst.get(`/api/key-phrases${query}`)).json as unknown as Phrases;
const listItems = async (query: string) =>
  ((await analyst.get(`/api/key-phrases/items?${query}`)).json as { items: { postId: string }[] }).items;

const ends = [
  '食堂排队太久',
  '快递站又关门',
  '操场灯坏着',
  '图书馆没座位',
  '校车晚点了',
  '选课进不去',
  '洗衣机坏了',
];
/** Different texts that all speak of the water. */
async function speakOfWater(days: readonly string[], count: number, channelId = 'main-site') {
  for (let n = 0; n < count; n += 1) {
    const day = days[n % days.length] ?? '';
    await say(office, {
      ...{ externalId: `${day}-${n}`, channelId, publishedAt: `${day}T0${n % 8}:30:00.000Z` },
      text: `${'一二三四五六七八九十'[n % 10]}号楼热水器停水${n % 3 === 0 ? '' : '好几次'}，${ends[n % ends.length]}`,
      ...(n % 2 === 0 && { verdict: { service: { kind: 'complaint', topic: 'dormitory', confidence: 1 } } }),
    });
  }
}

it('says what stands out in the last seven whole days, with as many items as it counts', async () => {
  await speakOfWater(['2026-11-14', '2026-11-15', '2026-11-16', '2026-11-18', '2026-11-19'], 24);
  await speakOfWater(['2026-11-07'], 1);
  // Today is not over, and two items are two people's own words.
  await speakOfWater(['2026-11-20'], 1);
  for (const n of [1, 2]) {
    await say(office, {
      externalId: `own${n}`,
      publishedAt: '2026-11-15T01:00:00.000Z',
      text: `琥珀色灯笼真好看${n}`,
    });
  }
  const found = await ask();
  expect(found).toMatchObject({
    now: { fromDay: '2026-11-13', toDay: '2026-11-19', cover: { complete: true } },
    before: { fromDay: '2026-11-06', toDay: '2026-11-12' },
  });
  const water = found.phrases.find(({ phrase }) => phrase.includes('停水'));
  expect(water).toMatchObject({ before: 1, reason: null, change: { direction: 'more' } });
  for (const { phrase, items, evidence } of found.phrases) {
    expect(items).toBeGreaterThanOrEqual(3);
    expect([...phrase].length).toBeLessThanOrEqual(12);
    expect(phrase).not.toContain('灯笼');
    expect(await listItems(evidence)).toHaveLength(items);
  }
  expect(await listItems('phrase=灯笼')).toEqual([]);
});

it('is narrowed by channel and by service topic, and says so in its evidence', async () => {
  await speakOfWater(['2026-11-14'], 8);
  await speakOfWater(['2026-11-15'], 4, 'weibo');
  const [all, ofService, other] = [
    await ask(),
    await ask('?topic=dormitory'),
    await ask('?fromDay=2026-11-13&toDay=2026-11-19&topic=library'),
  ];
  expect(all.read).toBeGreaterThan(ofService.read);
  expect(ofService.phrases[0]).toMatchObject({ items: expect.any(Number), reason: 'too-few', change: null });
  expect(await listItems(ofService.phrases[0]?.evidence ?? '')).toHaveLength(
    ofService.phrases[0]?.items ?? -1,
  );
  expect(other).toMatchObject({ read: 0, phrases: [] });
  for (const path of ['?channel=weibo', '/items?phrase=停水&channel=weibo']) {
    const { json } = await analyst.get(`/api/key-phrases${path}`);
    expect(json).toMatchObject({ status: 400, field: 'channel', detail: '没有登记的渠道：weibo。' });
  }
});

it('claims no growth over what was not read', async () => {
  const { settings } = office.stores;
  const weibo = { id: 'weibo', name: '官方微博', kind: 'weibo', uid: '1234567', door: 'mobile' };
  await settings.save('channels', [Channel.parse({ ...weibo, unit: 'publicity', state: 'live' })], {
    ...{ expectedVersion: await settings.readVersion(), actorId: null, source: 'test' },
    ...{ at: office.clock.now(), id: randomUUID() },
  });
  await speakOfWater(['2026-11-14', '2026-11-16'], 24, 'weibo');
  const found = await ask('?channel=weibo');
  expect(found).toMatchObject({ now: { cover: { complete: false } } });
  expect(found.phrases[0]).toMatchObject({ change: null, reason: 'not-observed' });
});

it('what is not open is left out before anything is counted', async () => {
  await speakOfWater(['2026-11-14'], 2);
  await say(office, {
    ...{ externalId: 'victim', publishedAt: '2026-11-14T01:00:00.000Z', text: '我们楼停水了，有人受伤' },
    verdict: { accessClass: 'victim' },
  });
  const found = await ask();
  expect([found.read, found.phrases]).toEqual([2, []]);
});

it('names the field that is wrong, and refuses whoever sees one unit alone', async () => {
  const field = async (query: string) => (await analyst.get(`/api/key-phrases${query}`)).json;
  expect(await field('?fromDay=2026-05-01&toDay=2026-11-01')).toMatchObject({
    status: 400,
    field: 'fromDay',
  });
  expect(await field('?fromDay=2026-11-10&toDay=2026-11-01')).toMatchObject({ status: 400, field: 'toDay' });
  const long = `?phrase=${'长'.repeat(13)}`;
  expect((await analyst.get(`/api/key-phrases/items${long}`)).json).toMatchObject({
    status: 400,
    field: 'phrase',
  });
  const editor = await office.visitAs('editor');
  expect((await editor.get('/api/key-phrases')).status).toBe(403);
});
