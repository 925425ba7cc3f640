import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { collections } from '../pipeline/adapters/mongo/collections.ts';
import { openMongo } from '../pipeline/adapters/mongo/connection.ts';
import { openMongoStores } from '../pipeline/adapters/mongo/open-mongo-stores.ts';
import { ensureSchema } from '../pipeline/adapters/mongo/schema.ts';
import { openStores } from '../pipeline/adapters/open-stores.ts';
import { systemClock } from '../pipeline/adapters/system-clock.ts';
import { judgeAllDue } from '../pipeline/commands/judge-batch.ts';
import { countFacets, type FindPorts, type FindRequest, listCases } from '../pipeline/commands/list-cases.ts';
import { searchPosts } from '../pipeline/commands/search-posts.ts';
import { countWhatIf } from '../pipeline/commands/try-rule.ts';
import { ServiceTopic } from '../pipeline/domain/category.ts';
import { type Action, rightsFor } from '../pipeline/domain/role.ts';
import { dayBefore, shanghaiDay } from '../pipeline/domain/time.ts';
import type { Verdict } from '../pipeline/domain/verdict.ts';
import { openForkedRules } from '../pipeline/forked-rules.ts';
import type { Stores } from '../pipeline/ports/index.ts';
import type { GatheredItem, Judgement } from '../pipeline/ports/post-store.ts';
import { indexTokens, openSegmenter } from '../pipeline/text/segment.ts';
import { openThreadedJudge } from '../pipeline/threaded-judge.ts';
import { buildVerdict } from '../test/builders/post.ts';
import { readSeedRules } from '../test/builders/seed-rules.ts';
import { mongoUri } from '../test/harness/services.ts';
import { writePosts } from './ordinary-posts.ts';

const sizes = { small: 10_000, large: 1_000_000 };
const batchSize = 2000;
const days = 60;
const rounds = 150;
/** One post in ten waits for a person, and one in a hundred of these is of a class that a reviewer does not see. */
const queuedEvery = 10;

function gather(start: number, count: number): GatheredItem[] {
  const today = shanghaiDay(systemClock.now());
  return writePosts(count, 20261123 + start).map((text, index) => ({
    post: {
      ...{ channelId: `bench-${(start + index) % 7}`, kind: 'comment', externalId: String(start + index) },
      ...{ url: `https://www.bench.example/${start + index}`, parentId: null, rootId: null, title: '', text },
      publishedAt: `${dayBefore(today, (start + index) % days)}T02:00:00.000Z`,
      ...{ publishedPrecision: 'day', metrics: {}, links: [], attachments: [] },
    },
    snapshotHash: null,
  }));
}

function verdictOf(number: number): Verdict {
  if (number % queuedEvery !== 0) return buildVerdict();
  const topic = ServiceTopic.options[(number / queuedEvery) % ServiceTopic.options.length] ?? 'other';
  const isHidden = number % (100 * queuedEvery) === 0;
  const score = 20 + ((number / queuedEvery) % 60);
  const plain = buildVerdict();
  return {
    ...plain,
    queues: isHidden ? ['safety'] : number % (2 * queuedEvery) === 0 ? ['service'] : ['review'],
    accessClass: isHidden ? 'safety' : 'open',
    risk: { ...plain.risk, score },
    service: {
      ...{ kind: 'complaint', topic, confidence: 0.9 },
      unitId: null,
      spans: [],
    } as Verdict['service'],
  };
}

/** As the pipeline would have left them; nodejieba's words in the index. @returns seconds */
async function fill(stores: Stores, count: number): Promise<number> {
  const segmenter = openSegmenter({ dictionaryWords: [] });
  const before = performance.now();
  for (let start = 0; start < count; start += batchSize) {
    const now = systemClock.now();
    const items = gather(start, Math.min(batchSize, count - start));
    await stores.posts.storePosts(items, now);
    const judgements = items.map(
      ({ post }, index): Judgement => ({
        ...{ postId: `${post.channelId}:${post.kind}:${post.externalId}`, textVersion: 1 },
        ...{
          verdict: verdictOf(start + index),
          tokens: indexTokens(segmenter.cutForSearch(post.text)),
          caseId: systemClock.newId(),
        },
      }),
    );
    await stores.posts.storeJudgements(judgements, now);
    if (start % 100_000 === 0) process.stderr.write(`  desk: ${start} of ${count} posts stored\n`);
  }
  while ((await stores.posts.mergeIndex(2000)) > 0);
  return Math.round((performance.now() - before) / 1000);
}

const readerFor = (action: Action) => ({
  actor: { id: 'bench-reviewer', roles: ['reviewer' as const] },
  rights: rightsFor(['reviewer'], action),
});
const request: FindRequest = { queue: 'review', states: ['open', 'reopened'], filter: {}, words: [] };
const page = { sort: 'risk', cursor: null, limit: 50 } as const;

/** What a person does at the desk, by name. */
function questionsOf(ports: FindPorts): Record<string, () => Promise<unknown>> {
  const list = readerFor('case.list');
  const search = readerFor('post.search');
  const find = (words: string[]) =>
    searchPosts(
      {
        ...{
          words,
          phrases: [],
          without: [],
          address: null,
          channelIds: [],
          filter: {},
          purpose: '测量速度',
        },
        ...{ cursor: null, limit: 20 },
      },
      search,
      ports,
    );
  return {
    queuePage: () => listCases({ ...request, ...page }, list, ports),
    newestOfTopic: () =>
      listCases({ ...request, ...page, sort: 'newest', filter: { topics: ['canteen'] } }, list, ports),
    counts: () => ports.stores.cases.countQueues(list.rights),
    facets: () => countFacets(request, list, ports),
    searchCommonWord: () => find(['图书馆']),
    searchThreeWords: () => find(['图书馆', '室友', '排队']),
  };
}

const p95 = (values: number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN;
const round2 = (value: number) => Math.round(value * 100) / 100;

/** Both stores are asked in turn, so that a busy moment of the machine hits both. */
async function compare(name: string, small: Stores, large: Stores, filledSeconds: number) {
  const asked = {
    small: questionsOf({ stores: small, clock: systemClock }),
    large: questionsOf({ stores: large, clock: systemClock }),
  };
  const line: Record<string, unknown> = { name, aim: 'p95 within 1.5', posts: sizes, filledSeconds };
  for (const question of Object.keys(asked.small)) {
    const times = { small: [] as number[], large: [] as number[] };
    for (let n = -10; n < rounds; n += 1) {
      for (const of of ['small', 'large'] as const) {
        const before = performance.now();
        await asked[of][question]?.();
        if (n >= 0) times[of].push(performance.now() - before);
      }
    }
    const ms = { small: round2(p95(times.small)), large: round2(p95(times.large)) };
    line[question] = { ratio: round2(ms.large / ms.small), p95Ms: ms };
  }
  return line;
}

/** How long the one thread that answers everybody is kept from answering, while the heavy work goes on beside it. */
async function measureLag(dataDir: string, stores: Stores) {
  const change = {
    expectedVersion: 0,
    actorId: null,
    source: 'bench',
    at: systemClock.now(),
    id: systemClock.newId(),
  };
  await stores.settings.save('rules', readSeedRules(), change);
  const rules = openForkedRules({ dataDir, connections: null });
  const judge = openThreadedJudge(
    async () => ({ key: 'bench', options: { rules: readSeedRules(), settingsVersion: 1 } }),
    { threads: 1 },
  );
  for (let start = 0; start < 20_000; start += batchSize) {
    await stores.posts.storePosts(gather(sizes.large + start, batchSize), systemClock.now());
  }
  const questions = questionsOf({ stores, clock: systemClock });
  await judge.judgeTexts([]);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const whatIf = countWhatIf({ tried: { word: '图书馆' }, days: 30 }, ['open'], {
    ...{ stores, clock: systemClock, tryRule: rules.tryRule },
  });
  let isOver = false;
  const judging = judgeAllDue({ stores, clock: systemClock, judgeTexts: judge.judgeTexts });
  void Promise.all([whatIf, judging]).then(() => {
    isOver = true;
  });
  let asked = 0;
  while (!isOver) {
    await questions.searchThreeWords?.();
    await questions.queuePage?.();
    asked += 2;
    await new Promise((resume) => setTimeout(resume, 20));
  }
  delay.disable();
  await Promise.all([rules.close(), judge.close()]);
  const ms = (nanoseconds: number) => round2(nanoseconds / 1e6);
  return {
    name: 'event-loop lag: what-if, search and judging at once, embedded',
    posts: sizes.large,
    ...{ p50Ms: ms(delay.percentile(50)), p99Ms: ms(delay.percentile(99)), maxMs: ms(delay.max), asked },
  };
}

/** The desk at 1,000,000 posts against 10,000, on both stores (MongoDB where there is one), and what it costs those who wait. */
export async function* benchDesk() {
  const folders = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'guanlan-bench-')));
  const [small, large] = folders.map((folder) => openStores(folder, systemClock));
  if (small === undefined || large === undefined) return;
  await fill(small, sizes.small);
  const seconds = await fill(large, sizes.large);
  yield await compare('desk at 1,000,000/10,000 posts, embedded', small, large, seconds);
  yield await measureLag(folders[1] ?? '', large);
  await Promise.all([small.close(), large.close()]);
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  if (mongoUri === null) return;
  const connections = await Promise.all(
    ['small', 'large'].map((size) => openMongo(mongoUri ?? '', `guanlan_bench_desk_${size}_${process.pid}`)),
  );
  for (const { db } of connections) await ensureSchema(db, collections);
  const [few, many] = connections.map((connection) => openMongoStores(connection, systemClock));
  if (few === undefined || many === undefined) return;
  await fill(few, sizes.small);
  const scaledSeconds = await fill(many, sizes.large);
  yield await compare('desk at 1,000,000/10,000 posts, scaled', few, many, scaledSeconds);
  for (const { db, client } of connections) {
    await db.dropDatabase();
    await client.close();
  }
}
