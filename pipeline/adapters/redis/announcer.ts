import { Redis } from 'ioredis';
import { Announcement, type Announcer } from '../../ports/announcer.ts';
import { type AnnouncementHandler, tellAll } from '../memory-announcer.ts';

export interface RedisAnnouncerOptions {
  redisUrl: string;
  /** Only those with the same prefix hear each other. */
  prefix: string;
}

const answerMs = 2000;
const deadAfterMs = 15_000;
const longestReconnectMs = 2000;
/** The subscriber asks so often whether its server still lives: nothing else is sent on that line. */
const askEveryMs = 5000;

function connect(url: string): Redis {
  const client = new Redis(url, {
    // While Redis is away nothing piles up: what was to be told then is lost.
    enableOfflineQueue: false,
    // It needs INFO, and prints by itself where a user may not ask for that.
    enableReadyCheck: false,
    autoResubscribe: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    commandTimeout: answerMs,
    socketTimeout: deadAfterMs,
    retryStrategy: (times) => Math.min(50 * 2 ** Math.min(times, 10), longestReconnectMs),
  });
  // The connection comes back by itself; the queue, on the same server, tells the log of an outage.
  client.on('error', () => {});
  return client;
}

/** Over Redis's publish and subscribe: reaches every process that is connected at that moment. */
export function openRedisAnnouncer({ redisUrl, prefix }: RedisAnnouncerOptions): Announcer {
  const channel = `${prefix}:announcements`;
  const handlers = new Map<symbol, AnnouncementHandler>();
  const publisher = connect(redisUrl);
  let subscriber: Redis | null = null;
  let asking: NodeJS.Timeout | null = null;
  const subscribe = () => {
    const client = connect(redisUrl);
    client.on('ready', () => void client.subscribe(channel).catch(() => client.disconnect(true)));
    client.on('message', (_channel, message) => {
      const event = parseMessage(message);
      if (event !== null) tellAll(handlers.values(), event);
    });
    asking = setInterval(() => void client.ping().catch(() => {}), askEveryMs);
    asking.unref();
    return client;
  };
  return {
    announce: ({ topic, subject }) => {
      publisher.publish(channel, JSON.stringify({ topic, subject })).catch(() => {});
    },
    listen: (handler) => {
      subscriber ??= subscribe();
      const place = Symbol();
      handlers.set(place, handler);
      return () => void handlers.delete(place);
    },
    close: async () => {
      handlers.clear();
      if (asking !== null) clearInterval(asking);
      publisher.disconnect();
      subscriber?.disconnect();
    },
  };
}

/** Null for what an older or newer program says. */
function parseMessage(message: string): Announcement | null {
  try {
    const parsed = Announcement.safeParse(JSON.parse(message));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
