import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStores } from '../pipeline/adapters/open-stores.ts';
import { systemClock } from '../pipeline/adapters/system-clock.ts';
import { judgeAllDue } from '../pipeline/commands/judge-batch.ts';
import type { Stores } from '../pipeline/ports/index.ts';
import type { Judgement } from '../pipeline/ports/post-store.ts';
import { createJudge, type Judge } from '../pipeline/stages/judge.ts';
import { median, readProgramRules, timeMs } from './measure.ts';
import { writePosts } from './ordinary-posts.ts';

const postCount = 3000;
const rounds = 7;
const batchSize = 100;

/** A database of its own with all posts waiting. */
async function openFilled(texts: readonly string[]): Promise<{ stores: Stores; close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'guanlan-bench-'));
  const stores = openStores(folder, systemClock);
  const items = texts.map((text, index) => ({
    post: {
      channelId: 'bench',
      kind: 'comment' as const,
      externalId: String(index),
      url: '',
      parentId: null,
      rootId: null,
      title: '',
      text,
      publishedAt: null,
      publishedPrecision: null,
      metrics: {},
      links: [],
      attachments: [],
    },
    snapshotHash: null,
  }));
  await stores.posts.storePosts(items, systemClock.now());
  return {
    stores,
    close: async () => {
      await stores.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function judgeAll(judge: Judge, texts: readonly string[]): Judgement[] {
  return texts.map((stored, index) => {
    const judged = judge.judge({ stored, kind: 'comment', metrics: {}, textVersion: 1 });
    return { postId: `bench:comment:${index}`, textVersion: 1, caseId: systemClock.newId(), ...judged };
  });
}

async function storeAll(stores: Stores, judgements: readonly Judgement[]): Promise<void> {
  for (let start = 0; start < judgements.length; start += batchSize) {
    await stores.posts.storeJudgements(judgements.slice(start, start + batchSize), systemClock.now());
  }
}

/** One round: judging alone, storing prepared judgements alone, and the worker's own loop that does both. */
async function measureRound(judge: Judge, texts: readonly string[]) {
  let judgements: Judgement[] = [];
  const judgeMs = await timeMs(async () => {
    judgements = judgeAll(judge, texts);
  });
  const alone = await openFilled(texts);
  const storeMs = await timeMs(() => storeAll(alone.stores, judgements));
  await alone.close();
  const both = await openFilled(texts);
  const bothMs = await timeMs(async () => {
    await judgeAllDue({ stores: both.stores, clock: systemClock, currentJudge: async () => judge });
  });
  await both.close();
  return { judgeMs, storeMs, bothMs, ratio: Math.max(judgeMs, storeMs) / bothMs };
}

/** Judging and storing together (loading included) against the slower of the two alone. */
export async function benchJudgeAndStore() {
  const texts = writePosts(postCount, 20261122);
  const judge = createJudge({ rules: readProgramRules(), settingsVersion: 1 });
  await measureRound(judge, texts);
  const measured: Awaited<ReturnType<typeof measureRound>>[] = [];
  for (let round = 0; round < rounds; round += 1) measured.push(await measureRound(judge, texts));
  const perSecond = (of: (one: (typeof measured)[number]) => number) =>
    Math.round((postCount / median(measured.map(of))) * 1000);
  return {
    name: 'judge-and-store/slower-alone',
    ratio: Math.round(median(measured.map((one) => one.ratio)) * 1000) / 1000,
    aim: 0.8,
    judgedPerSecond: perSecond((one) => one.judgeMs),
    storedPerSecond: perSecond((one) => one.storeMs),
    bothPerSecond: perSecond((one) => one.bothMs),
    rounds,
  };
}
