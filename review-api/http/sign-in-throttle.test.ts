import { beforeEach, expect, test } from 'vitest';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { TooManyAttempts } from './errors.ts';
import { SignInThrottle } from './sign-in-throttle.ts';

let clock: FakeClock;
let throttle: SignInThrottle;
beforeEach(() => {
  clock = new FakeClock();
  throttle = new SignInThrottle(clock);
});

const address = '10.0.0.7';
const minute = 60_000;

function exhaustAddress() {
  for (let n = 0; n < 300; n += 1) throttle.charge({ address, login: `guess-${n}` });
}

test('twenty attempts at one account from one address; neighbours and other addresses go on', () => {
  for (let n = 0; n < 20; n += 1) throttle.charge({ address, login: n % 2 === 0 ? 'li' : ' LI ' });
  expect(() => throttle.charge({ address, login: 'li' })).toThrow(TooManyAttempts);
  throttle.charge({ address, login: 'wang' });
  throttle.charge({ address: '10.0.0.8', login: 'li' });
  clock.advance(15 * minute);
  throttle.charge({ address, login: 'li' });
});

test('three hundred attempts from one address shut out strangers, not who signed in from there', () => {
  throttle.charge({ address, login: 'li' });
  throttle.succeed({ address, login: 'li' });
  exhaustAddress();
  expect(() => throttle.charge({ address, login: 'wang' })).toThrow(TooManyAttempts);
  throttle.charge({ address, login: 'Li' });
  expect(() => throttle.charge({ address: '10.0.0.8', login: 'li' })).not.toThrow();
});

test('a sign-in is remembered for twelve hours', () => {
  throttle.charge({ address, login: 'li' });
  throttle.succeed({ address, login: 'li' });
  clock.advance(12 * 60 * minute);
  exhaustAddress();
  expect(() => throttle.charge({ address, login: 'li' })).toThrow(TooManyAttempts);
});

test('a right password counts towards neither limit', () => {
  for (let n = 0; n < 400; n += 1) {
    throttle.charge({ address, login: 'li' });
    throttle.succeed({ address, login: 'li' });
  }
  expect(() => throttle.charge({ address, login: 'wang' })).not.toThrow();
});
