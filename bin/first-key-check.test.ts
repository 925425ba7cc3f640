import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildConfig } from '../config/config.ts';
import type { Env } from '../config/env.ts';
import { loadKeys } from '../config/secrets.ts';
import { runGuanlan } from '../test/harness/guanlan-process.ts';
import { useMongoTestDatabase } from '../test/harness/mongo-database.ts';
import { type RedisServer, startRedisServer } from '../test/harness/redis-server.ts';
import { describeWithMongo } from '../test/harness/services.ts';
import { openContext } from './open-context.ts';

const password = 'correct horse battery staple';

/** @param openServers names the set-up's servers for one test */
function signedStore(openServers: () => Promise<{ env: Record<string, string>; close(): Promise<void> }>) {
  let folder: string;
  let keys: string;
  let env: Record<string, string>;
  let close: () => Promise<void>;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'guanlan-signed-'));
    keys = join(folder, 'keys');
    const servers = await openServers();
    close = servers.close;
    env = {
      ...{ GUANLAN_DATA: join(folder, 'data'), GUANLAN_KEYS: keys, GUANLAN_CONFIG: '' },
      ...servers.env,
    };
    // The context reads where its servers are from the environment.
    for (const [name, value] of Object.entries(servers.env)) vi.stubEnv(name, value);
    try {
      const context = await openContext(buildConfig(env as Env, join(import.meta.dirname, '..')));
      const at = context.clock.now();
      const signed = await context.anchors.sign(new TextEncoder().encode('head'));
      const chain = 'audit/audit/2026-11';
      await context.stores.audit.saveAnchor({ chain, seq: 1, hash: 'head', at, ...signed });
      await context.close();
    } finally {
      vi.unstubAllEnvs();
    }
  }, 30_000);
  afterEach(async () => {
    await close();
    rmSync(folder, { recursive: true });
  });
  const user = ['user', 'add', '--login', 'lin', '--name', '林', '--roles', 'reviewer', '--password-stdin'];
  const addUser = () => runGuanlan(user, env, `${password}\n`);
  const doctor = async () => (await runGuanlan(['doctor'], env)).stdout;

  it('without its keys it gets no second first key, and the doctor says so', async () => {
    const [file] = readdirSync(keys);
    renameSync(keys, join(folder, 'elsewhere'));
    mkdirSync(keys);
    const refused = await addUser();
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/^guanlan: There is no key in .*GUANLAN_KEYS.*\n$/);
    expect(refused.stderr).toContain(file);
    expect(readdirSync(keys)).toEqual([]);
    expect(await doctor()).toMatch(/^fail {2}keys: none in .*audit chains are signed/m);
    rmSync(keys, { recursive: true });
    renameSync(join(folder, 'elsewhere'), keys);
    expect((await addUser()).code).toBe(0);
    expect(await doctor()).toMatch(/^ok {4}keys: anchor key/m);
  }, 60_000);

  it('with another key it works on, as after a loss, and tells whose signatures it does not know', async () => {
    const [file = ''] = readdirSync(keys);
    rmSync(keys, { recursive: true });
    loadKeys(keys, '2031-01-01T00:00:00.000Z');
    const added = await addUser();
    expect(added.code, added.stderr).toBe(0);
    expect(added.stderr).toContain(`signed with keys that are not in GUANLAN_KEYS (${file})`);
    expect(await doctor()).toMatch(/^fail {2}keys: the audit chains are signed with keys that are not in/m);
  }, 60_000);
}

describe('a store in a folder that somebody has signed', () => {
  signedStore(async () => ({
    env: { GUANLAN_MONGODB_URI: '', GUANLAN_REDIS_URL: '' },
    close: async () => {},
  }));
});

describeWithMongo('a store in MongoDB that somebody has signed', (mongoUri) => {
  const database = useMongoTestDatabase(mongoUri);
  signedStore(async () => {
    await database().clear();
    const redis: RedisServer = await startRedisServer();
    const address = new URL(mongoUri.replace('mongodb:', 'http:'));
    address.pathname = `/${database().name}`;
    return {
      env: {
        GUANLAN_MONGODB_URI: address.href.replace('http:', 'mongodb:'),
        GUANLAN_REDIS_URL: redis.url,
      },
      close: () => redis.close(),
    };
  });
});

describe('the doctor on a fresh store', () => {
  it('says of an empty folder of keys that the first start makes one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'guanlan-fresh-'));
    const keys = join(folder, 'keys');
    mkdirSync(keys);
    const env = {
      ...{ GUANLAN_DATA: join(folder, 'data'), GUANLAN_KEYS: keys },
      ...{ GUANLAN_MONGODB_URI: '', GUANLAN_REDIS_URL: '' },
    };
    try {
      const { stdout } = await runGuanlan(['doctor'], env);
      expect(stdout).toMatch(/^warn {2}keys: none yet in .*; the first start makes one$/m);
      expect(readdirSync(keys)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 30_000);
});
