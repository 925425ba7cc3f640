import { networkOf } from './network-of.ts';
import { Throttle, type ThrottlePorts } from './throttle.ts';

interface SignInAttempt {
  address: string;
  login: string;
}

const windowMs = 15 * 60_000;
/** One who guesses at one account. The account's own lock comes first; this keeps the guesses from costing us more. */
const perPair = { limit: 20, windowMs };
/** One who guesses at many: far above what an office behind one address mistypes. */
const perAddress = { limit: 300, windowMs };
const rememberedMs = 12 * 3_600_000;

/**
 * Refuses attempts by address and login together, and by address alone only beyond a far higher number. Who signed in from there
 * within twelve hours is spared the second: a neighbour's guessing shuts nobody out who is at home at that address. The limits
 * hold over all processes; addresses and logins are kept as keyed digests, until their window is over.
 */
export class SignInThrottle {
  private readonly ports: ThrottlePorts;
  private readonly pairs: Throttle;
  private readonly addresses: Throttle;

  constructor(ports: ThrottlePorts) {
    this.ports = ports;
    this.pairs = new Throttle(ports, 'pair', perPair);
    this.addresses = new Throttle(ports, 'address', perAddress);
  }

  /**
   * Counts one attempt before it is made. The address goes first: beyond its limit, guesses leave nothing in the store.
   * @throws TooManyAttempts
   */
  async charge(attempt: SignInAttempt): Promise<void> {
    const key = keyOf(attempt);
    const isStranger = !(await this.isAtHome(key));
    if (isStranger) await this.addresses.charge(networkOf(attempt.address));
    try {
      await this.pairs.charge(key);
    } catch (error) {
      if (isStranger) await this.addresses.refund(networkOf(attempt.address));
      throw error;
    }
  }

  /** The attempt was right: it counts no more, and the pair is remembered. */
  async succeed(attempt: SignInAttempt): Promise<void> {
    const { rates, clock } = this.ports;
    const key = keyOf(attempt);
    await this.pairs.refund(key);
    if (!(await this.isAtHome(key))) await this.addresses.refund(networkOf(attempt.address));
    await rates.remember(this.homeOf(key), clock.now(), rememberedMs);
  }

  private isAtHome(key: string): Promise<boolean> {
    return this.ports.rates.isRemembered(this.homeOf(key), this.ports.clock.now());
  }

  private homeOf(key: string): string {
    return this.ports.digestName(`home ${key}`);
  }
}

/** As accounts are looked up: outer blanks and capitals make no other login. */
function keyOf({ address, login }: SignInAttempt): string {
  return `${networkOf(address)} ${login.trim().toLowerCase()}`;
}
