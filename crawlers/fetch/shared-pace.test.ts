import { setImmediate as nextTurn, setTimeout as sleepFor } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openMongoLeaseStore } from '../../pipeline/adapters/mongo/lease-store.ts';
import { openMongoRateStore } from '../../pipeline/adapters/mongo/rate-store.ts';
import { openLeaseStore } from '../../pipeline/adapters/sqlite/lease-store.ts';
import { openRateStore } from '../../pipeline/adapters/sqlite/rate-store.ts';
import { systemClock } from '../../pipeline/adapters/system-clock.ts';
import { RetryLater } from '../../pipeline/domain/errors.ts';
import type { Egress, EgressCall } from '../../pipeline/ports/egress.ts';
import { useMongoTestDatabase } from '../../test/harness/mongo-database.ts';
import { describeWithMongo } from '../../test/harness/services.ts';
import { SiteServer } from '../../test/harness/site-server.ts';
import { openSqliteFile, type SqliteFile } from '../../test/harness/sqlite-files.ts';
import { until } from '../../test/harness/until.ts';
import { type EgressOptions, openEgress } from './egress.ts';

type Shared = NonNullable<EgressOptions['shared']>;

let site: SiteServer;
const open: Egress[] = [];
beforeEach(async () => {
  site = await SiteServer.start({ '/robots.txt': { status: 404 } });
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((egress) => egress.close()));
  await site.close();
});

function egressOver(shared: Shared, options: Partial<EgressOptions> = {}): Egress {
  const egress = openEgress({ clock: systemClock, shared, ...options });
  open.push(egress);
  return egress;
}
function fetchMany(
  egresses: Egress[],
  count: number,
  requestsPerMinute: number,
  call: Partial<EgressCall> = {},
) {
  const allowance = { hosts: [{ host: site.host, paths: ['/'] }], privateAddress: true, requestsPerMinute };
  const url = site.url('/a.htm');
  const asked = Array.from({ length: count }, (_, index) =>
    egresses[index % egresses.length]?.fetch({ url, allowance, ...call }),
  );
  return Promise.all(asked);
}

/** Two processes have nothing in common but the store and the site. */
function sharedPace(openShared: () => Shared): void {
  it('two processes keep one pace together', async () => {
    site.set('/a.htm', { body: 'x' });
    const startedMs = performance.now();
    await fetchMany([egressOver(openShared()), egressOver(openShared())], 10, 600);
    // Ten pages, and robots.txt once in each process: the last of twelve starts comes eleven gaps after the first.
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(1099);
    expect(site.count('/a.htm')).toBe(10);
  });

  it.each<Partial<EgressCall>>([{}, { method: 'POST', body: '{}', robots: 'not-asked' }])(
    'two processes never ask a host for more than two pages at a time: %j',
    async (call) => {
      let active = 0;
      let most = 0;
      site.set('/a.htm', async () => {
        active += 1;
        most = Math.max(most, active);
        await sleepFor(60);
        active -= 1;
        return { body: 'x' };
      });
      await fetchMany([egressOver(openShared()), egressOver(openShared())], 8, 60_000, call);
      expect(most).toBe(2);
    },
  );
}

describe('a pace shared over SQLite', () => {
  let file: SqliteFile;
  beforeEach(() => {
    file = openSqliteFile();
  });
  afterEach(() => file.close());
  const openShared = (): Shared => {
    const db = file.connect();
    return { rates: openRateStore(db), leases: openLeaseStore(db) };
  };
  sharedPace(openShared);

  it('takes over the place of a process that died', async () => {
    site.set('/a.htm', { body: 'x' });
    const shared = openShared();
    const now = new Date(Date.now() - 29_000).toISOString();
    for (const place of [0, 1])
      await shared.leases.acquire(`host:${site.host}:${place}`, 'dead', now, 29_300);
    expect(await fetchMany([egressOver(shared)], 1, 60_000)).toHaveLength(1);
  });

  it('puts a page off when too many wait already', async () => {
    site.set('/a.htm', { body: 'x' });
    const shared = openShared();
    const far = { gapMs: 840_000, maxAheadMs: 600_000 };
    await shared.rates.reserveStart(site.host, systemClock.now(), far);
    await expect(fetchMany([egressOver(shared)], 1, 60_000)).rejects.toThrow(RetryLater);
    expect(site.requests).toEqual([]);
  });

  it('stops waiting when it is told to, and leaves no place taken', async () => {
    const shared = openShared();
    await shared.rates.reserveStart(site.host, systemClock.now(), { gapMs: 300_000, maxAheadMs: 600_000 });
    const stop = new AbortController();
    const allowance = {
      hosts: [{ host: site.host, paths: ['/'] }],
      privateAddress: true,
      requestsPerMinute: 60_000,
    };
    const waiting = egressOver(shared).fetch({ url: site.url('/a.htm'), allowance, signal: stop.signal });
    stop.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
    await open.pop()?.close();
    const takePlace = () => shared.leases.acquire(`host:${site.host}:0`, 'me', systemClock.now(), 1000);
    await until('the place', async () => (await takePlace()) !== null);
  });

  it('stopped while the store answers, it gives its place back before it ends', async () => {
    const shared = openShared();
    const stop = new AbortController();
    let asks = 0;
    const leases: Shared['leases'] = {
      acquire: async (...asked) => {
        const lease = await shared.leases.acquire(...asked);
        asks += 1;
        // The first is for robots.txt, which other pages wait for too.
        if (asks === 2) stop.abort(new Error('stopped'));
        return lease;
      },
      renew: (...held) => shared.leases.renew(...held),
      release: async (...given) => {
        await nextTurn();
        return shared.leases.release(...given);
      },
    };
    const allowance = {
      hosts: [{ host: site.host, paths: ['/'] }],
      privateAddress: true,
      requestsPerMinute: 60_000,
    };
    const { signal } = stop;
    const asked = egressOver({ ...shared, leases }).fetch({ url: site.url('/a.htm'), allowance, signal });
    await expect(asked).rejects.toThrow('stopped');
    for (const place of [0, 1]) {
      const name = `host:${site.host}:${place}`;
      expect(await shared.leases.acquire(name, 'me', systemClock.now(), 1000)).not.toBeNull();
    }
  });
});

describeWithMongo('a pace shared over MongoDB', (uri) => {
  const database = useMongoTestDatabase(uri);
  afterEach(() => database().clear());
  sharedPace(() => ({ rates: openMongoRateStore(database()), leases: openMongoLeaseStore(database()) }));
});

describe('without its store', () => {
  const away = () => Promise.reject(new Error('the store is away'));
  const silent = () => new Promise<never>(() => {});
  const storeThat = (answer: () => Promise<never>): Shared => ({
    rates: {
      ...{ reserveStart: answer, charge: answer, refund: answer, remember: answer },
      ...{ isRemembered: answer, purge: answer },
    },
    leases: { acquire: answer, renew: answer, release: answer },
  });

  it.each([
    ['that is away', away],
    ['that never answers', silent],
  ])('%s a process keeps its own pace', async (_what, answer) => {
    site.set('/a.htm', { body: 'x' });
    const slept: number[] = [];
    let nowMs = 0;
    const timing = {
      nowMs: () => nowMs,
      sleep: async (delayMs: number, signal: AbortSignal) => {
        if (answer === away && delayMs === 2000) return silent();
        signal.throwIfAborted();
        slept.push(Math.round(delayMs));
        if (delayMs !== 2000) nowMs += delayMs;
      },
    };
    const egress = egressOver(storeThat(answer), { timing });
    for (let index = 0; index < 3; index += 1) await fetchMany([egress], 1, 60);
    // robots.txt first, then the pages.
    expect(slept.filter((delayMs) => delayMs !== 2000)).toEqual([1000, 1000, 1000]);
    expect(site.count('/a.htm')).toBe(3);
  });
});
