import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { openSqliteFile, type SqliteFile } from '../../test/harness/sqlite-files.ts';
import { until } from '../../test/harness/until.ts';
import { openLeaseStore } from '../adapters/sqlite/lease-store.ts';
import type { Lease, LeaseStore } from '../ports/lease.ts';
import { withLease } from './with-lease.ts';

const ttlMs = 30_000;
let file: SqliteFile;
let leases: LeaseStore;
let clock: FakeClock;
let renewals: number;

beforeEach(() => {
  file = openSqliteFile();
  leases = openLeaseStore(file.connect());
  clock = new FakeClock();
  renewals = 0;
});
afterEach(() => file.close());

function gate() {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, passed };
}

function hold(
  owner: string,
  work: (lease: Lease, signal: AbortSignal) => Promise<string>,
  over: { renew?: LeaseStore['renew']; release?: LeaseStore['release']; signal?: AbortSignal } = {},
) {
  const { signal, ...methods } = over;
  const renew: LeaseStore['renew'] = async (...args) => {
    try {
      return await (methods.renew ?? leases.renew)(...args);
    } finally {
      renewals += 1;
    }
  };
  return withLease(
    {
      leases: { ...leases, ...methods, renew },
      clock,
      after: (delayMs, run) => clock.after(delayMs, run),
    },
    { name: 'house', owner, ttlMs, ...(signal === undefined ? {} : { signal }) },
    work,
  );
}
const free = () => leases.acquire('house', 'probe', clock.now(), 1);
/** Moves on to the next renewal and lets its answer come in. */
async function passThird() {
  const before = renewals;
  clock.advance(ttlMs / 3);
  await until('the renewal', () => renewals > before);
}
const untilTold = (signal: AbortSignal) =>
  new Promise<string>((resolve) => {
    signal.addEventListener('abort', () => resolve(String(signal.reason)));
  });

it('lets one work, the others get null, and gives the lease back', async () => {
  const { open, passed } = gate();
  const first = hold('a', async ({ token }) => {
    await passed;
    return `done with ${token}`;
  });
  expect(await hold('b', async () => 'never')).toBeNull();
  open();
  expect(await first).toBe('done with 1');
  expect(await hold('b', async ({ token }) => `then ${token}`)).toBe('then 2');
});

it('renews while the work runs, far beyond one term', async () => {
  const { open, passed } = gate();
  let aborted = false;
  const held = hold('a', async (_lease, signal) => {
    await passed;
    aborted = signal.aborted;
    return 'done';
  });
  await until('the lease', async () => (await free()) === null);
  for (let third = 0; third < 12; third++) await passThird();
  expect(await free()).toBeNull();
  open();
  expect(await held).toBe('done');
  expect(aborted).toBe(false);
  const count = renewals;
  clock.advance(10 * ttlMs);
  expect(renewals).toBe(count);
});

it('gives the lease back after a failure, and lets the failure through', async () => {
  await expect(hold('a', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await free()).not.toBeNull();
});

it('keeps what the work returned when the lease cannot be given back', async () => {
  const away = () => Promise.reject(new Error('away'));
  expect(await hold('a', async () => 'done', { release: away })).toBe('done');
});

it('tells the work when another has taken the lease', async () => {
  const held = hold('a', (_lease, signal) => untilTold(signal), { renew: async () => null });
  await until('the lease', async () => (await free()) === null);
  await passThird();
  expect(await held).toContain('another holds it');
});

it('goes on while the store is away, and stops when the lease has run out', async () => {
  let told: string | null = null;
  const held = hold(
    'a',
    async (_lease, signal) => {
      told = await untilTold(signal);
      return told;
    },
    { renew: () => Promise.reject(new Error('away')) },
  );
  await until('the lease', async () => (await free()) === null);
  await passThird();
  await passThird();
  clock.advance(ttlMs / 3 - 1);
  expect(told).toBeNull();
  clock.advance(1);
  expect(await held).toContain('it ran out');
});

it('a renewal that comes through in time starts a new term', async () => {
  let isAway = true;
  const renew: LeaseStore['renew'] = (...args) =>
    isAway ? Promise.reject(new Error('away')) : leases.renew(...args);
  const { open, passed } = gate();
  const held = hold(
    'a',
    async (_lease, signal) => {
      await passed;
      return signal.aborted ? 'stopped' : 'done';
    },
    { renew },
  );
  await until('the lease', async () => (await free()) === null);
  await passThird();
  isAway = false;
  await passThird();
  isAway = true;
  await passThird();
  await passThird();
  open();
  expect(await held).toBe('done');
});

it('does not wait for a renewal that never answers', async () => {
  const held = hold('a', (_lease, signal) => untilTold(signal), { renew: () => new Promise(() => {}) });
  await until('the lease', async () => (await free()) === null);
  clock.advance(ttlMs);
  expect(await held).toContain('it ran out');
});

it('stops the work when it is told to from outside', async () => {
  const stop = new AbortController();
  const held = hold('a', (_lease, signal) => untilTold(signal), { signal: stop.signal });
  await until('the lease', async () => (await free()) === null);
  stop.abort(new Error('shutdown'));
  expect(await held).toContain('shutdown');
  expect(await free()).not.toBeNull();
});
