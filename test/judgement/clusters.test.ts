import { beforeAll, describe, expect, it } from 'vitest';
import { openCaseStore } from '../../pipeline/adapters/sqlite/case-store.ts';
import { openDatabase } from '../../pipeline/adapters/sqlite/database.ts';
import { openPostStore } from '../../pipeline/adapters/sqlite/post-store.ts';
import type { CaseStore } from '../../pipeline/ports/case-store.ts';
import type { PostStore } from '../../pipeline/ports/post-store.ts';
import { buildFingerprint } from '../../pipeline/text/fingerprint.ts';
import { normalise } from '../../pipeline/text/normalise.ts';
import { indexTokens, openSegmenter } from '../../pipeline/text/segment.ts';
import { buildGathered, buildQueuedVerdict } from '../builders/post.ts';
import { FakeClock } from '../harness/fake-clock.ts';
import { SeededChance } from '../harness/seeded-chance.ts';
import { type Comment, edits, factsOf, writeComments, writeOther } from './comment-copies.ts';

/**
 * Near copies among six hundred invented comments that share their phrases, through the store as the pipeline goes it. The
 * edits are ours as well, so recall is that of these edits; `docs/models.md` says what was measured besides.
 */
const count = 600;
const perEdit = 200;

/** Of the copies of each kind, so many must come to the case of their original. */
const floors: Record<keyof typeof edits, number> = {
  typo: 0.85,
  emoji: 0.97,
  hashtag: 0.97,
  mention: 0.99,
  truncated: 0.96,
  introduced: 0.99,
  punctuation: 0.99,
  width: 0.99,
  'words 5 %': 0.85,
  'words 15 %': 0.65,
};

const segmenter = openSegmenter({ dictionaryWords: [] });
const everything = { accessClasses: ['open', 'victim', 'safety'] as const };

describe('near copies of invented comments', () => {
  const clock = new FakeClock();
  let posts: PostStore;
  let cases: CaseStore;
  let comments: Comment[];
  let openedOnComments: string[];
  const caseOf = new Map<string, string>();
  const taken = new Set<string>();
  let brought = 0;

  beforeAll(async () => {
    const db = openDatabase(':memory:');
    posts = openPostStore(db, clock);
    cases = openCaseStore(db, clock);
    comments = writeComments(count, 20261122);
    openedOnComments = await bring(comments.map(({ text }) => text));
    for (const [at, { text }] of comments.entries()) caseOf.set(text, openedOnComments[at] ?? '');
    for (const comment of comments) taken.add(factsOf(comment));
    return () => db.close();
  }, 60_000);

  /** @returns the cases that these texts opened, in their order */
  async function bring(texts: readonly string[]): Promise<string[]> {
    const first = brought;
    brought += texts.length;
    const gathered = texts.map((text, at) =>
      buildGathered({ externalId: `${first + at}`, kind: 'comment', title: '', text }),
    );
    await posts.storePosts(
      gathered.map((post) => ({ post, snapshotHash: null })),
      clock.now(),
    );
    return posts.storeJudgements(
      texts.map((text, at) => {
        const { text: normalised } = normalise(text);
        return {
          postId: `main-site:comment:${first + at}`,
          textVersion: 1,
          verdict: buildQueuedVerdict(),
          tokens: indexTokens(segmenter.cut(normalised)),
          fingerprint: buildFingerprint(normalised),
          caseId: clock.newId(),
        };
      }),
      clock.now(),
    );
  }

  const sizeOf = async (text: string) =>
    (await cases.findCase(caseOf.get(text) ?? '', everything))?.postIds.length ?? 0;

  it('merges none of the comments, however many phrases they share', () => {
    expect(openedOnComments).toHaveLength(count);
  });

  it.each(['place', 'matter'] as const)('merges none that differ in one %s', async (fact) => {
    const chance = new SeededChance(fact.length);
    const others = comments.flatMap((comment) => {
      const other = writeOther(comment, fact, chance);
      if (taken.has(factsOf(other))) return [];
      taken.add(factsOf(other));
      return other.text;
    });
    const opened = await bring(others);
    expect(others.length).toBeGreaterThan(350);
    expect(opened).toHaveLength(others.length);
  });

  it.each(Object.entries(edits))('finds copies with this done to them: %s', async (name, edit) => {
    const chance = new SeededChance(name.length);
    let copies = 0;
    let found = 0;
    for (const { text } of comments.slice(0, perEdit)) {
      const copy = edit(text, chance);
      if (copy === text) continue;
      const before = await sizeOf(text);
      await bring([copy]);
      copies += 1;
      if ((await sizeOf(text)) === before + 1) found += 1;
    }
    expect(copies).toBeGreaterThan(perEdit / 2);
    expect({ name, recall: found / copies }).toEqual({
      name,
      recall: expect.toSatisfy((recall: number) => recall >= (floors[name] ?? 1)),
    });
  });
});
