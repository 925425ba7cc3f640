import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Office, openOffice } from '../test/harness/office.ts';
import { say } from '../test/harness/topic-scene.ts';
import { until } from '../test/harness/until.ts';
import { MemoryQueue } from './adapters/memory-queue.ts';
import { startHousekeeping } from './jobs/keep-house.ts';
import { openThreadedTopics, type ThreadedTopics } from './threaded-topics.ts';

let office: Office;
let threads: ThreadedTopics;
beforeEach(async () => {
  office = await openOffice();
  threads = openThreadedTopics({ dataDir: office.folder, connections: null }, async () => []);
});
afterEach(async () => {
  await threads.close();
  await office.close();
});

it('the keeper of the house finds a topic in what was stored and judged, by the thread that reads', async () => {
  const { stores, clock, deps } = office;
  const ends = ['食堂排队太久', '快递站又关门', '操场灯坏着', '图书馆没座位', '校车晚点了', '选课进不去'];
  for (const [n, end] of ends.entries()) {
    const publishedAt = `2026-11-19T0${n}:30:00.000Z`;
    await say(office, { externalId: `w${n}`, publishedAt, text: `澡堂热水器停水好几次，${end}` });
  }
  const failed: string[] = [];
  const { calendar, blobs } = deps;
  const ports = {
    ...{ stores, clock, calendar, blobs, queue: new MemoryQueue() },
    ...{ readPhrases: threads.readPhrases, countPhrases: threads.countPhrases },
    sign: () => ({ kid: 'test', signature: 'test' }),
    deliver: () => undefined,
    onError: (task: string, error: unknown) => void failed.push(`${task}: ${String(error)}`),
  };
  const house = startHousekeeping(ports, 'one');
  const list = () => stores.topics.listTopics({ lastItemFrom: '2026-11-01T00:00:00.000Z' });
  await until('a topic', async () => (await list()).length > 0, 30_000);
  await house.stop();
  const [topic] = await list();
  const members = await stores.topics.listMembers(topic?.id ?? '', { cursor: null, limit: 10 });
  expect(members.items).toHaveLength(ends.length);
  expect(topic?.phrases.map(({ phrase }) => phrase).join()).toContain('停水');
  expect(failed).toEqual([]);
  const scan = { fromHour: '2026-11-19T00', now: clock.now() };
  const [places = []] = await threads.findPhrases([scan], ['停水']);
  expect(places).toHaveLength((await threads.countPhrases(scan, 3)).phrases.get('停水') ?? -1);
}, 40_000);
