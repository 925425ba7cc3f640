import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readSeeds } from '../config/seeds.ts';
import type { OpenedPorts } from '../pipeline/adapters/open-stores.ts';
import { systemClock } from '../pipeline/adapters/system-clock.ts';
import type { Stores } from '../pipeline/ports/index.ts';
import { buildGathered } from './builders/post.ts';
import { findBuiltProcess } from './harness/built-program.ts';
import { describeSetUps } from './harness/describe-set-ups.ts';
import { openPlace, type Place } from './harness/places.ts';

const configDir = join(import.meta.dirname, '../config');
const postCount = 1500;
const everything = { accessClasses: ['open', 'victim', 'safety'] as const };

/** Every third needs a person: an identity number, made up with a valid check digit, stands in an article. */
function textOf(index: number): string {
  if (index % 3 === 0) return `第${index}批名单公示：申请人甲，身份证号110101199003070054，请核对。`;
  return `第${index}号通知：自下周一起，图书馆一层自习区开放至二十三点，请同学们合理安排时间。`.repeat(20);
}

describeSetUps('judging cut off by kill -9', (emptyPlace) => {
  let place: Place;
  let opened: OpenedPorts;
  let stores: Stores;
  beforeAll(async () => {
    place = await emptyPlace();
    opened = await openPlace(place, systemClock);
    stores = opened.stores;
    const { source, body } = readSeeds(configDir, configDir).rules;
    const change = {
      expectedVersion: 0,
      actorId: null,
      source,
      at: systemClock.now(),
      id: systemClock.newId(),
    };
    await stores.settings.save('rules', body, change);
    const posts = Array.from({ length: postCount }, (_, index) =>
      buildGathered({ externalId: String(index), text: textOf(index) }),
    );
    await stores.posts.storePosts(
      posts.map((post) => ({ post, snapshotHash: null })),
      systemClock.now(),
    );
  });
  afterAll(() => opened.close());

  /** @returns whether the process came to its end by itself before it could be killed */
  async function judgeAndKill(batchesFirst: number, thenMs: number): Promise<boolean> {
    const run = spawn(process.execPath, [findBuiltProcess('judge-process'), JSON.stringify(place), '20'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let seen = '';
    for await (const chunk of run.stdout) {
      seen += String(chunk);
      if (seen.includes('done')) return true;
      if (seen.split('batch').length - 1 < batchesFirst) continue;
      await setTimeout(thenMs);
      run.kill('SIGKILL');
    }
    return seen.includes('done');
  }

  it('loses nothing and queues nothing twice', { timeout: 120_000 }, async () => {
    const progress: number[] = [];
    for (const [batches, thenMs] of [
      [1, 3],
      [2, 0],
      [3, 7],
      [1, 11],
      [4, 1],
      [2, 5],
    ] as const) {
      if (await judgeAndKill(batches, thenMs)) break;
      progress.push((await stores.posts.countStates()).judged);
    }
    expect(progress.length, 'it was killed in the middle').toBeGreaterThan(3);
    expect(progress.at(-1)).toBeLessThan(postCount);
    await judgeAndKill(Number.POSITIVE_INFINITY, 0);

    expect(await stores.posts.countStates()).toEqual({ pending: 0, judged: postCount, failed: 0 });
    const cases: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await stores.cases.listQueue({
        queue: 'review',
        states: ['open'],
        cursor,
        limit: 200,
        ...everything,
      });
      cases.push(...page.items.flatMap((item) => item.postIds));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(cases.length).toBe(new Set(cases).size);
    expect(cases.length).toBe(Math.ceil(postCount / 3));
  });
});
