import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStores } from '../pipeline/adapters/open-stores.ts';
import { systemClock } from '../pipeline/adapters/system-clock.ts';
import type { JudgeTexts } from '../pipeline/commands/current-judge.ts';
import { judgeAllDue } from '../pipeline/commands/judge-batch.ts';
import type { Stores } from '../pipeline/ports/index.ts';
import type { GatheredItem, Judgement } from '../pipeline/ports/post-store.ts';
import { createJudge, type Judge } from '../pipeline/stages/judge.ts';
import { openThreadedJudge } from '../pipeline/threaded-judge.ts';
import { readSeedRules } from '../test/builders/seed-rules.ts';
import { median, timeMs } from './measure.ts';
import { benchPostId, gatherPosts, writePosts } from './ordinary-posts.ts';

const postCount = 3000;
const rounds = 7;
const warmUpRounds = 3;
const batchSize = 100;

/** Runs `work` on an empty database of its own. @returns how long `work` took, in milliseconds */
async function timeOnEmpty(work: (stores: Stores) => Promise<void>): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'guanlan-bench-'));
  const stores = openStores(folder, systemClock);
  const ms = await timeMs(() => work(stores));
  await stores.close();
  rmSync(folder, { recursive: true });
  return ms;
}

async function storeGathered(stores: Stores, items: readonly GatheredItem[]): Promise<void> {
  for (let start = 0; start < items.length; start += batchSize) {
    await stores.posts.storePosts(items.slice(start, start + batchSize), systemClock.now());
  }
}

function judgeAll(judge: Judge, texts: readonly string[]): Judgement[] {
  return texts.map((stored, index) => {
    const judged = judge.judge({ stored, kind: 'comment', metrics: {}, textVersion: 1 });
    return { postId: benchPostId(index), textVersion: 1, caseId: systemClock.newId(), ...judged };
  });
}

/** All that the database does on the way of a batch, with judgements that were made before. */
async function loadAndStore(stores: Stores, judgements: readonly Judgement[]): Promise<void> {
  for (let start = 0; start < judgements.length; start += batchSize) {
    const now = systemClock.now();
    await stores.posts.loadDue(await stores.posts.listDue(now, batchSize), now);
    await stores.posts.storeJudgements(judgements.slice(start, start + batchSize), now);
  }
}

/** One round: judging alone, the database's part alone, and the whole way from gathered to queued as the worker goes it. */
async function measureRound(judge: Judge, judgeTexts: JudgeTexts, texts: readonly string[]) {
  const items = gatherPosts(texts);
  let judgements: Judgement[] = [];
  const judgeMs = await timeMs(() => {
    judgements = judgeAll(judge, texts);
  });
  const storeMs = await timeOnEmpty(async (stores) => {
    await storeGathered(stores, items);
    await loadAndStore(stores, judgements);
  });
  const bothMs = await timeOnEmpty(async (stores) => {
    await storeGathered(stores, items);
    await judgeAllDue({ stores, clock: systemClock, judgeTexts });
  });
  const queued = judgements.filter(({ verdict }) => verdict.queues.length > 0).length;
  return { judgeMs, storeMs, bothMs, queued, ratio: Math.max(judgeMs, storeMs) / bothMs };
}

/** Posts gathered, stored, judged and queued, against the slower of judging alone and storing alone. */
export async function benchJudgeAndStore() {
  const texts = writePosts(postCount, 20261122);
  const rules = readSeedRules();
  const judge = createJudge({ rules, settingsVersion: 1 });
  const recipe = { key: 'bench', options: { rules, settingsVersion: 1 } };
  const threaded = openThreadedJudge(async () => recipe, { threads: 1 });
  const measured: Awaited<ReturnType<typeof measureRound>>[] = [];
  for (let round = -warmUpRounds; round < rounds; round += 1) {
    const one = await measureRound(judge, threaded.judgeTexts, texts);
    if (round >= 0) measured.push(one);
  }
  await threaded.close();
  const perSecond = (of: (one: (typeof measured)[number]) => number) =>
    Math.round((postCount / median(measured.map(of))) * 1000);
  return {
    name: 'judge-and-store/slower-alone',
    ratio: Math.round(median(measured.map((one) => one.ratio)) * 1000) / 1000,
    aim: 0.8,
    judgedPerSecond: perSecond((one) => one.judgeMs),
    storedPerSecond: perSecond((one) => one.storeMs),
    bothPerSecond: perSecond((one) => one.bothMs),
    queuedShare: Math.round(((measured[0]?.queued ?? 0) / postCount) * 100) / 100,
    rounds,
  };
}
