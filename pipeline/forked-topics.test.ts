import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { listChildPids } from '../test/harness/child-pids.ts';
import { type Office, openOffice } from '../test/harness/office.ts';
import { say } from '../test/harness/topic-scene.ts';
import { until } from '../test/harness/until.ts';
import { MemoryQueue } from './adapters/memory-queue.ts';
import { type ForkedTopics, openForkedTopics } from './forked-topics.ts';
import { startHousekeeping } from './jobs/keep-house.ts';

let office: Office;
let topics: ForkedTopics;
beforeEach(async () => {
  office = await openOffice();
  topics = openForkedTopics({ dataDir: office.folder, connections: null }, async () => []);
});
afterEach(async () => {
  await topics.close();
  await office.close();
});

it('the keeper of the house finds a topic in what was stored and judged, by the process that reads', async () => {
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
    ...{ readPhrases: topics.readPhrases, countPhrases: topics.countPhrases },
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
  const [places = []] = await topics.findPhrases([scan], ['停水']);
  expect(places).toHaveLength((await topics.countPhrases(scan, 3)).phrases.get('停水') ?? -1);
}, 40_000);

const pids = () => listChildPids('topic-process');
const read = async (one: ForkedTopics) => (await one.readPhrases(['澡堂热水器停水好几次']))[0]?.phrases ?? [];

it('reads everything in one process, which ends when it is closed, and starts again when asked', async () => {
  const before = pids();
  const phrases = await read(topics);
  expect(phrases.join()).toContain('停水');
  const [pid, ...others] = pids().filter((one) => !before.includes(one));
  expect(others).toEqual([]);
  expect(await Promise.all([read(topics), read(topics)])).toEqual([phrases, phrases]);
  const scan = { fromHour: '2026-11-19T00', now: office.clock.now() };
  await Promise.all([topics.countPhrases(scan, 3), topics.findPhrases([scan], ['停水'])]);
  expect(pids().filter((one) => !before.includes(one))).toEqual([pid]);
  await topics.close();
  expect(pids().filter((one) => !before.includes(one))).toEqual([]);
  expect(await read(topics)).toEqual(phrases);
}, 40_000);

it('tells what a killed process was asked that it has ended, and starts another', async () => {
  const before = pids();
  const phrases = await read(topics);
  const [pid] = pids().filter((one) => !before.includes(one));
  process.kill(Number(pid), 'SIGSTOP');
  const asked = read(topics);
  process.kill(Number(pid), 'SIGKILL');
  await expect(asked).rejects.toThrow('the process for topics has ended');
  expect(await read(topics)).toEqual(phrases);
}, 40_000);

it('starts another process for other words, and ends one that nobody asks any more', async () => {
  const before = pids();
  const own: string[] = [];
  const idle = openForkedTopics({ dataDir: office.folder, connections: null }, async () => own, 50);
  const running = () => pids().filter((one) => !before.includes(one));
  try {
    await read(idle);
    await until('its end', () => running().length === 0);
    own.push('澡堂热水器');
    const readings = [read(idle)];
    await until('the start of one', () => running().length === 1);
    own.push('知行楼');
    readings.push(read(idle));
    await until('the start of another', () => running().length === 2);
    await Promise.all(readings);
    await until('the end of both', () => running().length === 0);
  } finally {
    await idle.close();
  }
}, 40_000);

it('is waited for by a program that has nothing else to do', async () => {
  const topicsFile = new URL('./forked-topics.ts', import.meta.url).href;
  const program = `
    const { openForkedTopics } = await import('${topicsFile}');
    const topics = openForkedTopics({}, async () => []);
    await topics.readPhrases(['澡堂热水器停水好几次']);
    await topics.close();
    console.log('closed');
  `;
  const args = ['--import', import.meta.resolve('tsx'), '--input-type=module', '--eval', program];
  expect((await promisify(execFile)(process.execPath, args)).stdout).toBe('closed\n');
}, 40_000);
