import type { Clock } from '../../pipeline/ports/clock.ts';
import { Throttle } from './throttle.ts';

interface SignInAttempt {
  address: string;
  login: string;
}

const windowMs = 15 * 60_000;
const capacity = 10_000;
/** One who guesses at one account. The account's own lock comes first; this keeps the guesses from costing us more. */
const perPair = { attempts: 20, windowMs, capacity };
/** One who guesses at many: far above what an office behind one address mistypes. */
const perAddress = { attempts: 300, windowMs, capacity };
const rememberedMs = 12 * 3_600_000;

/**
 * Refuses attempts by address and login together, and by address alone only beyond a far higher number. Who signed in from there
 * within twelve hours is spared the second: a neighbour's guessing shuts nobody out who is at home at that address.
 */
export class SignInThrottle {
  private readonly clock: Clock;
  private readonly pairs: Throttle;
  private readonly addresses: Throttle;
  private readonly signedInMs = new Map<string, number>();

  constructor(clock: Clock) {
    this.clock = clock;
    this.pairs = new Throttle(clock, perPair);
    this.addresses = new Throttle(clock, perAddress);
  }

  /**
   * Counts one attempt before it is made.
   * @throws TooManyAttempts
   */
  charge(attempt: SignInAttempt): void {
    const key = keyOf(attempt);
    this.pairs.charge(key);
    if (!this.isAtHome(key)) this.addresses.charge(attempt.address);
  }

  /** The attempt was right: it counts no more, and the pair is remembered. */
  succeed(attempt: SignInAttempt): void {
    const key = keyOf(attempt);
    this.pairs.refund(key);
    if (!this.isAtHome(key)) this.addresses.refund(attempt.address);
    this.signedInMs.delete(key);
    this.signedInMs.set(key, Date.parse(this.clock.now()));
    const oldest = this.signedInMs.keys().next();
    if (this.signedInMs.size > capacity && !oldest.done) this.signedInMs.delete(oldest.value);
  }

  private isAtHome(key: string): boolean {
    const atMs = this.signedInMs.get(key);
    return atMs !== undefined && Date.parse(this.clock.now()) - atMs < rememberedMs;
  }
}

/** As accounts are looked up: outer blanks and capitals make no other login. */
function keyOf({ address, login }: SignInAttempt): string {
  return `${address} ${login.trim().toLowerCase()}`;
}
