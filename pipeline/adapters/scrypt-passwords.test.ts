import { expect, test } from 'vitest';
import { RetryLater } from '../domain/errors.ts';
import { buildScryptPasswords } from './scrypt-passwords.ts';

const cheap = buildScryptPasswords({ logN: 10, r: 8, p: 1 });

test('the default costs 2^17 and the hash says so', async () => {
  const passwords = buildScryptPasswords();
  const hash = await passwords.hash('长江之水 天上来 2026');
  expect(hash).toMatch(/^\$scrypt\$ln=17,r=8,p=1\$[\w-]{22}\$[\w-]{43}$/);
  expect(await passwords.verify('长江之水 天上来 2026', hash)).toBe(true);
});

test('the right password passes, any other and a missing account do not', async () => {
  const hash = await cheap.hash('correct horse battery');
  expect(await cheap.verify('correct horse battery', hash)).toBe(true);
  expect(await cheap.verify('correct horse batterz', hash)).toBe(false);
  expect(await cheap.verify('', hash)).toBe(false);
  expect(await cheap.verify('correct horse battery', null)).toBe(false);
});

test('a hash made with other parameters is still verified with its own', async () => {
  const older = await buildScryptPasswords({ logN: 9, r: 4, p: 2 }).hash('an older password');
  expect(await cheap.verify('an older password', older)).toBe(true);
});

test('the same password never gives the same hash', async () => {
  expect(await cheap.hash('twice the same one')).not.toBe(await cheap.hash('twice the same one'));
});

test('a composed and a decomposed character are one password', async () => {
  const hash = await cheap.hash('caf\u00e9 caf\u00e9 caf\u00e9');
  expect(await cheap.verify('cafe\u0301 cafe\u0301 cafe\u0301', hash)).toBe(true);
});

test('a stored hash of unknown form or of absurd cost is an error, not a wrong password', async () => {
  await expect(cheap.verify('x', 'plaintext')).rejects.toThrow(/unknown form/);
  await expect(cheap.verify('x', '$scrypt$ln=30,r=8,p=1$AAAA$AAAA')).rejects.toThrow(/too much memory/);
});

test('a flood is turned away instead of eating the memory', async () => {
  const settled = await Promise.allSettled(Array.from({ length: 60 }, () => cheap.verify('flood', null)));
  const refused = settled.filter((one) => one.status === 'rejected');
  expect(refused.length).toBe(60 - 32);
  for (const one of refused) expect(one.reason).toBeInstanceOf(RetryLater);
  expect(await cheap.verify('flood', null)).toBe(false);
});
