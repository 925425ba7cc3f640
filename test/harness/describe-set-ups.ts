import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { useMongoTestDatabase } from './mongo-database.ts';
import type { Place } from './places.ts';
import { describeWithMongo } from './services.ts';

/**
 * The same suite over both set-ups: SQLite and files in a folder, MongoDB with GridFS in a database of its own. The place is
 * there from the first `beforeAll` on and is shared by the tests of the suite.
 */
export function describeSetUps(name: string, suite: (place: () => Place) => void): void {
  describe(`${name}, embedded`, () => {
    let dataDir = '';
    beforeAll(() => {
      dataDir = mkdtempSync(join(tmpdir(), 'guanlan-place-'));
    });
    afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
    suite(() => ({ setUp: 'embedded', dataDir }));
  });
  describeWithMongo(`${name}, scaled`, (mongoUri) => {
    const database = useMongoTestDatabase(mongoUri);
    suite(() => ({ setUp: 'scaled', mongoUri, database: database().name }));
  });
}
