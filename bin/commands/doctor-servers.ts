import type { Config } from '../../config/config.ts';
import { readConnections } from '../../config/connections.ts';
import { readEnv } from '../../config/env.ts';
import { openChineseCalendar } from '../../pipeline/adapters/chinese-calendar.ts';
import { openPorts } from '../../pipeline/adapters/open-stores.ts';
import { inspectRedis } from '../../pipeline/adapters/redis/inspect-redis.ts';
import { systemClock } from '../../pipeline/adapters/system-clock.ts';
import { listAnchorKids } from '../../pipeline/commands/anchor-kids.ts';
import { readRegisterNotices } from '../../pipeline/commands/channel-facts.ts';
import { listSealedDrafts } from '../../pipeline/commands/sealed-drafts.ts';
import { readLedgerNotices } from '../../pipeline/commands/tell-notices.ts';
import type { Stores } from '../../pipeline/ports/index.ts';
import { type Found, fail, ok, type Result, warn } from './doctor-result.ts';

function findConnections({ setUp }: Config) {
  return setUp === 'scaled' ? readConnections(readEnv()) : null;
}

export function checkSetUp({ setUp, dataDir }: Config): Result {
  if (setUp === 'embedded') return ok(`embedded: one process, data in ${dataDir}`);
  return ok('scaled: MongoDB and Redis');
}

/** Opens the stores of whichever set-up is configured; in the scaled one MongoDB must answer for that. */
export async function checkDatabase(config: Config, found: Found): Promise<Result> {
  const connections = findConnections(config);
  const { dataDir } = config;
  const ports = await openPorts({ dataDir, connections, clock: systemClock, onTrouble: () => {} });
  try {
    found.anchorKids = await listAnchorKids(ports.stores.audit);
    found.accounts = await ports.stores.users.list();
    found.ringKids = await listRingKids(ports.stores);
    found.sealKids = await listSealKids(ports.stores);
    const settings = await ports.stores.settings.read();
    const { channels } = settings;
    const calendar = await openChineseCalendar(ports.stores.settings).read();
    found.school = { settings, calendar, users: found.accounts, at: systemClock.now() };
    found.registerNotices = await readRegisterNotices({ stores: ports.stores, clock: systemClock }, channels);
    found.notices = await readLedgerNotices({ stores: ports.stores, clock: systemClock }, channels);
    return await describeStores(ports.stores);
  } finally {
    await ports.close();
  }
}

async function listRingKids({ credentials, objections, users }: Stores): Promise<Found['ringKids']> {
  const sealed = await Promise.all((await credentials.listFacts()).map((facts) => credentials.find(facts)));
  const kids = (entries: readonly ({ kid: string } | null)[]) => [
    ...new Set(entries.flatMap((entry) => entry?.kid ?? [])),
  ];
  const factors = (await users.list()).map(({ totp }) => totp);
  return { connector: kids(sealed), objection: kids(await objections.list()), totp: kids(factors) };
}

async function listSealKids(stores: Stores): Promise<string[]> {
  const kids = new Set<string>();
  for await (const { seal } of listSealedDrafts(stores, { channelId: null, changedSince: null }))
    if (seal !== null) kids.add(seal.kid);
  return [...kids];
}

async function describeStores(stores: Stores): Promise<Result> {
  const users = await stores.users.list();
  const states = await stores.posts.countStates();
  const posts = `${states.judged} posts judged, ${states.pending} waiting, ${states.failed} failed`;
  if (users.length === 0) return warn(`${posts}; no account yet: guanlan user add --help`);
  return states.failed > 0 ? warn(posts) : ok(`${posts}; ${users.length} accounts`);
}

/** The queue may lose everything, and then the sweeper fills it again; it should not have to. */
export async function checkQueue(config: Config): Promise<Result> {
  const connections = findConnections(config);
  if (connections === null) return ok('in memory');
  const facts = await inspectRedis(connections.redisUrl, connections.database).catch(
    (error: unknown) => error,
  );
  if (facts instanceof Error) return fail(`Redis cannot be used: ${facts.message}`);
  const { version, maxmemoryPolicy, appendOnly } = facts as Awaited<ReturnType<typeof inspectRedis>>;
  const wishes: string[] = [];
  if (maxmemoryPolicy === null) wishes.push('it does not tell its maxmemory-policy; noeviction is needed');
  else if (maxmemoryPolicy !== 'noeviction') {
    wishes.push(`its maxmemory-policy is ${maxmemoryPolicy}: set noeviction, or it drops jobs when full`);
  }
  if (appendOnly === null) wishes.push('it does not tell whether it keeps an append-only file');
  else if (!appendOnly) wishes.push('it keeps no append-only file: set appendonly yes');
  return wishes.length > 0 ? warn(`Redis ${version}: ${wishes.join('; ')}`) : ok(`Redis ${version}`);
}
