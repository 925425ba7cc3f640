import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe } from 'vitest';
import { useMongoTestDatabase } from './mongo-database.ts';
import type { Place } from './places.ts';
import { describeWithMongo } from './services.ts';

/** An empty place; the one before is gone. From the first `beforeAll` on. */
export type EmptyPlace = () => Promise<Place>;

/** The same suite over both set-ups: SQLite and files in a folder, MongoDB with GridFS in a database of its own. */
export function describeSetUps(name: string, suite: (emptyPlace: EmptyPlace) => void): void {
  describe(`${name}, embedded`, () => {
    let dataDir: string | null = null;
    const remove = () => {
      if (dataDir !== null) rmSync(dataDir, { recursive: true, force: true });
    };
    afterAll(remove);
    suite(async () => {
      remove();
      dataDir = mkdtempSync(join(tmpdir(), 'guanlan-place-'));
      return { setUp: 'embedded', dataDir };
    });
  });
  describeWithMongo(`${name}, scaled`, (mongoUri) => {
    const database = useMongoTestDatabase(mongoUri);
    suite(async () => {
      await database().clear();
      return { setUp: 'scaled', mongoUri, database: database().name };
    });
  });
}
