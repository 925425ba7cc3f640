import type { Redis } from 'ioredis';

/** Times are the server's, so that processes with different clocks agree. */
const now = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

/**
 * Goes before the script with which Bull adds a job, for which a key is taken while there is anything under it. A dead job
 * makes room for a new one; so does the shell of a job that was wiped between being taken and being begun, for which Bull
 * notes the beginning all the same. Bull's arguments: the prefix of the topic's keys, the id.
 */
export const makeRoom = `
local known = ARGV[1] .. ARGV[2]
if redis.call('EXISTS', known) == 1
  and (redis.call('HEXISTS', known, 'data') == 0 or redis.call('ZREM', ARGV[1] .. 'failed', ARGV[2]) == 1)
then redis.call('DEL', known) end
`;

/**
 * A turn under a rate: begins at most `jobs` in any `perMs`. KEYS: the last beginnings. ARGV: jobs, perMs
 * @returns milliseconds to wait before asking again; 0: go
 */
const takeTurn = `${now}
local jobs, perMs = tonumber(ARGV[1]), tonumber(ARGV[2])
local oldest = redis.call('LINDEX', KEYS[1], jobs - 1)
if oldest and now - oldest < perMs then return perMs - (now - oldest) end
redis.call('LPUSH', KEYS[1], string.format('%.0f', now))
redis.call('LTRIM', KEYS[1], 0, jobs - 1)
redis.call('PEXPIRE', KEYS[1], perMs)
return 0
`;

/**
 * The next tick of a schedule, for one of those who ask. What a wiped server has forgotten is told it again by the first
 * to ask. KEYS: the schedule. ARGV: everyMs, '1' when a caller wishes it so
 * @returns whether the tick is theirs, the interval, milliseconds until the next
 */
const claimTick = `${now}
local known = redis.call('HMGET', KEYS[1], 'every', 'last')
local every, last = tonumber(known[1]), tonumber(known[2])
if ARGV[2] == '1' or not every then every = tonumber(ARGV[1]) end
local due = last and last + every or now
local mine = 0
if due <= now then
  mine = 1
  last = now - due < every and due or now
  due = last + every
end
redis.call('HSET', KEYS[1], 'every', every, 'last', string.format('%.0f', last))
redis.call('PEXPIRE', KEYS[1], math.max(2 * every, 60000))
return {mine, every, due - now}
`;

export interface QueueScripts {
  takeTurn(key: string, jobs: number, perMs: number): Promise<number>;
  claimTick(
    key: string,
    everyMs: number,
    asked: '0' | '1',
  ): Promise<[mine: number, everyMs: number, waitMs: number]>;
}

/** Sends each script once, then its digest. */
export function defineScripts(client: Redis): QueueScripts {
  client.defineCommand('takeTurn', { numberOfKeys: 1, lua: takeTurn });
  client.defineCommand('claimTick', { numberOfKeys: 1, lua: claimTick });
  return client as Redis & QueueScripts;
}
