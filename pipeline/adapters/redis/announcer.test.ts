import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { expect, it } from 'vitest';
import { announcerContract } from '../../../test/contracts/announcer.contract.ts';
import { startRedisServer } from '../../../test/harness/redis-server.ts';
import { describeWithRedis } from '../../../test/harness/services.ts';
import { until } from '../../../test/harness/until.ts';
import type { Announcement } from '../../ports/announcer.ts';
import { openRedisAnnouncer } from './announcer.ts';

const prefixOfItsOwn = () => `test_${process.pid}_${randomBytes(4).toString('hex')}`;
const event: Announcement = { topic: 'case.opened', subject: 'case-1' };

describeWithRedis('the announcer over Redis keeps the announcer contract', (redisUrl) => {
  announcerContract(async () => {
    const options = { redisUrl, prefix: prefixOfItsOwn() };
    const [announcer, other] = [openRedisAnnouncer(options), openRedisAnnouncer(options)];
    return {
      announcer,
      other,
      close: async () => {
        await Promise.all([announcer.close(), other.close()]);
      },
    };
  });

  it('passes over what it does not understand', async () => {
    const prefix = prefixOfItsOwn();
    const announcer = openRedisAnnouncer({ redisUrl, prefix });
    const stranger = new Redis(redisUrl);
    const heard: Announcement[] = [];
    announcer.listen((one) => heard.push(one));
    await until('the announcement', async () => {
      for (const message of ['no json', '{"topic":"later","subject":"x"}', JSON.stringify(event)])
        await stranger.publish(`${prefix}:announcements`, message);
      return heard.length > 0;
    });
    expect(new Set(heard.map((one) => JSON.stringify(one)))).toEqual(new Set([JSON.stringify(event)]));
    stranger.disconnect();
    await announcer.close();
  });

  it('loses what is said while Redis is away, holds nobody up, and is heard again afterwards', async () => {
    const server = await startRedisServer();
    const options = { redisUrl: server.url, prefix: prefixOfItsOwn() };
    const [announcer, other] = [openRedisAnnouncer(options), openRedisAnnouncer(options)];
    const heard: string[] = [];
    other.listen(({ subject }) => heard.push(subject));
    const sayUntilHeard = (subject: string) =>
      until(
        subject,
        async () => {
          announcer.announce({ ...event, subject });
          await new Promise((settle) => setTimeout(settle, 5));
          return heard.includes(subject);
        },
        15_000,
      );
    try {
      await sayUntilHeard('before');
      await server.stop();
      for (let index = 0; index < 1000; index += 1) announcer.announce({ ...event, subject: 'meanwhile' });
      await server.start();
      await sayUntilHeard('after');
      expect(heard).not.toContain('meanwhile');
    } finally {
      await Promise.all([announcer.close(), other.close()]);
      await server.close();
    }
  }, 30_000);
});
