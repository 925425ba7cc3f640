import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openMongoRateStore } from '../pipeline/adapters/mongo/rate-store.ts';
import { openDatabase } from '../pipeline/adapters/sqlite/database.ts';
import { openRateStore } from '../pipeline/adapters/sqlite/rate-store.ts';
import type { RateStore } from '../pipeline/ports/rate-store.ts';
import { type RunningApi, startApi } from '../review-api/main.ts';
import { useMongoTestDatabase } from './harness/mongo-database.ts';
import { type Office, officePassword, openOffice } from './harness/office.ts';
import { describeWithMongo } from './harness/services.ts';
import { Visitor } from './harness/visitor.ts';

let office: Office;
const apis: RunningApi[] = [];
beforeEach(async () => {
  office = await openOffice();
});
afterEach(async () => {
  await Promise.all(apis.splice(0).map((api) => api.close()));
  await office.close();
});

/** Two API processes would have no more in common than these two: what is stored, and the keys. */
async function startTwo(openRates: () => RateStore): Promise<[string, string]> {
  const start = async () => {
    const stores = { ...office.stores, rates: openRates() };
    const api = await startApi({ ...office.deps, stores }, { host: '127.0.0.1', port: 0 });
    apis.push(api);
    return api.url;
  };
  return [await start(), await start()];
}

const signIn = async (url: string, login: string, password = 'wrong') =>
  (await new Visitor(url).post('/api/session', { login, password })).status;

function sharedLimits(openRates: () => RateStore): void {
  it('hold when the guesses are spread over two processes, and end together', async () => {
    const urls = await startTwo(openRates);
    const login = await office.hire(['reviewer']);
    const guesses = Array.from({ length: 24 }, (_, index) => signIn(urls[index % 2] ?? '', login));
    const statuses = await Promise.all(guesses);
    expect(statuses.filter((status) => status === 401)).toHaveLength(20);
    expect(statuses.filter((status) => status === 429)).toHaveLength(4);
    for (const url of urls) expect(await signIn(url, login, officePassword)).toBe(429);
    office.clock.advance(15 * 60_000);
    for (const url of urls) expect(await signIn(url, login, officePassword)).toBe(200);
  });

  it('spare who signed in at the other process', async () => {
    const [first, second] = await startTwo(openRates);
    const [known, stranger] = [await office.hire(['reviewer']), await office.hire(['director'])];
    expect(await signIn(first, known, officePassword)).toBe(200);
    // No more at a time than wait in line for a password to be computed.
    for (let wave = 0; wave < 300; wave += 20) {
      const guesses = Array.from({ length: 20 }, (_, index) => signIn(first, `guess-${wave + index}`));
      expect(new Set(await Promise.all(guesses))).toEqual(new Set([401]));
    }
    expect(await signIn(second, stranger, officePassword)).toBe(429);
    expect(await signIn(second, known, officePassword)).toBe(200);
  });
}

describe('the limits of signing in, over SQLite', () => {
  const databases: ReturnType<typeof openDatabase>[] = [];
  const connect = () => {
    const db = openDatabase(join(office.folder, 'guanlan.db'));
    databases.push(db);
    return db;
  };
  afterEach(() => {
    for (const db of databases.splice(0)) db.close();
  });
  sharedLimits(() => openRateStore(connect()));

  it('are counted without an address or a login in the store', async () => {
    await signIn(office.url, 'canary-login');
    const rows = connect().prepare('SELECT * FROM rates').all();
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toMatch(/127\.0\.0\.1|canary/);
  });
});

describeWithMongo('the limits of signing in, over MongoDB', (uri) => {
  const database = useMongoTestDatabase(uri);
  afterEach(() => database().clear());
  sharedLimits(() => openMongoRateStore(database()));
});
