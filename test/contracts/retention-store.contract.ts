import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GatheredPost } from '../../pipeline/domain/post.ts';
import type { CaseStore } from '../../pipeline/ports/case-store.ts';
import type { PostStore } from '../../pipeline/ports/post-store.ts';
import type { PurgeResult, RetentionStore } from '../../pipeline/ports/retention-store.ts';
import { buildDecisionCommand, reviewer } from '../builders/case.ts';
import { buildGathered, buildQueuedVerdict, buildVerdict } from '../builders/post.ts';
import type { FakeClock } from '../harness/fake-clock.ts';

/** What really lies in the store, counted past the ports. */
interface StoreContents {
  texts: number;
  indexEntries: number;
  notes: number;
  cases: number;
  events: number;
  auditEntries: number;
  auditPayloads: number;
}

export interface RetentionStoreFixture {
  retention: RetentionStore;
  posts: PostStore;
  cases: CaseStore;
  clock: FakeClock;
  countContents(): Promise<StoreContents>;
  close(): Promise<void>;
}

const everything = { accessClasses: ['open', 'victim', 'safety'] as const };
const dayMs = 86_400_000;
const nothing: PurgeResult = { texts: 0, notes: 0, records: 0, auditPayloads: 0, cases: 0 };

/** One batch as the purge does it, without the blobs. */
export async function purgeOnce(retention: RetentionStore, now: string, limit = 100): Promise<PurgeResult> {
  const { posts } = await retention.listExpired(now, limit);
  return retention.purgeExpired(now, posts, limit);
}

export function retentionStoreContract(open: () => Promise<RetentionStoreFixture>): void {
  let fixture: RetentionStoreFixture;
  let retention: RetentionStore;
  let posts: PostStore;
  beforeEach(async () => {
    fixture = await open();
    ({ retention, posts } = fixture);
  });
  afterEach(() => fixture.close());

  const now = () => fixture.clock.now();
  const commentId = (externalId: string) => `main-site:comment:${externalId}`;
  const gather = (externalId: string, snapshotHash: string | null = null, more: Partial<GatheredPost> = {}) =>
    posts.storePosts(
      [
        {
          post: buildGathered({ externalId, kind: 'comment', title: '', text: `原文${externalId}`, ...more }),
          snapshotHash,
        },
      ],
      now(),
    );
  const judge = (postId: string, verdict = buildVerdict(), textVersion = 1) =>
    posts.storeJudgements(
      [{ postId, textVersion, verdict, tokens: ['自习'], caseId: fixture.clock.newId() }],
      now(),
    );
  const purge = (limit = 100) => purgeOnce(retention, now(), limit);
  const listExpired = (limit = 100) => retention.listExpired(now(), limit);
  const snapshots = async (limit = 100) =>
    (await listExpired(limit)).snapshots.map(({ hash }) => hash).sort();

  describe('texts', () => {
    it('go with every version and the index entry, at their instant and not before', async () => {
      await gather('1');
      await judge(commentId('1'));
      fixture.clock.advance(1000);
      await gather('1', null, { text: '改过的正文' });
      fixture.clock.advance(90 * dayMs - 1001);
      expect(await purge()).toEqual(nothing);
      expect(await snapshots()).toEqual([]);
      fixture.clock.advance(1);
      expect(await purge()).toMatchObject({ texts: 2 });
      expect(await fixture.countContents()).toMatchObject({ texts: 0, indexEntries: 0 });
      expect(await purge()).toEqual(nothing);
    });

    it('leave the text-free row and the verdict, and nothing that waits for judgement', async () => {
      await gather('1');
      await judge(commentId('1'));
      await gather('2');
      fixture.clock.advance(90 * dayMs);
      await purge();
      for (const id of ['1', '2']) {
        expect((await posts.findPost(commentId(id)))?.marks).toEqual(['text-erased']);
      }
      expect(await posts.findVerdict(commentId('1'), 1)).toEqual(buildVerdict());
      expect(await posts.listDue(now(), 10)).toEqual([]);
    });

    it('do not come back with a judgement or a failure that comes late', async () => {
      await gather('1');
      await gather('2');
      fixture.clock.advance(90 * dayMs);
      await purge();
      expect(await judge(commentId('1'), buildQueuedVerdict())).toEqual([]);
      await posts.markFailed({ postId: commentId('2'), textVersion: 1, reason: 'stopped', retryAt: now() });
      expect(await fixture.countContents()).toMatchObject({ texts: 0, indexEntries: 0, cases: 0 });
      expect(await posts.listDue(now(), 10)).toEqual([]);
    });

    it('go in batches, and what one left the next one finds', async () => {
      for (const id of ['1', '2', '3']) await gather(id);
      fixture.clock.advance(90 * dayMs);
      const erased: number[] = [];
      for (let round = 0; round < 4; round += 1) erased.push((await purge(2)).texts);
      expect(erased).toEqual([2, 1, 0, 0]);
    });

    it('are counted once when two purges run at once', async () => {
      for (const id of ['1', '2', '3', '4']) await gather(id);
      fixture.clock.advance(90 * dayMs);
      const results = await Promise.all([purge(), purge()]);
      expect(results.map(({ texts }) => texts).reduce((sum, n) => sum + n)).toBe(4);
      expect(await fixture.countContents()).toMatchObject({ texts: 0 });
    });

    it('of an own article stay when it is on line again', async () => {
      await gather('a', null, { kind: 'article' });
      await posts.markDeleted('main-site:article:a', now());
      fixture.clock.advance(dayMs);
      await gather('a', null, { kind: 'article' });
      fixture.clock.advance(1200 * dayMs);
      expect(await purge()).toEqual(nothing);
      expect(await posts.findText('main-site:article:a', everything)).not.toBeNull();
    });
  });

  describe('what is kept', () => {
    const countKept = (aheadMs: number) =>
      retention.countKept(now(), new Date(Date.parse(now()) + aheadMs).toISOString());
    const partOf = async (part: string, aheadMs = dayMs) =>
      (await countKept(aheadMs)).find((one) => one.part === part) ?? null;

    it('is counted by part, with what is due and what is overdue', async () => {
      expect(await partOf('comment')).toBeNull();
      await gather('1');
      const endsAt = new Date(Date.parse(now()) + 90 * dayMs).toISOString();
      fixture.clock.advance(dayMs);
      await gather('2');
      await gather('a', null, { kind: 'article' });
      expect(await partOf('comment')).toEqual({
        ...{ part: 'comment', kept: 2, overdue: 0, due: 0, nextAt: endsAt },
      });
      expect(await partOf('own-article')).toEqual({
        ...{ part: 'own-article', kept: 1, overdue: 0, due: 0, nextAt: null },
      });
      fixture.clock.advance(89 * dayMs - 1);
      expect(await partOf('comment', 1)).toMatchObject({ kept: 2, overdue: 0, due: 1 });
      fixture.clock.advance(1);
      expect(await partOf('comment')).toMatchObject({ kept: 2, overdue: 1, due: 1, nextAt: endsAt });
      await purge();
      expect(await partOf('comment')).toMatchObject({ kept: 1, overdue: 0, due: 1 });
    });

    it('tells cases, and what lies beside the audit log', async () => {
      await gather('1');
      await judge(commentId('1'), buildQueuedVerdict());
      expect(await partOf('case')).toMatchObject({ kept: 1, overdue: 0, due: 0 });
      const beside = await partOf('audit-note');
      expect(beside?.kept).toBe((await fixture.countContents()).auditPayloads);
      fixture.clock.advance(400 * dayMs);
      expect(await partOf('audit-note')).toMatchObject({ overdue: beside?.kept });
      await purge();
      expect(await partOf('audit-note')).toBeNull();
      expect(await partOf('case')).toMatchObject({ kept: 1 });
    });
  });

  describe('what was listed', () => {
    const left = async () => (await fixture.countContents()).texts;

    it('is all that goes, though more has expired', async () => {
      for (const id of ['1', '2', '3']) await gather(id, `hash-${id}`);
      fixture.clock.advance(90 * dayMs);
      const first = await listExpired(1);
      expect(first.snapshots).toHaveLength(1);
      expect(await retention.purgeExpired(now(), first.posts, 100)).toMatchObject({ texts: 1 });
      expect(await retention.purgeExpired(now(), first.posts, 100)).toEqual(nothing);
      expect(await retention.purgeExpired(now(), [], 100)).toEqual(nothing);
      const rest = await snapshots();
      expect([...rest, ...first.snapshots.map(({ hash }) => hash)].sort()).toEqual([
        'hash-1',
        'hash-2',
        'hash-3',
      ]);
    });

    it('stays for the next listing when it was edited meanwhile, so that its new snapshot is named', async () => {
      await gather('1', 'first');
      fixture.clock.advance(90 * dayMs);
      const listed = await listExpired();
      await gather('1', 'second', { text: '改过的正文' });
      expect(await retention.purgeExpired(now(), listed.posts, 100)).toEqual(nothing);
      expect(await left()).toBe(2);
      expect(await snapshots()).toEqual(['first', 'second']);
      expect(await purge()).toMatchObject({ texts: 2 });
      expect(await left()).toBe(0);
    });

    it('does not draw in what became noise meanwhile', async () => {
      await gather('1', 'first');
      fixture.clock.advance(83 * dayMs);
      await gather('2', 'second');
      fixture.clock.advance(7 * dayMs);
      const listed = await listExpired();
      await judge(commentId('2'), buildVerdict({ noise: true }));
      expect(await retention.purgeExpired(now(), listed.posts, 100)).toMatchObject({ texts: 1 });
      expect(await snapshots()).toEqual(['second']);
    });

    it('stays when it expires no more', async () => {
      await gather('a', 'kept', { kind: 'article' });
      await posts.markDeleted('main-site:article:a', now());
      fixture.clock.advance(1200 * dayMs);
      const listed = await listExpired();
      expect(listed.posts).toEqual([{ postId: 'main-site:article:a', textVersion: 1 }]);
      await gather('a', 'kept', { kind: 'article' });
      expect(await retention.purgeExpired(now(), listed.posts, 100)).toEqual(nothing);
      expect(await left()).toBe(1);
    });
  });

  describe('snapshots', () => {
    it('of a text that became noise are named where they were put', async () => {
      await gather('1', 'ad');
      await gather('2', 'ad');
      await judge(commentId('1'), buildVerdict({ noise: true }));
      fixture.clock.advance(7 * dayMs);
      // The other comment needs the same blob, whatever class its text is of.
      expect(await listExpired()).toEqual({
        posts: [{ postId: commentId('1'), textVersion: 1 }],
        snapshots: [],
      });
      await judge(commentId('2'), buildVerdict({ noise: true }));
      expect((await listExpired()).snapshots).toEqual([{ retentionClass: 'comment', hash: 'ad' }]);
    });

    it('are named for exactly the posts that the purge erases next', async () => {
      await gather('1', 'hash-1');
      await gather('1', 'hash-1-edited', { text: '改过的正文' });
      await gather('2', 'hash-2');
      fixture.clock.advance(90 * dayMs);
      const seen: string[] = [];
      for (let round = 0; round < 4; round += 1) {
        const left = await fixture.countContents();
        const named = await snapshots(1);
        seen.push(...named);
        const { texts } = await purge(1);
        expect(named, `of ${left.texts} texts`).toHaveLength(texts);
      }
      expect(seen.sort()).toEqual(['hash-1', 'hash-1-edited', 'hash-2']);
    });

    it('stay while a living text of the same class needs them', async () => {
      await gather('1', 'shared');
      await gather('2', 'own');
      await gather('a', 'own', { kind: 'article' });
      fixture.clock.advance(dayMs);
      await gather('3', 'shared');
      fixture.clock.advance(89 * dayMs);
      // The article names the same bytes in another namespace: that is another blob.
      expect((await listExpired()).snapshots).toEqual([{ retentionClass: 'comment', hash: 'own' }]);
      await purge();
      fixture.clock.advance(dayMs);
      expect(await snapshots()).toEqual(['shared']);
    });
  });

  describe('texts that somebody asked us to erase', () => {
    it('end at once with their snapshots, and with the notes that may quote them; others stay', async () => {
      await gather('1', 'hash-1');
      await gather('2', 'hash-2');
      const [caseId = ''] = await judge(commentId('1'), buildQueuedVerdict());
      const command = buildDecisionCommand({ commandId: fixture.clock.newId(), caseId, note: '引文' });
      await fixture.cases.recordDecision(command, reviewer, now());
      await retention.endTexts([commentId('1'), 'unknown:comment:9'], now());
      await retention.endTexts([commentId('1')], now());
      expect(await snapshots()).toEqual(['hash-1']);
      expect(await purge()).toEqual({ ...nothing, texts: 1, notes: 1 });
      expect((await posts.findPost(commentId('1')))?.marks).toEqual(['text-erased']);
      expect(await posts.findText(commentId('2'), everything)).not.toBeNull();
      expect(await fixture.countContents()).toMatchObject({ texts: 1, notes: 0, cases: 1 });
    });

    it('of an own article too, though nothing had set its clock', async () => {
      await gather('a', null, { kind: 'article' });
      await retention.endTexts(['main-site:article:a'], now());
      expect(await purge()).toMatchObject({ texts: 1 });
    });
  });

  describe('records', () => {
    async function decideWithNote(): Promise<string> {
      await gather('1');
      const [caseId = ''] = await judge(commentId('1'), buildQueuedVerdict());
      const command = buildDecisionCommand({ commandId: fixture.clock.newId(), caseId, note: '引文' });
      await fixture.cases.recordDecision(command, reviewer, now());
      return caseId;
    }

    it('lose the note with the text, the payload after a year, and go as a whole after three', async () => {
      const caseId = await decideWithNote();
      fixture.clock.advance(90 * dayMs);
      expect(await purge()).toEqual({ ...nothing, texts: 1, notes: 1 });
      expect(await fixture.countContents()).toMatchObject({ notes: 0, events: 2, auditPayloads: 2 });

      fixture.clock.advance(275 * dayMs);
      expect(await purge()).toEqual({ ...nothing, auditPayloads: 2 });
      expect(await fixture.countContents()).toMatchObject({ events: 2, auditEntries: 2, auditPayloads: 0 });
      expect(await fixture.cases.findCase(caseId, everything)).toMatchObject({ state: 'decided' });

      fixture.clock.advance(731 * dayMs);
      expect(await purge()).toEqual({ ...nothing, cases: 1 });
      expect(await fixture.cases.findCase(caseId, everything)).toBeNull();
      // The entries are the chain's: they hold no text and stay.
      expect(await fixture.countContents()).toMatchObject({ cases: 0, events: 0, auditEntries: 2 });
    });

    it('go at once when everything is overdue, and a second purge finds nothing', async () => {
      await decideWithNote();
      fixture.clock.advance(1200 * dayMs);
      expect(await purge()).toEqual({ texts: 1, notes: 1, records: 0, auditPayloads: 2, cases: 1 });
      expect(await purge()).toEqual(nothing);
    });
  });
}
