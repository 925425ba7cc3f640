import { afterAll, beforeAll, expect, it } from 'vitest';
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
    const facts = await inspectRedis(server.url);
    expect(facts).toMatchObject({ maxmemoryPolicy: 'noeviction', appendOnly: false });
    expect(facts.version).toMatch(/^\d+\.\d+/);
  });

  it('cannot be asked of a server that is away, and nothing hangs or shows a password', async () => {
    await server.stop();
    const url = server.url.replace('//', '//:geheim@');
    const refusal = await inspectRedis(url).catch((error: unknown) => error);
    expect(String(refusal)).toContain('ECONNREFUSED');
    expect(String(refusal)).not.toContain('geheim');
  });
});
