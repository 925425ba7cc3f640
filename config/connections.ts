import { readFileSync } from 'node:fs';
import { InvalidInput } from '../pipeline/domain/errors.ts';
import type { Env } from './env.ts';

/** Where the servers of the scaled set-up are. The addresses may hold passwords: they are never logged. */
export interface Connections {
  readonly mongodbUri: string;
  readonly redisUrl: string;
  /** The MongoDB database, and the beginning of every key in Redis. */
  readonly database: string;
}

type Server = 'GUANLAN_MONGODB_URI' | 'GUANLAN_REDIS_URL' | 'GUANLAN_PROXY';

const forms: Record<Server, { pattern: RegExp; example: string }> = {
  GUANLAN_MONGODB_URI: {
    pattern: /^mongodb(\+srv)?:\/\/\S+$/,
    example: 'mongodb://user:password@host:27017/guanlan?replicaSet=rs0',
  },
  GUANLAN_REDIS_URL: { pattern: /^rediss?:\/\/\S+$/, example: 'redis://:password@host:6379/0' },
  GUANLAN_PROXY: { pattern: /^https?:\/\/\S+$/i, example: 'http://user:password@proxy.example.edu.cn:3128' },
};

const isGiven = (value: string | undefined) => value !== undefined && value !== '';
export const isNamed = (env: Env, server: Server) => isGiven(env[server]) || isGiven(env[`${server}_FILE`]);

/**
 * One machine, or many processes on MongoDB and Redis. Opens no file.
 * @throws InvalidInput when only one of the two servers is named
 */
export function chooseSetUp(env: Env): 'embedded' | 'scaled' {
  const mongodb = isNamed(env, 'GUANLAN_MONGODB_URI');
  const redis = isNamed(env, 'GUANLAN_REDIS_URL');
  if (mongodb === redis) return mongodb ? 'scaled' : 'embedded';
  const missing: Server = mongodb ? 'GUANLAN_REDIS_URL' : 'GUANLAN_MONGODB_URI';
  const given: Server = mongodb ? 'GUANLAN_MONGODB_URI' : 'GUANLAN_REDIS_URL';
  throw new InvalidInput(
    missing,
    `${missing} is missing: ${given} is set, and the scaled set-up needs both`,
    `set ${missing} or ${missing}_FILE, or neither of the two for the embedded set-up`,
  );
}

/** By value, or from the file that `…_FILE` names. @throws InvalidInput that never holds the address itself */
export function readAddress(env: Env, server: Server): string {
  const file = env[`${server}_FILE`];
  if (isGiven(env[server]) && isGiven(file)) {
    throw new InvalidInput(server, `${server} and ${server}_FILE are both set`, 'set one of them');
  }
  const { pattern, example } = forms[server];
  const value = isGiven(file) ? readSecretFile(`${server}_FILE`, file ?? '') : (env[server] ?? '').trim();
  const named = isGiven(file) ? `${server}_FILE` : server;
  const what = isGiven(file) ? `the file that ${named} names holds no address` : `${named} is not an address`;
  if (!pattern.test(value)) throw new InvalidInput(named, what, `e.g. ${example}`);
  assertEscaped(named, value);
  return value;
}

/** A secret by value, or from the file that `…_FILE` names. @throws InvalidInput that never holds the secret */
export function readSecretValue(
  env: Env,
  name: 'GUANLAN_OIDC_CLIENT_SECRET' | 'GUANLAN_WECOM_SECRET',
): string {
  const file = env[`${name}_FILE`];
  if (isGiven(env[name]) && isGiven(file)) {
    throw new InvalidInput(name, `${name} and ${name}_FILE are both set`, 'set one of them');
  }
  const value = isGiven(file) ? readSecretFile(`${name}_FILE`, file ?? '') : (env[name] ?? '').trim();
  if (value === '') throw new InvalidInput(name, `${name} is missing`, `set ${name} or ${name}_FILE`);
  return value;
}

/**
 * A password with an unescaped @ or / shifts everything after it, and the driver then speaks of hosts that nobody named.
 * @throws InvalidInput that never holds the address
 */
function assertEscaped(name: string, address: string): void {
  const whole = address.slice(address.indexOf('//') + 2);
  // Options may hold an @ of their own.
  const beforeOptions = whole.split('?', 1)[0] ?? '';
  const rest = beforeOptions.includes('@') || beforeOptions === whole ? beforeOptions : '';
  const user = rest.slice(0, Math.max(0, rest.lastIndexOf('@')));
  if (!/[@/?#]|%(?![0-9a-f]{2})/i.test(user)) return;
  throw new InvalidInput(
    name,
    `the user or the password in ${name} has a character that an address may not hold as it is`,
    'percent-encode @ : / ? # % in them, e.g. @ as %40',
  );
}

function readSecretFile(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InvalidInput(
      name,
      `${name} cannot be read: ${reason}`,
      'the path of a file that this user can read',
    );
  }
}

/** The database that an address names: what stands between the hosts and the options. */
function findDatabase(mongodbUri: string): string {
  const named = /^[^:]+:\/\/[^/?]+\/([^?]*)/.exec(mongodbUri)?.[1] ?? '';
  if (named === '') return 'guanlan';
  if (/^[\w-]{1,63}$/.test(named)) return named;
  throw new InvalidInput(
    'GUANLAN_MONGODB_URI',
    'GUANLAN_MONGODB_URI names a database that cannot be one',
    'letters, digits, _ and -, 63 at most',
  );
}

/**
 * The servers of the scaled set-up; null when embedded.
 * @throws InvalidInput naming the variable; its message never holds the address
 */
export function readConnections(env: Env): Connections | null {
  if (chooseSetUp(env) === 'embedded') return null;
  const mongodbUri = readAddress(env, 'GUANLAN_MONGODB_URI');
  const redisUrl = readAddress(env, 'GUANLAN_REDIS_URL');
  return Object.freeze({ mongodbUri, redisUrl, database: findDatabase(mongodbUri) });
}
