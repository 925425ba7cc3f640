import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type RedisServer, startRedisServer } from '../../../test/harness/redis-server.ts';
import { describeWithRedis } from '../../../test/harness/services.ts';
import { inspectRedis } from './inspect-redis.ts';

describeWithRedis('how a Redis is set up', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedisServer();
  });
  afterAll(() => server.close());

  it('is told by the server', async () => {
    const facts = await inspectRedis(server.url, 'office');
    expect(facts).toMatchObject({ maxmemoryPolicy: 'noeviction', appendOnly: false });
    expect(facts.version).toMatch(/^\d+\.\d+/);
  });

  it('cannot be used with a database that it does not have, or without rights, and nothing is printed', async () => {
    const printed = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const admin = new Redis(server.url);
    await admin.call('ACL', 'SETUSER', 'guest', 'on', '>geheim', '~{guanlan:office}*', '+ping', '+select');
    const guest = server.url.replace('//', '//guest:geheim@');
    try {
      await expect(inspectRedis(`${server.url}/99`, 'office')).rejects.toThrow('DB index is out of range');
      await expect(inspectRedis(guest, 'office')).rejects.toThrow(/permission/);
      await admin.call('ACL', 'SETUSER', 'guest', '+set', '+get', '+del', '+eval');
      expect(await inspectRedis(guest, 'office')).toEqual({
        version: 'unknown',
        maxmemoryPolicy: null,
        appendOnly: null,
      });
      expect(await admin.keys('*office*')).toEqual([]);
      expect(printed).not.toHaveBeenCalled();
    } finally {
      admin.disconnect();
      printed.mockRestore();
    }
  });

  it('names the setting where user or password is wrong', async () => {
    const wrong = server.url.replace('//', '//guanlan:geheim@');
    const refusal = await inspectRedis(wrong, 'office').catch((error: unknown) => error);
    expect(String(refusal)).toMatch(/WRONGPASS.*GUANLAN_REDIS_URL/);
    expect(String(refusal)).not.toContain('geheim');
  });

  it('cannot be asked of a server that is away, and nothing hangs or shows a password', async () => {
    await server.stop();
    const url = server.url.replace('//', '//:geheim@');
    const refusal = await inspectRedis(url, 'office').catch((error: unknown) => error);
    expect(String(refusal)).toContain('ECONNREFUSED');
    expect(String(refusal)).not.toContain('geheim');
  });
});
