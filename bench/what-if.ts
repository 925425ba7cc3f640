import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collections } from '../pipeline/adapters/mongo/collections.ts';
import { openMongo } from '../pipeline/adapters/mongo/connection.ts';
import { openMongoStores } from '../pipeline/adapters/mongo/open-mongo-stores.ts';
import { ensureSchema } from '../pipeline/adapters/mongo/schema.ts';
import { type DataPlace, openEvidence, openStores } from '../pipeline/adapters/open-stores.ts';
import { systemClock } from '../pipeline/adapters/system-clock.ts';
import { countWhatIf, type Tried } from '../pipeline/commands/try-rule.ts';
import type { WhatIfAnswer } from '../pipeline/commands/what-if.ts';
import { dayBefore, shanghaiDay } from '../pipeline/domain/time.ts';
import { openForkedRules } from '../pipeline/forked-rules.ts';
import type { Stores } from '../pipeline/ports/index.ts';
import type { Judgement } from '../pipeline/ports/post-store.ts';
import { buildVerdict } from '../test/builders/post.ts';
import { readSeedRules } from '../test/builders/seed-rules.ts';
import { mongoUri } from '../test/harness/services.ts';
import { median, timeMs } from './measure.ts';
import { benchPostId, gatherPosts, writePosts } from './ordinary-posts.ts';

const postCount = 100_000;
const days = 30;
const rounds = 3;
const batchSize = 1000;
const word = '校园卡';
/** A rule with many words, which hits often. */
const ruleId = 'service.kind.complaint.problem';

/** Posts of the last thirty days, judged: what they say is what is searched, so that any verdict will do. */
async function fillStore(stores: Stores): Promise<void> {
  const now = systemClock.now();
  const items = gatherPosts(writePosts(postCount, 20261122)).map(({ post, ...item }, index) => ({
    ...item,
    post: {
      ...post,
      publishedAt: `${dayBefore(shanghaiDay(now), index % days)}T02:00:00.000Z`,
      publishedPrecision: 'day' as const,
    },
  }));
  const judged = (index: number): Judgement => ({
    ...{ postId: benchPostId(index), textVersion: 1, tokens: [], caseId: systemClock.newId() },
    verdict: buildVerdict(),
  });
  for (let start = 0; start < items.length; start += batchSize) {
    const batch = items.slice(start, start + batchSize);
    await stores.posts.storePosts(batch, now);
    const judgements = batch.map((_, index) => judged(start + index));
    await stores.posts.storeJudgements(judgements, now);
  }
  const change = { expectedVersion: 0, actorId: null, source: 'bench', at: now, id: systemClock.newId() };
  await stores.settings.save('rules', readSeedRules(), change);
}

/** Reading every text and doing nothing with it. */
async function scanBarely(place: DataPlace): Promise<void> {
  const { evidence, close } = await openEvidence(place);
  const now = systemClock.now();
  const scan = { fromDay: dayBefore(shanghaiDay(now), days - 1), accessClasses: ['open'] as const, now };
  let cursor: string | null = null;
  do {
    const page = await evidence.scanTexts(scan, { cursor, limit: 2000 });
    cursor = page.nextCursor;
  } while (cursor !== null);
  await close();
}

/** From asking to the answer, with the thread's start: a word, and a rule with what it would change. */
async function measure(name: string, place: DataPlace, stores: Stores) {
  await fillStore(stores);
  const threads = openForkedRules(place);
  const ports = { stores, clock: systemClock, tryRule: threads.tryRule };
  const times = { bare: [] as number[], word: [] as number[], rule: [] as number[] };
  const answers: Partial<Record<'word' | 'rule', WhatIfAnswer>> = {};
  const cpu = { word: [] as number[], rule: [] as number[] };
  const ask = async (of: 'word' | 'rule', tried: Tried) => {
    const before = process.cpuUsage();
    const ms = await timeMs(async () => {
      answers[of] = await countWhatIf({ tried, days }, ['open'], ports);
    });
    const { user, system } = process.cpuUsage(before);
    cpu[of].push((user + system) / 1000);
    return ms;
  };
  for (let round = 0; round < rounds; round += 1) {
    times.bare.push(await timeMs(() => scanBarely(place)));
    times.word.push(await ask('word', { word }));
    times.rule.push(await ask('rule', { ruleId }));
  }
  await threads.close();
  const seconds = (values: readonly number[]) => Math.round(median(values)) / 1000;
  return {
    name,
    ratio: Math.round((median(times.word) / median(times.bare)) * 100) / 100,
    posts: answers.word?.scanned,
    bareScanSeconds: seconds(times.bare),
    ...{ wordSeconds: seconds(times.word), wordHits: answers.word?.hits },
    ...{ ruleSeconds: seconds(times.rule), ruleHits: answers.rule?.hits },
    // Of all threads: what it takes on a machine with nothing else to do.
    ...{ wordCpuSeconds: seconds(cpu.word), ruleCpuSeconds: seconds(cpu.rule) },
    ruleJudgedTwice: answers.rule?.changed?.of,
    rounds,
  };
}

/** What-if over 100,000 stored posts against a bare scan of their texts, in both set-ups; MongoDB where there is one. */
export async function* benchWhatIf() {
  const dataDir = mkdtempSync(join(tmpdir(), 'guanlan-bench-'));
  const stores = openStores(dataDir, systemClock);
  yield await measure('what-if/bare-scan, embedded', { dataDir, connections: null }, stores);
  await stores.close();
  rmSync(dataDir, { recursive: true, force: true });
  if (mongoUri === null) return;
  const database = `guanlan_bench_what_if_${process.pid}`;
  const connection = await openMongo(mongoUri, database);
  await ensureSchema(connection.db, collections);
  const connections = { mongodbUri: mongoUri, database, redisUrl: '' };
  const scaled = openMongoStores(connection, systemClock);
  yield await measure('what-if/bare-scan, scaled', { dataDir: '', connections }, scaled);
  await connection.db.dropDatabase();
  await scaled.close();
}
