import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRateStore } from '../../pipeline/adapters/sqlite/rate-store.ts';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { openSqliteFile, type SqliteFile } from '../../test/harness/sqlite-files.ts';
import { TooManyAttempts } from './errors.ts';
import { SignInThrottle } from './sign-in-throttle.ts';

let file: SqliteFile;
let clock: FakeClock;
let throttle: SignInThrottle;
const open = () =>
  new SignInThrottle({
    rates: openRateStore(file.connect()),
    clock,
    digestName: (name) => `digest of ${name}`,
  });
beforeEach(() => {
  file = openSqliteFile();
  clock = new FakeClock();
  throttle = open();
});
afterEach(() => file.close());

const address = '10.0.0.7';
const minute = 60_000;

async function exhaustAddress() {
  for (let n = 0; n < 300; n += 1) await throttle.charge({ address, login: `guess-${n}` });
}

test('twenty attempts at one account from one address; neighbours and other addresses go on', async () => {
  for (let n = 0; n < 20; n += 1) await throttle.charge({ address, login: n % 2 === 0 ? 'li' : ' LI ' });
  await expect(throttle.charge({ address, login: 'li' })).rejects.toThrow(TooManyAttempts);
  await throttle.charge({ address, login: 'wang' });
  await throttle.charge({ address: '10.0.0.8', login: 'li' });
  clock.advance(15 * minute);
  await throttle.charge({ address, login: 'li' });
});

test('three hundred attempts from one address shut out strangers, not who signed in from there', async () => {
  await throttle.charge({ address, login: 'li' });
  await throttle.succeed({ address, login: 'li' });
  await exhaustAddress();
  await expect(throttle.charge({ address, login: 'wang' })).rejects.toThrow(TooManyAttempts);
  await throttle.charge({ address, login: 'Li' });
  await throttle.charge({ address: '10.0.0.8', login: 'li' });
});

test('a sign-in is remembered for twelve hours', async () => {
  await throttle.charge({ address, login: 'li' });
  await throttle.succeed({ address, login: 'li' });
  clock.advance(12 * 60 * minute);
  await exhaustAddress();
  await expect(throttle.charge({ address, login: 'li' })).rejects.toThrow(TooManyAttempts);
});

test('a right password counts towards neither limit', async () => {
  for (let n = 0; n < 400; n += 1) {
    await throttle.charge({ address, login: 'li' });
    await throttle.succeed({ address, login: 'li' });
  }
  await throttle.charge({ address, login: 'wang' });
});

test('a pair that is refused costs its neighbours nothing, and a guesser beyond the limit leaves nothing behind', async () => {
  for (let n = 0; n < 20; n += 1) await throttle.charge({ address, login: 'li' });
  for (let n = 0; n < 400; n += 1)
    await expect(throttle.charge({ address, login: 'li' })).rejects.toThrow(TooManyAttempts);
  for (let n = 0; n < 280; n += 1) await throttle.charge({ address, login: `guess-${n}` });
  await expect(throttle.charge({ address, login: 'unseen' })).rejects.toThrow(TooManyAttempts);
  const stored = file.connect().prepare('SELECT count(*) AS n FROM rates').get();
  expect(stored).toEqual({ n: 280 + 2 });
});

test('two processes count together, and remember together who is at home', async () => {
  const other = open();
  await throttle.charge({ address, login: 'li' });
  await throttle.succeed({ address, login: 'li' });
  for (let n = 0; n < 300; n += 1)
    await (n % 2 === 0 ? throttle : other).charge({ address, login: `g-${n}` });
  for (const one of [throttle, other])
    await expect(one.charge({ address, login: 'wang' })).rejects.toThrow(TooManyAttempts);
  await other.charge({ address, login: 'li' });
});
