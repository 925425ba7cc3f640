import { describe, expect, it } from 'vitest';
import { BrowserPool } from './browser-pool.ts';
import { findBrowser } from './browser-program.ts';

const choice = { named: null, path: process.env.PATH ?? '' };
const isThere = (await findBrowser(choice)) !== null;

describe.skipIf(!isThere)('the pool', { timeout: 30_000 }, () => {
  it('replaces a browser that has served enough, has grown too large or has died', async () => {
    const few = new BrowserPool(choice, { pagesPerBrowser: 2 });
    const small = new BrowserPool(choice, { maxBytes: 1 });
    try {
      const first = await few.use(async (browser) => browser);
      expect(await few.use(async (browser) => browser)).toBe(first);
      expect(first.isConnected()).toBe(false);
      await few.use((browser) => browser.close());
      await few.use(async () => {});
      expect(few.started).toBe(3);
      await small.use(async () => {});
      await small.use(async () => {});
      expect(small.started).toBe(2);
    } finally {
      await Promise.all([few.close(), small.close()]);
    }
  });

  it('lets no more pages in than it may, and one that grew too large ends after its last page', async () => {
    const pool = new BrowserPool(choice, { pages: 2, maxBytes: 1 });
    let together = 0;
    let most = 0;
    const work = async () => {
      together += 1;
      most = Math.max(most, together);
      await new Promise(setImmediate);
      together -= 1;
    };
    await Promise.all(Array.from({ length: 5 }, () => pool.use(work)));
    expect(most).toBe(2);
    await pool.close();
    await expect(pool.use(work)).rejects.toThrow('closed');
  });

  it('closes a browser that nobody needs', async () => {
    const pool = new BrowserPool(choice, { idleMs: 10 });
    const browser = await pool.use(async (one) => one);
    await new Promise((resolve) => browser.once('disconnected', resolve));
    await pool.use(async () => {});
    expect(pool.started).toBe(2);
    await pool.close();
  });
});

describe('finding one', () => {
  it('takes the one that is named and no other', async () => {
    expect(await findBrowser({ named: process.execPath, path: '' })).toBe(process.execPath);
    expect(await findBrowser({ named: '/no/such/browser', path: choice.path })).toBeNull();
  });
});
