import { afterEach, beforeEach } from 'vitest';
import type { GatheredPost } from '../../pipeline/domain/post.ts';
import type { Verdict } from '../../pipeline/domain/verdict.ts';
import type { CaseStore } from '../../pipeline/ports/case-store.ts';
import type { Judgement, PostStore } from '../../pipeline/ports/post-store.ts';
import type { RetentionStore } from '../../pipeline/ports/retention-store.ts';
import type { FakeClock } from '../harness/fake-clock.ts';

export interface PostStoreFixture {
  posts: PostStore;
  cases: CaseStore;
  retention: RetentionStore;
  clock: FakeClock;
  close(): Promise<void>;
}

export const everything = { accessClasses: ['open', 'victim', 'safety'] as const };
export const dayMs = 86_400_000;

/** A store of its own for every test, and what tests do with it. */
export function usePosts(open: () => Promise<PostStoreFixture>) {
  let opened: PostStoreFixture;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());

  const fixture = () => opened;
  const posts = () => opened.posts;
  const now = () => opened.clock.now();
  const store = (...items: GatheredPost[]) =>
    posts().storePosts(
      items.map((post) => ({ post, snapshotHash: null })),
      now(),
    );
  const judgement = (
    externalId: string,
    verdict: Verdict,
    textVersion = 1,
    tokens: string[] = [],
  ): Judgement => ({
    postId: `main-site:article:${externalId}`,
    textVersion,
    verdict,
    tokens,
    caseId: fixture().clock.newId(),
  });
  const judge = (...judgements: Judgement[]) => posts().storeJudgements(judgements, now());
  const openCases = async () =>
    (
      await fixture().cases.listQueue({
        queue: 'review',
        states: ['open', 'reopened'],
        cursor: null,
        limit: 50,
        ...everything,
      })
    ).items;

  return { fixture, posts, now, store, judgement, judge, openCases };
}
