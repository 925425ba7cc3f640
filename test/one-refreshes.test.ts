import { afterEach, describe, expect, it } from 'vitest';
import { openMongoLeaseStore } from '../pipeline/adapters/mongo/lease-store.ts';
import { openLeaseStore } from '../pipeline/adapters/sqlite/lease-store.ts';
import { withLease } from '../pipeline/commands/with-lease.ts';
import type { LeaseStore } from '../pipeline/ports/lease.ts';
import { FakeClock } from './harness/fake-clock.ts';
import { useMongoTestDatabase } from './harness/mongo-database.ts';
import { describeWithMongo } from './harness/services.ts';
import { openSqliteFile, type SqliteFile } from './harness/sqlite-files.ts';

const ttlMs = 30_000;

/** A platform's access token as processes share it, and the platform, which makes the last token void with each new one. */
class Platform {
  issued = 0;
  stored: { value: string; expiresAt: string } | null = null;

  async issue(clock: FakeClock): Promise<string> {
    this.issued += 1;
    const value = `token-${this.issued}`;
    // As over a network: others look meanwhile.
    await new Promise(setImmediate);
    const expiresAt = new Date(Date.parse(clock.now()) + 7_200_000).toISOString();
    this.stored = { value, expiresAt };
    return value;
  }
}

/** Asks for the token as a source will: the stored one while it is good; else one refreshes, and the rest look again. */
async function askToken(leases: LeaseStore, owner: string, platform: Platform, clock: FakeClock) {
  const read = () =>
    platform.stored !== null && platform.stored.expiresAt > clock.now() ? platform.stored : null;
  for (;;) {
    const good = read();
    if (good !== null) return good.value;
    const refreshed = await withLease(
      { leases, clock },
      { name: 'token:gzh', owner, ttlMs },
      async () =>
        // Somebody may have been through between our look and the lease.
        read()?.value ?? platform.issue(clock),
    );
    if (refreshed !== null) return refreshed;
    await new Promise(setImmediate);
  }
}

function oneRefreshes(openLeases: () => LeaseStore): void {
  it('of many processes that find the token expired one refreshes; the others read what it got', async () => {
    const clock = new FakeClock();
    const platform = new Platform();
    const stores = Array.from({ length: 6 }, openLeases);
    const askAll = () =>
      Promise.all(stores.map((leases, n) => askToken(leases, `process-${n}`, platform, clock)));
    expect(new Set(await askAll())).toEqual(new Set(['token-1']));
    clock.advance(7_200_000);
    expect(new Set(await askAll())).toEqual(new Set(['token-2']));
    expect(platform.issued).toBe(2);
  });

  it('another takes over when the one that was refreshing has died', async () => {
    const clock = new FakeClock();
    const platform = new Platform();
    const [dead, living] = [openLeases(), openLeases()];
    await dead.acquire('token:gzh', 'dead', clock.now(), ttlMs);
    const waiting = askToken(living, 'living', platform, clock);
    await new Promise(setImmediate);
    expect(platform.issued).toBe(0);
    clock.advance(ttlMs);
    expect(await waiting).toBe('token-1');
  });
}

describe('a token is refreshed once, over SQLite', () => {
  let file: SqliteFile | null = null;
  afterEach(() => {
    file?.close();
    file = null;
  });
  oneRefreshes(() => {
    file ??= openSqliteFile();
    return openLeaseStore(file.connect());
  });
});

describeWithMongo('a token is refreshed once, over MongoDB', (uri) => {
  const database = useMongoTestDatabase(uri);
  afterEach(() => database().clear());
  oneRefreshes(() => openMongoLeaseStore(database()));
});
