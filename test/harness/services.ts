import { describe } from 'vitest';

const required = process.env.REQUIRE_SERVICES === '1';

/** Of the servers that tests and benchmarks may use; null where there is none. */
export const mongoUri = process.env.MONGODB_URI ?? null;
const redisUrl = process.env.REDIS_URL ?? null;

/**
 * A suite that needs a server: it runs when the server's address is set, says visibly that it was skipped otherwise,
 * and fails where servers are required.
 */
function describeWith(variable: string, address: string | null) {
  return (name: string, suite: (address: string) => void): void => {
    if (address === null && required)
      throw new Error(`${name}: REQUIRE_SERVICES=1, but ${variable} is not set`);
    describe.skipIf(address === null)(
      address === null ? `${name} (skipped: ${variable} is not set)` : name,
      () => suite(address ?? ''),
    );
  };
}

export const describeWithMongo = describeWith('MONGODB_URI', mongoUri);
export const describeWithRedis = describeWith('REDIS_URL', redisUrl);
