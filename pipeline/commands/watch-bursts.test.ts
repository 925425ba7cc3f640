import { afterEach, beforeEach, expect, it } from 'vitest';
import { buildGap, buildWindow } from '../../test/builders/completeness.ts';
import { openFactBook } from '../../test/builders/fact-book.ts';
import { type Office, openOffice } from '../../test/harness/office.ts';
import { openChineseCalendar } from '../adapters/chinese-calendar.ts';
import { Channel } from '../domain/channel.ts';
import { rollupLayout } from '../domain/rollup.ts';
import type { SchoolCalendar } from '../domain/school-calendar.ts';
import { type BurstPorts, openBurstWatch } from './watch-bursts.ts';

let office: Office;
let book: ReturnType<typeof openFactBook>;
let ports: BurstPorts;
const channel = Channel.parse({
  ...{
    id: 'weibo',
    name: '官微',
    unit: 'office',
    state: 'live',
    kind: 'weibo',
    uid: '1234567',
    door: 'mobile',
  },
  comments: true,
});
/** The office’s clock stands at 09:00 of 20 November in Shanghai. */
const firstDay = '2026-10-02';
const hourMs = 3_600_000;
const instant = (hour: string) => new Date(`${hour}:00:00+08:00`).toISOString();

beforeEach(async () => {
  office = await openOffice();
  const { settings, ledger } = office.stores;
  await settings.save('channels', [channel], {
    expectedVersion: await settings.readVersion(),
    ...{ actorId: null, source: 'test', at: office.clock.now(), id: office.clock.newId() },
  });
  await ledger.closeWindow(
    buildWindow({ channelId: 'weibo', from: instant(`${firstDay}T00`), to: office.clock.now() }),
    null,
  );
  book = openFactBook();
  for (let day = 0; day < 49; day += 1) {
    for (let hour = 8; hour < 23; hour += 1) book.add('weibo', dayHour(day, hour), 2);
  }
  const { stores, clock } = office;
  const readOrigins = async (ids: readonly string[]) =>
    ids.map((postId) => ({ postId, content: book.contentOf(postId) }));
  ports = {
    stores: {
      ...stores,
      rollups: { ...stores.rollups, ...book.rollups },
      bursts: { ...stores.bursts, readOrigins },
    },
    ...{ clock, calendar: openChineseCalendar(stores.settings) },
  };
});
afterEach(() => office.close());

function dayHour(day: number, hour: number): string {
  const at = Date.parse(`${firstDay}T00:00:00Z`) + (day * 24 + hour) * hourMs;
  return new Date(at).toISOString().slice(0, 13);
}
/** 20 November, which is day 49: the clock goes on to its noon. */
const noon = dayHour(49, 12);
const toNoon = () => office.clock.advance(3.5 * hourMs);
const listed = async () =>
  (
    await office.stores.bursts.list({
      states: ['open', 'ended', 'dismissed'],
      channelIds: 'all',
      cursor: null,
      limit: 50,
    })
  ).items;

it('finds nothing on a quiet day', async () => {
  toNoon();
  book.add('weibo', noon, 3);
  expect(await openBurstWatch(ports)()).toEqual([]);
});

it('nothing is looked for while all is counted anew, and the past is not taken for a quiet one', async () => {
  toNoon();
  for (let day = 0; day < 50; day += 1) book.add('weibo', dayHour(day, 11), 25);
  const { rollups } = ports.stores;
  const none = { ...rollups, readCubes: async () => [] };
  let [layout, waiting] = [0, 0];
  const counted = { readLayout: async () => layout, countWaiting: async () => waiting };
  const stores = { ...ports.stores, rollups: { ...none, ...counted } };
  const look = openBurstWatch({ ...ports, stores });
  expect(await look()).toEqual([]);
  [layout, waiting] = [rollupLayout, 1000];
  expect(await look()).toEqual([]);
  Object.assign(stores.rollups, rollups);
  expect(await look()).toEqual([]);
  expect(await listed()).toEqual([]);
});

it('a wave is found once, by whoever looks, named after its matter, and told', async () => {
  toNoon();
  book.add('weibo', noon, 25, { topic: 'canteen' });
  const [burst, ...others] = await openBurstWatch(ports)();
  expect(others).toEqual([]);
  expect(burst).toMatchObject({
    ...{
      id: `weibo~canteen~${noon}`,
      topic: 'canteen',
      from: noon,
      observed: 25,
      state: 'open',
      late: false,
    },
  });
  expect(await openBurstWatch(ports)()).toEqual([]);
  const told = await office.stores.outbox.take(
    50,
    office.clock.now(),
    office.clock.now().replace('2026', '2027'),
  );
  expect(told.filter(({ topic }) => topic === 'burst.began').map(({ subject }) => subject)).toEqual([
    burst?.id,
  ]);
});

it('two that look at once find one', async () => {
  toNoon();
  book.add('weibo', noon, 25);
  const found = await Promise.all([openBurstWatch(ports)(), openBurstWatch(ports)()]);
  expect(found.flat()).toHaveLength(1);
  expect(await listed()).toHaveLength(1);
});

it('it grows, and ends when it is calm', async () => {
  toNoon();
  book.add('weibo', noon, 25);
  const look = openBurstWatch(ports);
  await look();
  office.clock.advance(hourMs);
  book.add('weibo', dayHour(49, 13), 30);
  await look();
  expect((await listed())[0]).toMatchObject({
    version: 2,
    observed: 55,
    peakHour: dayHour(49, 13),
    state: 'open',
  });
  office.clock.advance(16 * hourMs);
  await look();
  const [ended] = await listed();
  expect(ended).toMatchObject({ state: 'ended', last: dayHour(49, 13) });
  await look();
  expect(await listed()).toEqual([ended]);
});

it('copies of one text and advertising make no wave', async () => {
  toNoon();
  book.add('weibo', noon, 30, { content: 'the same' });
  book.add('weibo', noon, 30, { categories: ['advert'] });
  expect(await openBurstWatch(ports)()).toEqual([]);
});

it('what other classes hold is not counted', async () => {
  toNoon();
  book.add('weibo', noon, 60, { accessClass: 'victim' });
  book.add('weibo', noon, 60, { accessClass: 'safety' });
  expect(await openBurstWatch(ports)()).toEqual([]);
});

it('tone makes no wave and hides none', async () => {
  toNoon();
  book.add('weibo', noon, 5, { tone: 'negative' });
  const look = openBurstWatch(ports);
  expect(await look()).toEqual([]);
  book.add('weibo', noon, 20, { tone: 'positive' });
  expect(await look()).toMatchObject([{ observed: 25 }]);
});

it('what comes in late is dated by when it was published, marked, and looked at again', async () => {
  toNoon();
  const look = openBurstWatch(ports);
  await look();
  book.add('weibo', dayHour(47, 15), 40);
  const [late] = await look();
  expect(late).toMatchObject({ from: dayHour(47, 15), late: true, state: 'ended' });
});

it('claims nothing over a gap, until it is filled', async () => {
  const { ledger } = office.stores;
  const gap = buildGap({
    id: 'g',
    channelId: 'weibo',
    from: instant(dayHour(48, 10)),
    to: instant(dayHour(48, 14)),
  });
  await ledger.closeWindow(
    buildWindow({ channelId: 'weibo', from: gap.from, to: gap.to, state: 'gap', gapId: gap.id, runs: 0 }),
    gap,
  );
  book.add('weibo', dayHour(48, 12), 40);
  toNoon();
  const look = openBurstWatch(ports);
  expect(await look()).toEqual([]);
  await ledger.settleGap({ ...gap, filledAt: office.clock.now(), filledByRun: 'run' });
  expect(await look()).toMatchObject([{ from: dayHour(48, 12), late: true }]);
});

it('what a person dismissed stays dismissed while it goes on', async () => {
  toNoon();
  book.add('weibo', noon, 25);
  const look = openBurstWatch(ports);
  const [burst] = await look();
  await office.stores.bursts.answer(
    burst?.id ?? '',
    { is: 'dismiss', commandId: crypto.randomUUID(), seenVersion: 1, reason: 'calendar' },
    { actor: { id: 'a', roles: ['analyst'] }, at: office.clock.now(), channelIds: 'all' },
  );
  office.clock.advance(hourMs);
  book.add('weibo', dayHour(49, 13), 30, { topic: 'fees' });
  expect(await look()).toEqual([]);
  expect(await listed()).toMatchObject([{ state: 'dismissed', observed: 25 }]);
});

it('knows the calendar: what is usual when everybody arrives is no wave', async () => {
  const calendar: SchoolCalendar = {
    ...{ daysOff: [], workingDays: [], enteredYears: [] },
    periods: [{ name: '报到', kind: 'opening', from: '2026-11-20', to: '2026-11-25' }],
  };
  toNoon();
  for (const hour of [8, 9, 10, 11, 12]) book.add('weibo', dayHour(49, hour), 13);
  const { settings } = office.stores;
  const [without] = await openBurstWatch(ports)();
  expect(without?.calendar).toEqual([]);
  await settings.save('calendar', calendar, {
    expectedVersion: await settings.readVersion(),
    ...{ actorId: null, source: 'test', at: office.clock.now(), id: office.clock.newId() },
  });
  const bursts = { ...ports.stores.bursts, listOver: async () => [] };
  expect(await openBurstWatch({ ...ports, stores: { ...ports.stores, bursts } })()).toEqual([]);
});
