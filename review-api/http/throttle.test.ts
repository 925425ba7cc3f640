import { expect, test } from 'vitest';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { TooManyAttempts } from './errors.ts';
import { Throttle } from './throttle.ts';

const limits = { attempts: 3, windowMs: 60_000, capacity: 2 };

test('a full window refuses, says how long, and opens again', () => {
  const clock = new FakeClock();
  const throttle = new Throttle(clock, limits);
  for (let attempt = 0; attempt < 3; attempt += 1) throttle.charge('a');
  clock.advance(20_000);
  expect(() => throttle.charge('a')).toThrow(TooManyAttempts);
  expect(() => throttle.charge('a')).toThrow(expect.objectContaining({ delayMs: 40_000 }));
  throttle.charge('b');
  clock.advance(40_000);
  throttle.charge('a');
});

test('a success gives its attempt back', () => {
  const throttle = new Throttle(new FakeClock(), limits);
  for (let attempt = 0; attempt < 20; attempt += 1) {
    throttle.charge('a');
    throttle.refund('a');
  }
  throttle.refund('unknown');
});

test('memory is bounded: the key that came first is forgotten', () => {
  const throttle = new Throttle(new FakeClock(), limits);
  for (const key of ['a', 'a', 'a', 'b', 'c']) throttle.charge(key);
  throttle.charge('a');
  expect(() => {
    for (let attempt = 0; attempt < 3; attempt += 1) throttle.charge('c');
  }).toThrow(TooManyAttempts);
});
