import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEvidence, openStores } from '../pipeline/adapters/open-stores.ts';
import { systemClock } from '../pipeline/adapters/system-clock.ts';
import { shanghaiDay } from '../pipeline/commands/current-judge.ts';
import { countWhatIf, type Tried } from '../pipeline/commands/try-rule.ts';
import type { WhatIfAnswer } from '../pipeline/commands/what-if.ts';
import { dayBefore } from '../pipeline/domain/rule-alarm.ts';
import type { Judgement } from '../pipeline/ports/post-store.ts';
import { openThreadedRules } from '../pipeline/threaded-rules.ts';
import { buildVerdict } from '../test/builders/post.ts';
import { readSeedRules } from '../test/builders/seed-rules.ts';
import { median, timeMs } from './measure.ts';
import { benchPostId, gatherPosts, writePosts } from './ordinary-posts.ts';

const postCount = 100_000;
const days = 30;
const rounds = 3;
const batchSize = 1000;

/** Posts of the last thirty days, judged: what they say is what is searched, so that any verdict will do. */
async function fillStore(dataDir: string): Promise<void> {
  const stores = openStores(dataDir, systemClock);
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
    await stores.posts.storeJudgements(
      batch.map((_, index) => judged(start + index)),
      now,
    );
  }
  const change = { expectedVersion: 0, actorId: null, source: 'bench', at: now, id: systemClock.newId() };
  await stores.settings.save('rules', readSeedRules(), change);
  await stores.close();
}

/** Reading every text and doing nothing with it. */
async function scanBarely(dataDir: string): Promise<void> {
  const { evidence, close } = await openEvidence({ dataDir, connections: null });
  const now = systemClock.now();
  const scan = { fromDay: dayBefore(shanghaiDay(now), days - 1), accessClasses: ['open'] as const, now };
  let cursor: string | null = null;
  do {
    const page = await evidence.scanTexts(scan, { cursor, limit: 2000 });
    cursor = page.nextCursor;
  } while (cursor !== null);
  await close();
}

/** A word, and a rule with what it would change, over 100,000 stored posts: from asking to the answer, with the thread's start. */
export async function benchWhatIf() {
  const dataDir = mkdtempSync(join(tmpdir(), 'guanlan-bench-'));
  await fillStore(dataDir);
  const threads = openThreadedRules({ dataDir, connections: null });
  const stores = openStores(dataDir, systemClock);
  const ports = { stores, clock: systemClock, tryRule: threads.tryRule };
  const ask = (tried: Tried): Promise<WhatIfAnswer> => countWhatIf({ tried, days }, ['open'], ports);
  const word: number[] = [];
  const rule: number[] = [];
  const bare: number[] = [];
  let answers: WhatIfAnswer[] = [];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(await timeMs(() => scanBarely(dataDir)));
    answers = [];
    word.push(await timeMs(async () => void answers.push(await ask({ word: '校园卡' }))));
    const ruleId = 'service.kind.complaint.problem';
    const known = readSeedRules().some(({ id }) => id === ruleId) ? ruleId : (readSeedRules()[0]?.id ?? '');
    rule.push(await timeMs(async () => void answers.push(await ask({ ruleId: known }))));
  }
  await threads.close();
  await stores.close();
  rmSync(dataDir, { recursive: true, force: true });
  const seconds = (values: readonly number[]) => Math.round(median(values)) / 1000;
  return {
    name: 'what-if/bare-scan',
    ratio: Math.round((median(word) / median(bare)) * 100) / 100,
    posts: answers[0]?.scanned ?? 0,
    wordSeconds: seconds(word),
    wordHits: answers[0]?.hits ?? 0,
    ruleSeconds: seconds(rule),
    ruleHits: answers[1]?.hits ?? 0,
    ruleJudged: answers[1]?.changed?.of ?? 0,
    bareScanSeconds: seconds(bare),
    rounds,
  };
}
