import { afterEach, beforeEach, expect, it } from 'vitest';
import { clockToleranceMs } from '../../pipeline/domain/time.ts';
import type { RateStore } from '../../pipeline/ports/rate-store.ts';
import { FakeClock } from '../harness/fake-clock.ts';

export interface OpenedRates {
  rates: RateStore;
  /** Another store on the same data, as a second process has. */
  reopen(): Promise<RateStore>;
  close(): Promise<void>;
}

const pace = { gapMs: 1000, maxAheadMs: 600_000 };
const limits = { limit: 3, windowMs: 60_000 };

export function rateStoreContract(open: () => Promise<OpenedRates>): void {
  let opened: OpenedRates;
  let rates: RateStore;
  let second: RateStore;
  let clock: FakeClock;
  beforeEach(async () => {
    opened = await open();
    rates = opened.rates;
    second = await opened.reopen();
    clock = new FakeClock();
  });
  afterEach(() => opened.close());

  const inMs = (delayMs: number) => new Date(Date.parse(clock.now()) + delayMs).toISOString();
  const reserve = (name = 'a', store = rates) => store.reserveStart(name, clock.now(), pace);
  const charge = (name = 'a', store = rates) => store.charge(name, clock.now(), limits);
  const many = <T>(count: number, ask: (store: RateStore) => Promise<T>) =>
    Promise.all(Array.from({ length: count }, (_, index) => ask(index % 2 === 0 ? rates : second)));

  it('gives many who ask at a time starts that are evenly spaced', async () => {
    const starts = await many(20, (store) => reserve('观澜.example:8080', store));
    expect([...starts].sort()).toEqual(Array.from({ length: 20 }, (_, index) => inMs(index * 1000)));
  });

  it('starts at once when the gap has passed, and counts from there', async () => {
    expect(await reserve()).toBe(inMs(0));
    clock.advance(5000);
    expect(await reserve()).toBe(inMs(0));
    clock.advance(400);
    expect(await reserve('a', second)).toBe(inMs(600));
  });

  it('a fraction of a millisecond is rounded up', async () => {
    await rates.reserveStart('a', clock.now(), { ...pace, gapMs: 333.3 });
    expect(await reserve()).toBe(inMs(334));
  });

  it('reserves nothing too far ahead', async () => {
    const near = { gapMs: 1000, maxAheadMs: 2000 };
    for (let index = 0; index < 3; index += 1)
      expect(await rates.reserveStart('a', clock.now(), near)).toBe(inMs(index * 1000));
    for (let index = 0; index < 3; index += 1)
      expect(await rates.reserveStart('a', clock.now(), near)).toBeNull();
    clock.advance(1000);
    expect(await rates.reserveStart('a', clock.now(), near)).toBe(inMs(2000));
  });

  it('allows just so many attempts in a window, whoever asks', async () => {
    const results = await many(10, (store) => charge('a', store));
    expect(results.filter(({ allowed }) => allowed)).toHaveLength(3);
    expect(results.find(({ allowed }) => !allowed)).toEqual({ allowed: false, retryAt: inMs(60_000) });
    expect(await charge('b')).toEqual({ allowed: true });
  });

  it('a window begins with its first attempt and is over in time, whatever was refused', async () => {
    for (let index = 0; index < 3; index += 1) await charge();
    clock.advance(59_999);
    expect(await charge()).toEqual({ allowed: false, retryAt: inMs(1) });
    clock.advance(1);
    for (const allowed of [true, true, true, false]) expect(await charge()).toMatchObject({ allowed });
  });

  it('gives an attempt back once, and never more than were counted', async () => {
    await rates.refund('a', clock.now());
    for (let index = 0; index < 3; index += 1) await charge();
    await second.refund('a', clock.now());
    for (const allowed of [true, false]) expect(await charge()).toMatchObject({ allowed });
    for (let index = 0; index < 9; index += 1) await rates.refund('a', clock.now());
    for (const allowed of [true, true, true, false]) expect(await charge()).toMatchObject({ allowed });
  });

  it('remembers for a while, anew each time it is told', async () => {
    expect(await rates.isRemembered('a', clock.now())).toBe(false);
    await rates.remember('a', clock.now(), 1000);
    clock.advance(999);
    expect(await second.isRemembered('a', clock.now())).toBe(true);
    await rates.remember('a', clock.now(), 1000);
    clock.advance(999);
    expect(await second.isRemembered('a', clock.now())).toBe(true);
    clock.advance(1);
    expect(await second.isRemembered('a', clock.now())).toBe(false);
  });

  it('keeps starts, counts and memories of one name apart', async () => {
    await charge();
    expect(await reserve()).toBe(inMs(0));
    expect(await rates.isRemembered('a', clock.now())).toBe(false);
  });

  it('starts anew where a clock that was ahead has reserved', async () => {
    clock.advance(3_600_000);
    await reserve();
    clock.advance(-3_600_000);
    expect(await reserve('a', second)).toBe(inMs(0));
    expect(await reserve()).toBe(inMs(1000));
  });

  it('bears with a reservation by a clock that is five minutes ahead', async () => {
    const long = { gapMs: 600_001, maxAheadMs: 600_000 };
    clock.advance(clockToleranceMs);
    await rates.reserveStart('a', clock.now(), long);
    await rates.reserveStart('b', clock.now(), { ...long, gapMs: 1_200_002 });
    clock.advance(-clockToleranceMs);
    expect(await rates.reserveStart('a', clock.now(), long)).toBeNull();
    expect(await rates.reserveStart('b', clock.now(), long)).toBe(inMs(0));
  });

  it('counts anew where a clock that was ahead has counted, and bears with five minutes', async () => {
    clock.advance(clockToleranceMs);
    for (let index = 0; index < 3; index += 1) await charge();
    clock.advance(-clockToleranceMs);
    expect(await charge('a', second)).toEqual({ allowed: false, retryAt: inMs(60_000 + clockToleranceMs) });
    clock.advance(-1);
    for (const allowed of [true, true, true, false]) expect(await charge()).toMatchObject({ allowed });
    expect(await charge()).toEqual({ allowed: false, retryAt: inMs(60_000) });
  });

  it('removes what is over, and nothing else', async () => {
    await reserve('old');
    await charge('old');
    await rates.remember('old', clock.now(), 60_000);
    clock.advance(59_999);
    await charge('new');
    expect(await rates.purge(clock.now())).toBe(1);
    clock.advance(1);
    expect(await rates.purge(clock.now())).toBe(2);
    expect(await rates.purge(clock.now())).toBe(0);
    for (const allowed of [true, true, false]) expect(await charge('new')).toMatchObject({ allowed });
  });
}
