import type { SqliteDatabase } from '../pipeline/adapters/sqlite/database.ts';
import { openPostStore } from '../pipeline/adapters/sqlite/post-store.ts';
import { systemClock } from '../pipeline/adapters/system-clock.ts';
import { readSeries } from '../pipeline/commands/read-trends.ts';
import { comparePeriods } from '../pipeline/commands/read-trends-compare.ts';
import { countItems } from '../pipeline/commands/read-trends-counts.ts';
import { readWeekHours } from '../pipeline/commands/read-trends-hours.ts';
import { readResponses } from '../pipeline/commands/read-trends-responses.ts';
import { readTable } from '../pipeline/commands/read-trends-table.ts';
import type { FactChange } from '../pipeline/domain/rollup.ts';
import { dayBefore } from '../pipeline/domain/time.ts';
import type { TrendDimension, TrendFilter } from '../pipeline/domain/trend.ts';
import type { CountBy } from '../pipeline/domain/trend-counts.ts';
import type { PostStore } from '../pipeline/ports/post-store.ts';
import { createJudge, type Judge } from '../pipeline/stages/judge.ts';
import { readSeedRules } from '../test/builders/seed-rules.ts';
import { mongoUri } from '../test/harness/services.ts';
import { median, timeMs } from './measure.ts';
import { benchPostId, gatherPosts, writePosts } from './ordinary-posts.ts';
import { type FactStore, openMongoFacts, openSqliteFacts, type SqliteFacts } from './rollup-fact-stores.ts';
import { buildFacts, type Filling, lastDay } from './rollup-facts.ts';

const sizes = { small: 10_000, large: 1_000_000 };
/** Facts alone take minutes there. */
const mongoSizes = { small: 10_000, large: 200_000 };
const span = 90;
const batchSize = 5000;
const rounds = 40;
const accessClasses = ['open'] as const;

/** Facts alone, through the functions that the upkeep uses; no posts stand behind them. */
async function fill({ write }: FactStore, { count, days }: Filling): Promise<void> {
  for (let start = 0; start < count; start += batchSize) {
    const changes: FactChange[] = [];
    for (let n = start; n < Math.min(count, start + batchSize); n += 1) {
      for (const after of buildFacts(n, { days, count })) changes.push({ before: null, after });
    }
    await write(changes);
    if (start % 100_000 === 0) process.stderr.write(`  rollups: ${start} of ${count} facts stored\n`);
  }
}

const period = (days: number) => ({ fromDay: dayBefore(lastDay, days - 1), toDay: lastDay, accessClasses });
const page = { cursor: null, limit: 50 };

const asked = (days: number) => ({ ...period(days), speaker: 'public' as const });

type Asked = unknown[] | { items: unknown[] };

const count =
  (days: number, filter: TrendFilter, dimensions: TrendDimension[], time: CountBy['time'] = 'day') =>
  ({ reader }: FactStore): Promise<Asked> =>
    countItems({ ...period(days), speaker: 'public', filter }, { dimensions, time }, reader);

/** What is asked for a page of trends, by name: figures, pages of evidence, and `whole` answers as over HTTP. */
const questions: Record<string, (at: FactStore) => Promise<Asked>> = {
  days90: count(90, {}, []),
  days90ByChannel: count(90, {}, ['channel']),
  days90ByUnit: count(90, {}, ['unit']),
  days90ByTopic: count(90, {}, ['topic']),
  days90ByCategory: count(90, {}, ['category']),
  days90OfOneUnit: count(90, { units: ['unit-0'] }, []),
  days30OfOneTopic: count(30, { topics: ['canteen'] }, []),
  days90OfOneTopicByTone: count(90, { topics: ['canteen'] }, ['tone']),
  days90OfChannelAndToneByTopic: count(90, { channels: ['bench-1'], tones: ['negative'] }, ['topic']),
  days90OfUnitAndLevelByCategory: count(90, { units: ['unit-0'], levels: ['low'] }, ['category']),
  days90OfThreeByLevel: count(90, { topics: ['canteen'], units: ['unit-0'], channels: ['bench-1'] }, [
    'level',
  ]),
  table90UnitByTopic: count(90, {}, ['unit', 'topic'], 'none'),
  table90CategoryByLevelOfChannel: count(90, { channels: ['bench-1'] }, ['category', 'level'], 'none'),
  hours14ByTopic: count(14, {}, ['topic'], 'hour'),
  hours56OfChannel: count(56, { channels: ['bench-1'] }, [], 'hour'),
  hours56OfChannelAndTopic: count(56, { channels: ['bench-1'], topics: ['canteen'] }, [], 'hour'),
  hours90OfThree: count(90, { topics: ['canteen'], tones: ['negative'], levels: ['low'] }, [], 'hour'),
  firstPage30: ({ rollups }) => rollups.listItems({ ...period(30), ...page }),
  firstPage30OfTopic: ({ rollups }) => rollups.listItems({ ...period(30), topics: ['canteen'], ...page }),
  firstPage30OfUnitFound: ({ rollups }) =>
    rollups.listItems({ ...period(30), unitIds: ['unit-0'], categories: ['fraud', 'leak'], ...page }),
  firstPage30Important: ({ rollups }) => rollups.listItems({ ...period(30), levels: ['important'], ...page }),
  firstPage90OfNothing: ({ rollups }) => rollups.listItems({ ...period(90), tones: ['unjudged'], ...page }),
  firstPageOfCases30: ({ rollups }) => rollups.listCases({ ...period(30), moment: 'opened', ...page }),
  firstPageOfCases90OfUnitFound: ({ rollups }) =>
    rollups.listCases({
      ...period(90),
      moment: 'opened',
      unitIds: ['unit-9'],
      categories: ['fraud'],
      ...page,
    }),
  wholeSeries90ByUnit: async ({ reader }) =>
    (await readSeries({ ...asked(90), filter: {}, grain: 'day', split: 'unit' }, reader)).points,
  wholeSeries90OfToneByTopic: async ({ reader }) =>
    (
      await readSeries(
        { ...asked(90), filter: { tones: ['negative'] }, grain: 'day', split: 'topic' },
        reader,
      )
    ).points,
  wholeHours14ByTopic: async ({ reader }) =>
    (await readSeries({ ...asked(14), filter: {}, grain: 'hour', split: 'topic' }, reader)).points,
  wholeComparison30ByTopic: async ({ reader }) =>
    (await comparePeriods({ ...asked(30), filter: {}, against: 'previous', split: 'topic' }, reader)).lines,
  wholeTable90UnitByCategory: async ({ reader }) =>
    (await readTable({ ...asked(90), filter: {}, rows: 'unit', columns: 'category' }, reader)).cells,
  wholeWeek56OfTopic: async ({ reader }) =>
    (await readWeekHours({ ...asked(56), filter: { topics: ['canteen'] } }, reader)).hours,
  wholeResponses90: async ({ reader }) => (await readResponses(period(90), reader)).byUnit,
};

const round2 = (value: number) => Math.round(value * 100) / 100;
const p95 = (values: number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN;

/** Stores are asked in turn, so that a busy moment of the machine hits all. `busy`: of this process's processor alone. */
async function compare(small: FactStore, large: FactStore): Promise<Record<string, object>> {
  const lines: Record<string, object> = {};
  for (const [name, ask] of Object.entries(questions)) {
    const times = { small: [] as number[], large: [] as number[] };
    const busy = { small: [] as number[], large: [] as number[] };
    const rows = { small: 0, large: 0 };
    for (let n = -2; n < rounds; n += 1) {
      for (const size of ['small', 'large'] as const) {
        const [before, used] = [performance.now(), process.cpuUsage()];
        const answer = await ask(size === 'small' ? small : large);
        const { user, system } = process.cpuUsage(used);
        if (n >= 0) times[size].push(performance.now() - before);
        if (n >= 0) busy[size].push((user + system) / 1000);
        rows[size] = 'items' in answer ? answer.items.length : answer.length;
      }
    }
    lines[name] = {
      ratio: round2(median(times.large) / median(times.small)),
      ratioBusy: round2(median(busy.large) / median(busy.small)),
      ratioP95: round2(p95(times.large) / p95(times.small)),
      p50Ms: { small: round2(median(times.small)), large: round2(median(times.large)) },
      busyMs: { small: round2(median(busy.small)), large: round2(median(busy.large)) },
      p95Ms: { small: round2(p95(times.small)), large: round2(p95(times.large)) },
      rows,
    };
  }
  return lines;
}

const upkeepPosts = 4000;
const warmUpPosts = 1000;
const judgeAtOnce = 100;

/** Of the processor: other programs on the machine do not count. */
async function cpuMs(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

interface Office extends SqliteFacts {
  posts: PostStore;
}

function openOffice(counts: boolean): Office {
  const facts = openSqliteFacts();
  if (!counts) dropTriggers(facts.db);
  return { ...facts, posts: openPostStore(facts.db, systemClock) };
}

/** Gathered, judged and stored. */
async function live({ posts }: Office, judge: Judge, start: number, texts: readonly string[]): Promise<void> {
  const now = systemClock.now();
  const items = gatherPosts(texts, start);
  await posts.storePosts(items, now);
  const judgements = texts.map((stored, index) => ({
    ...{ postId: benchPostId(start + index), textVersion: 1, caseId: systemClock.newId() },
    ...judge.judge({ stored, kind: 'comment' as const, metrics: {}, textVersion: 1 }),
  }));
  await posts.storeJudgements(judgements, now);
}

function dropTriggers(db: SqliteDatabase): void {
  const named = db
    .prepare<[], { name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'fact_%'",
    )
    .all();
  for (const { name } of named) db.exec(`DROP TRIGGER ${name}`);
}

/** An office that counts beside one that does not, batch by batch, so that a busy moment of the machine hits both. */
async function measureUpkeep(): Promise<object> {
  const judge = createJudge({ rules: readSeedRules(), settingsVersion: 1 });
  const texts = writePosts(upkeepPosts, 20261123);
  const [plain, counting] = [openOffice(false), openOffice(true)];
  const times = { plain: [] as number[], noting: [] as number[], counting: [] as number[] };
  for (let start = 0; start < upkeepPosts; start += judgeAtOnce) {
    const batch = texts.slice(start, start + judgeAtOnce);
    const plainMs = await cpuMs(() => live(plain, judge, start, batch));
    const notingMs = await cpuMs(() => live(counting, judge, start, batch));
    const countingMs = await cpuMs(async () => {
      while ((await counting.rollups.refresh(200)) > 0);
    });
    if (start < warmUpPosts) continue;
    times.plain.push(plainMs);
    times.noting.push(notingMs);
    times.counting.push(countingMs);
  }
  await plain.close();
  await counting.close();
  const aPost = (ms: number) => Math.round((ms * 1000) / judgeAtOnce);
  const [rest, noting, counted] = [median(times.plain), median(times.noting), median(times.counting)];
  return {
    name: 'rollups: upkeep of a post against judging and storing it, embedded',
    ratio: round2((noting - rest + counted) / rest),
    microsecondsAPost: {
      judgingAndStoring: aPost(rest),
      noting: aPost(noting - rest),
      counting: aPost(counted),
    },
    batchMs: { posts: judgeAtOnce, p50: round2(counted), p95: round2(p95(times.counting)) },
  };
}

/**
 * Trends at 1,000,000 posts against 10,000: of a history a hundred times as long, and of days a hundred times as full; on MongoDB
 * of days twenty times as full.
 */
export async function* benchRollups() {
  yield await measureUpkeep();
  const lanes = [
    { on: 'SQLite', what: 'longer: the same density', days: (span * sizes.large) / sizes.small, ...sizes },
    { on: 'SQLite', what: 'denser: the same span', days: span, ...sizes },
    { on: 'MongoDB', what: 'denser: the same span', days: span, ...mongoSizes },
  ] as const;
  for (const { on, what, days, small, large } of lanes) {
    const name = `rollups at ${large}/${small} posts on ${on}, ${what}`;
    if (on === 'MongoDB' && mongoUri === null) {
      yield { name, skipped: 'MONGODB_URI is not set' };
      continue;
    }
    const open = on === 'MongoDB' ? openMongoFacts : openSqliteFacts;
    const [few, many] = [await open(), await open()];
    await fill(few, { count: small, days: span });
    const filledSeconds = Math.round((await timeMs(() => fill(many, { count: large, days }))) / 1000);
    const lines = await compare(few, many);
    yield { name, aim: 'within 1.5', filledSeconds, ...lines };
    await few.close();
    await many.close();
  }
}
