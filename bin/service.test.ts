import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildConfig, type Config } from '../config/config.ts';
import { MemoryQueue } from '../pipeline/adapters/memory-queue.ts';
import { GuanlanProcess } from '../test/harness/guanlan-process.ts';
import { openContext } from './open-context.ts';
import { startService } from './service.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guanlan-service-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function settings() {
  return { GUANLAN_DATA: join(folder, 'data'), GUANLAN_KEYS: join(folder, 'keys'), GUANLAN_PORT: '0' };
}

function ownConfig(): Config {
  return buildConfig({ ...settings(), GUANLAN_LOG_LEVEL: 'silent' }, join(import.meta.dirname, '..'));
}

/** Its workers cannot be drained. */
class BrokenQueue extends MemoryQueue {
  override async drain(): Promise<void> {
    await super.drain();
    throw new Error('cannot be drained');
  }
}

describe('a service that is stopped', () => {
  it('stops every part and closes the stores though one of them fails, and says so', async () => {
    const context = await openContext(ownConfig(), { queue: new BrokenQueue() });
    const service = await startService(context, ['api', 'worker']);
    expect((await fetch(`${service.url}/api/session`)).status).toBeLessThan(500);
    await expect(service.stop()).rejects.toThrow('cannot be drained');
    await expect(fetch(`${service.url}/api/session`)).rejects.toThrow();
    await expect(context.stores.users.list()).rejects.toThrow();
  });

  it('while it starts begins no further part, and closes what it has', async () => {
    const context = await openContext(ownConfig());
    const service = await startService(context, ['worker', 'api'], AbortSignal.abort());
    expect(service.url).toBeNull();
    await service.stop();
    await expect(context.stores.users.list()).rejects.toThrow();
  });
});

it('a process that is asked to end while it starts ends in order', { timeout: 30_000 }, async () => {
  const process = new GuanlanProcess(['start'], settings());
  // The seeds come before every part.
  await process.find(/(imported as settings version)/);
  const { code, signal, stderr } = await process.end('SIGTERM');
  expect({ code, signal }, stderr).toEqual({ code: 0, signal: null });
  expect(stderr).toContain('Stopping');
});
