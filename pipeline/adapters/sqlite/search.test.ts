import { expect, it } from 'vitest';
import { buildGathered, buildVerdict } from '../../../test/builders/post.ts';
import { FakeClock } from '../../../test/harness/fake-clock.ts';
import { openDatabase } from './database.ts';
import { openPostStore } from './post-store.ts';

it('lists every hit of a word that most posts hold once, and the newest of the newest window first', async () => {
  const db = openDatabase(':memory:');
  const clock = new FakeClock();
  const posts = openPostStore(db, clock);
  const at = clock.now();
  const hour = (index: number) =>
    new Date(Date.parse('2026-01-01T00:00:00.000Z') + index * 3_600_000).toISOString();
  const wanted = Array.from({ length: 2300 }, (_, index) => index);
  const gathered = wanted.map((index) =>
    buildGathered({ externalId: `${index}`, publishedAt: hour((index * 7919) % 2300) }),
  );
  await posts.storePosts(
    gathered.map((post) => ({ post, snapshotHash: null })),
    at,
  );
  await posts.storeJudgements(
    wanted.map((index) => ({
      postId: `main-site:article:${index}`,
      textVersion: 1,
      verdict: buildVerdict(),
      tokens: ['通知'],
      caseId: clock.newId(),
    })),
    at,
  );
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const query = { words: ['通知'], accessClasses: ['open'] as const, now: at, cursor, limit: 170 };
    const page: Awaited<ReturnType<typeof posts.search>> = await posts.search(query);
    seen.push(...page.items.map(({ externalId }) => externalId));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(seen).toHaveLength(2300);
  expect(new Set(seen).size).toBe(2300);
  const newest = seen.slice(0, 1000).map((id) => (Number(id) * 7919) % 2300);
  expect(newest).toEqual([...newest].sort((a, b) => b - a));
  db.close();
});
