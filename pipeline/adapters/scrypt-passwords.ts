import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { RetryLater } from '../domain/errors.ts';
import type { Passwords } from '../ports/passwords.ts';

interface ScryptCost {
  /** log2 of N. */
  logN: number;
  r: number;
  p: number;
}

const defaultCost: ScryptCost = { logN: 17, r: 8, p: 1 };
const keyBytes = 32;
const saltBytes = 16;
/** A parameter string from the store may ask for this much at most. */
const maxLogN = 20;

/** `$scrypt$ln=17,r=8,p=1$<salt>$<key>`, base64url. */
const hashForm = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w-]+)\$([\w-]+)$/;

function deriveKey(password: string, salt: Buffer, { logN, r, p }: ScryptCost): Promise<Buffer> {
  const N = 2 ** logN;
  const options: ScryptOptions = { N, r, p, maxmem: 128 * r * (N + p) + 1_048_576 };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, keyBytes, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}

/** Each derivation holds 128 MB: a few at a time, a bounded line behind them, the rest is turned away. */
function openGate(atOnce: number, waitingMax: number) {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async function pass<T>(work: () => Promise<T>): Promise<T> {
    if (running >= atOnce) {
      if (waiting.length >= waitingMax) throw new RetryLater(2000, 'Too many sign-ins at the same time.');
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}

function parseHash(hash: string): { cost: ScryptCost; salt: Buffer; key: Buffer } {
  const [, logN, r, p, salt, key] = hashForm.exec(hash) ?? [];
  if (salt === undefined || key === undefined)
    throw new Error('The stored password hash has an unknown form.');
  const cost = { logN: Number(logN), r: Number(r), p: Number(p) };
  if (cost.logN > maxLogN) throw new Error('The stored password hash asks for too much memory.');
  return { cost, salt: Buffer.from(salt, 'base64url'), key: Buffer.from(key, 'base64url') };
}

/** Passwords by scrypt in libuv's threads, so that the event loop never waits. */
export function buildScryptPasswords(cost: ScryptCost = defaultCost): Passwords {
  const pass = openGate(2, 30);
  const decoySalt = randomBytes(saltBytes);

  return {
    hash: async (password) => {
      const salt = randomBytes(saltBytes);
      const key = await pass(() => deriveKey(password, salt, cost));
      const parameters = `ln=${cost.logN},r=${cost.r},p=${cost.p}`;
      return `$scrypt$${parameters}$${salt.toString('base64url')}$${key.toString('base64url')}`;
    },
    verify: async (password, hash) => {
      if (hash === null) {
        await pass(() => deriveKey(password, decoySalt, cost));
        return false;
      }
      const stored = parseHash(hash);
      const key = await pass(() => deriveKey(password, stored.salt, stored.cost));
      return key.length === stored.key.length && timingSafeEqual(key, stored.key);
    },
  };
}
