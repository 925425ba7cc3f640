import { describe } from 'vitest';

const required = process.env.REQUIRE_SERVICES === '1';

const mongoUri = process.env.MONGODB_URI ?? null;

/**
 * A suite that needs a server: it runs when the server's address is set, says visibly that it was skipped otherwise,
 * and fails where servers are required.
 */
export function describeWithMongo(name: string, suite: (uri: string) => void): void {
  if (mongoUri === null && required)
    throw new Error(`${name}: REQUIRE_SERVICES=1, but MONGODB_URI is not set`);
  describe.skipIf(mongoUri === null)(
    mongoUri === null ? `${name} (skipped: MONGODB_URI is not set)` : name,
    () => suite(mongoUri ?? ''),
  );
}
