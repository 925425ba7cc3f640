import { afterEach, beforeEach, expect, it } from 'vitest';
import { clockToleranceMs } from '../../pipeline/domain/time.ts';
import type { Lease, LeaseStore } from '../../pipeline/ports/lease.ts';
import { FakeClock } from '../harness/fake-clock.ts';

export interface OpenedLeases {
  leases: LeaseStore;
  /** Another store on the same data, as a second process or a restart would have. */
  reopen(): Promise<LeaseStore>;
  close(): Promise<void>;
}

export function leaseContract(open: () => Promise<OpenedLeases>): void {
  let opened: OpenedLeases;
  let leases: LeaseStore;
  let clock: FakeClock;

  beforeEach(async () => {
    opened = await open();
    leases = opened.leases;
    clock = new FakeClock();
  });
  afterEach(() => opened.close());

  const take = (owner: string, store = leases) => store.acquire('chainer', owner, clock.now(), 60_000);
  const mustTake = async (owner: string, store = leases): Promise<Lease> => {
    const lease = await take(owner, store);
    if (lease === null) throw new Error(`${owner} did not get the lease`);
    return lease;
  };

  it('has one holder until the lease ends', async () => {
    const lease = await mustTake('a');
    expect(lease).toMatchObject({ name: 'chainer', expiresAt: '2026-03-02T00:01:00.000Z' });
    clock.advance(59_999);
    expect(await take('b')).toBeNull();
    clock.advance(1);
    expect((await mustTake('b')).token).toBeGreaterThan(lease.token);
  });

  it('has one winner among many who ask at a time', async () => {
    const second = await opened.reopen();
    const owners = Array.from({ length: 24 }, (_, i) => `owner-${i}`);
    const got = await Promise.all(owners.map((owner, i) => take(owner, i % 2 === 0 ? leases : second)));
    expect(got.filter((lease) => lease !== null)).toHaveLength(1);
  });

  it('gives the holder its own lease again, with the same token and a later end', async () => {
    const lease = await mustTake('a');
    clock.advance(10_000);
    expect(await mustTake('a')).toEqual({ ...lease, expiresAt: '2026-03-02T00:01:10.000Z' });
  });

  it('never gives an earlier token: not after release, expiry or restart', async () => {
    const tokens: number[] = [];
    for (let round = 0; round < 4; round++) {
      const store = await opened.reopen();
      const lease = await mustTake('a', store);
      tokens.push(lease.token);
      if (round % 2 === 0) await store.release(lease, 'a');
      else clock.advance(60_000);
    }
    expect(new Set(tokens).size).toBe(4);
    expect([...tokens].sort((a, b) => a - b)).toEqual(tokens);
  });

  it('renews what is held, and tells who has lost it', async () => {
    const lease = await mustTake('a');
    clock.advance(30_000);
    const renewed = await leases.renew(lease, 'a', clock.now(), 60_000);
    expect(renewed).toEqual({ ...lease, expiresAt: '2026-03-02T00:01:30.000Z' });
    expect(await leases.renew(lease, 'b', clock.now(), 60_000)).toBeNull();
    clock.advance(60_000);
    expect(await leases.renew(lease, 'a', clock.now(), 60_000)).toBeNull();
    await mustTake('b');
    expect(await leases.renew(lease, 'a', clock.now(), 60_000)).toBeNull();
  });

  it('does nothing when a lost lease is released, or one is released twice', async () => {
    const old = await mustTake('a');
    clock.advance(60_000);
    const current = await mustTake('b');
    await leases.release(old, 'a');
    await leases.release(old, 'b');
    await leases.release(current, 'a');
    expect(await take('c')).toBeNull();
    await leases.release(current, 'b');
    await leases.release(current, 'b');
    expect(await leases.renew(current, 'b', clock.now(), 60_000)).toBeNull();
    expect((await mustTake('c')).token).toBeGreaterThan(current.token);
  });

  it('holds nobody up for the lease of a clock that was ahead, and fences its holder', async () => {
    clock.advance(3_600_000);
    const ahead = await mustTake('ahead');
    clock.advance(-3_600_000);
    const lease = await mustTake('b');
    expect(lease).toMatchObject({ token: ahead.token + 1, expiresAt: '2026-03-02T00:01:00.000Z' });
    expect(await take('c')).toBeNull();
    clock.advance(3_600_000);
    expect(await leases.renew(ahead, 'ahead', clock.now(), 60_000)).toBeNull();
    await leases.release(ahead, 'ahead');
    clock.advance(-3_600_000);
    expect(await take('c')).toBeNull();
    expect(await mustTake('b')).toEqual(lease);
  });

  it('gives the holder that was ahead a new token when its clock is right again', async () => {
    clock.advance(3_600_000);
    const ahead = await mustTake('a');
    clock.advance(-3_600_000);
    expect((await mustTake('a')).token).toBe(ahead.token + 1);
  });

  it('bears with a clock that is five minutes ahead', async () => {
    clock.advance(clockToleranceMs);
    const ahead = await mustTake('ahead');
    clock.advance(-clockToleranceMs);
    expect(await take('b')).toBeNull();
    clock.advance(-1);
    expect((await mustTake('b')).token).toBe(ahead.token + 1);
  });

  it('keeps names apart', async () => {
    await mustTake('a');
    const other = await leases.acquire('sweeper 清扫', 'b', clock.now(), 1000);
    expect(other).toMatchObject({ name: 'sweeper 清扫', expiresAt: '2026-03-02T00:00:01.000Z' });
  });
}
