import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRateStore } from '../../pipeline/adapters/sqlite/rate-store.ts';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { openSqliteFile, type SqliteFile } from '../../test/harness/sqlite-files.ts';
import { TooManyAttempts } from './errors.ts';
import { Throttle } from './throttle.ts';

const limits = { limit: 3, windowMs: 60_000 };
let file: SqliteFile;
let clock: FakeClock;
beforeEach(() => {
  file = openSqliteFile();
  clock = new FakeClock();
});
afterEach(() => file.close());

const open = (kind = 'pair') =>
  new Throttle(
    { rates: openRateStore(file.connect()), clock, digestName: (name) => `digest of ${name}` },
    kind,
    limits,
  );

test('a full window refuses, says how long, and opens again', async () => {
  const throttle = open();
  for (let attempt = 0; attempt < 3; attempt += 1) await throttle.charge('a');
  clock.advance(20_000);
  await expect(throttle.charge('a')).rejects.toThrow(TooManyAttempts);
  await expect(throttle.charge('a')).rejects.toMatchObject({ delayMs: 40_000 });
  await throttle.charge('b');
  clock.advance(40_000);
  await throttle.charge('a');
});

test('a success gives its attempt back', async () => {
  const throttle = open();
  for (let attempt = 0; attempt < 20; attempt += 1) {
    await throttle.charge('a');
    await throttle.refund('a');
  }
  await throttle.refund('unknown');
});

test('processes count together, kinds apart', async () => {
  const throttles = [open(), open()];
  for (let attempt = 0; attempt < 3; attempt += 1) await throttles[attempt % 2]?.charge('a');
  for (const throttle of throttles) await expect(throttle.charge('a')).rejects.toThrow(TooManyAttempts);
  await open('address').charge('a');
});
