import { systemClock } from '../pipeline/adapters/system-clock.ts';
import { type JudgeTexts, openRecipe } from '../pipeline/commands/current-judge.ts';
import { buildJudgeHandler, judgeTopic } from '../pipeline/jobs/judge.ts';
import type { SettingsStore } from '../pipeline/ports/settings-store.ts';
import { createJudge } from '../pipeline/stages/judge.ts';
import { openThreadedJudge } from '../pipeline/threaded-judge.ts';
import { batchesAtOnce } from '../pipeline/worker.ts';
import { readSeedRules } from '../test/builders/seed-rules.ts';
import { startRedisServer } from '../test/harness/redis-server.ts';
import { mongoUri } from '../test/harness/services.ts';
import { type Lane, openEmbeddedLane, openScaledLane } from './lanes.ts';
import { median, timeMs } from './measure.ts';
import { benchPostId, gatherPosts, writePosts } from './ordinary-posts.ts';

const postCount = 3000;
const rounds = 5;
const warmUpRounds = 2;
const batchSize = 200;
/** Of posts that open a case: as the invented posts happen to be, and as it rather is in life. */
const queuedShares = [0.42, 0.1];

/** Texts of which exactly this share opens a case, in a mixed order. */
function writePostsOfShare(share: number): string[] {
  const judge = createJudge({ rules: readSeedRules(), settingsVersion: 1 });
  const wanted = { queued: Math.round(postCount * share), quiet: Math.round(postCount * (1 - share)) };
  return writePosts(postCount * 4, 20261122).filter((stored) => {
    const { verdict } = judge.judge({ stored, kind: 'comment', metrics: {}, textVersion: 1 });
    const kind = verdict.queues.length > 0 ? 'queued' : 'quiet';
    wanted[kind] -= 1;
    return wanted[kind] >= 0;
  });
}

/** From the first job that is put in to the last post that is judged. */
async function judgeThroughQueue({ setUp, stores, queue }: Lane, judgeTexts: JudgeTexts): Promise<number> {
  const handle = buildJudgeHandler({ stores, clock: systemClock, judgeTexts });
  let left = postCount;
  const ended = new Promise<void>((settle) => {
    queue.process(judgeTopic, { concurrency: batchesAtOnce[setUp] }, async (job, signal) => {
      await handle(job, signal);
      left -= job.ids.length;
      if (left === 0) settle();
    });
  });
  return timeMs(async () => {
    for (let start = 0; start < postCount; start += batchSize) {
      const length = Math.min(batchSize, postCount - start);
      const ids = Array.from({ length }, (_, index) => benchPostId(start + index));
      await queue.enqueue({ key: `bench:${start}`, topic: judgeTopic, ids });
    }
    await ended;
  });
}

interface Measured {
  ms: number;
  /** Of bringing what was written in haste into the index of words: in life when nobody judges, or when there is much of it. */
  mergeMs: number;
  mongo: number;
  redis: number;
}

/** The posts are gathered beforehand; only judging and storing what was judged is timed and counted. */
async function measureRound(lane: Lane, judged: JudgedBench): Promise<Measured> {
  const { texts, settings, judgeTexts } = judged;
  settings.use(lane.stores.settings);
  const rules = { expectedVersion: 0, actorId: null, source: 'bench', at: systemClock.now() };
  await lane.stores.settings.save('rules', readSeedRules(), { ...rules, id: systemClock.newId() });
  const items = gatherPosts(texts);
  for (let start = 0; start < items.length; start += 500) {
    await lane.stores.posts.storePosts(items.slice(start, start + 500), systemClock.now());
  }
  const before = await lane.count();
  const ms = await judgeThroughQueue(lane, judgeTexts);
  const after = await lane.count();
  const { judged: stored } = await lane.stores.posts.countStates();
  if (stored !== postCount) throw new Error(`${stored} of ${postCount} posts are judged`);
  const mergeMs = await timeMs(async () => {
    while ((await lane.stores.posts.mergeIndex(250)) > 0);
  });
  await lane.close();
  return { ms, mergeMs, mongo: after.mongo - before.mongo, redis: after.redis - before.redis };
}

interface JudgedBench {
  texts: readonly string[];
  settings: { use(store: SettingsStore): void };
  judgeTexts: JudgeTexts;
}

/** One judging thread for all rounds of both set-ups: it takes a second to start. */
function openSharedJudge() {
  let current: SettingsStore | null = null;
  const asked = (): SettingsStore => {
    if (current === null) throw new Error('no settings yet');
    return current;
  };
  const settings = { read: () => asked().read(), readVersion: () => asked().readVersion() };
  const threaded = openThreadedJudge(openRecipe({ settings, clock: systemClock }), { threads: 1 });
  const use = (store: SettingsStore) => {
    current = store;
  };
  return { settings: { use }, ...threaded };
}

/**
 * One worker of the scaled set-up (MongoDB, Redis with Bull) against the embedded one (SQLite, queue in memory): the same
 * handler, the same judging thread, the same posts, in alternating rounds.
 */
export async function* benchScaled(): AsyncGenerator<object, void> {
  const name = 'scaled/embedded';
  if (mongoUri === null) return yield { name, skipped: 'MONGODB_URI is not set' };
  const redis = await startRedisServer().catch(() => null);
  if (redis === null) return yield { name, skipped: 'redis-server cannot be started' };
  const shared = openSharedJudge();
  for (const queuedShare of queuedShares) {
    const bench: JudgedBench = { texts: writePostsOfShare(queuedShare), ...shared };
    const embedded: Measured[] = [];
    const scaled: Measured[] = [];
    for (let round = -warmUpRounds; round < rounds; round += 1) {
      const one = await measureRound(await openEmbeddedLane(), bench);
      const two = await measureRound(await openScaledLane(mongoUri, redis), bench);
      if (round < 0) continue;
      embedded.push(one);
      scaled.push(two);
    }
    const perPost = (of: (one: Measured) => number) =>
      Math.round((median(scaled.map(of)) / postCount) * 1000) / 1000;
    const perSecond = (all: Measured[]) => Math.round((postCount / median(all.map((one) => one.ms))) * 1000);
    const ratio = (msOf: (one: Measured) => number) => {
      const ratios = scaled.map((one, round) => (embedded[round]?.ms ?? Number.NaN) / msOf(one));
      return Math.round(median(ratios) * 1000) / 1000;
    };
    yield {
      name,
      ratio: ratio(({ ms }) => ms),
      aim: 0.6,
      ratioWithMerge: ratio(({ ms, mergeMs }) => ms + mergeMs),
      scaledPerSecond: perSecond(scaled),
      embeddedPerSecond: perSecond(embedded),
      redisCommandsPerPost: perPost((one) => one.redis),
      redisAim: 0.2,
      mongoRoundTripsPerPost: perPost((one) => one.mongo),
      mongoAim: 0.1,
      ...{ queuedShare, batchSize, batchesAtOnce, rounds },
    };
  }
  await shared.close();
  await redis.close();
}
