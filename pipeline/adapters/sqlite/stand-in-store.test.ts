import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { standInStoreContract } from '../../../test/contracts/stand-in-store.contract.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { openStores } from '../open-stores.ts';

describe('the SQLite stand-in store keeps the stand-in store contract', () => {
  standInStoreContract(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'guanlan-stand-ins-'));
    const clock = new FakeClock();
    const stores = openStores(folder, clock);
    const close = async () => {
      await stores.close();
      rmSync(folder, { recursive: true });
    };
    return { stores, clock, close };
  });
});
