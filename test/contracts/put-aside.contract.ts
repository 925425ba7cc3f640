import { beforeEach, describe, expect, it } from 'vitest';
import type { AccessClass } from '../../pipeline/domain/access-class.ts';
import { Conflict, NotFound, NotPermitted } from '../../pipeline/domain/errors.ts';
import type { GatheredPost } from '../../pipeline/domain/post.ts';
import type { Verdict } from '../../pipeline/domain/verdict.ts';
import { otherReviewer, reviewer, safetyOfficer } from '../builders/case.ts';
import { buildFinding, buildGathered, buildVerdict } from '../builders/post.ts';
import type { DeskStoreFixture } from './desk-store.contract.ts';

const everything = { accessClasses: ['open', 'victim', 'safety'] as const };
const publicity = ['open', 'victim'] as const;

/** The part of the desk store that finds single posts: by their address, and those that went to no queue. */
export function putAsideContract(open: () => Promise<DeskStoreFixture>): void {
  let opened: DeskStoreFixture;
  const now = () => opened.clock.now();
  type OnePost = Partial<GatheredPost> & Pick<GatheredPost, 'externalId'>;
  /** @returns the post's id */
  async function judge(post: OnePost, verdict: Partial<Verdict>): Promise<string> {
    const gathered = buildGathered({ kind: 'comment', title: '', ...post });
    await opened.posts.storePosts([{ post: gathered, snapshotHash: null }], now());
    const postId = `${gathered.channelId}:${gathered.kind}:${gathered.externalId}`;
    const judgement = { postId, textVersion: 1, verdict: buildVerdict(verdict), tokens: [] };
    await opened.posts.storeJudgements([{ ...judgement, caseId: opened.clock.newId() }], now());
    return postId;
  }
  const listQueue = async (filter: object = {}) =>
    (
      await opened.desk.listFiltered({
        ...{ queue: 'review', states: ['open', 'reopened'], filter, words: null, sort: 'risk' },
        ...{ reader: { actorId: reviewer.id, now: now() }, cursor: null, limit: 50, ...everything },
      })
    ).items;

  describe('by its address', () => {
    beforeEach(async () => {
      opened = await open();
      return () => opened.close();
    });

    it('finds a post by its whole address or the beginning of its id, of the visible classes', async () => {
      await judge({ externalId: '4983417401' }, {});
      await judge({ externalId: '4983417402' }, { accessClass: 'victim' });
      await judge({ externalId: '4983417', channelId: 'weibo' }, {});
      const find = async (more: object, accessClasses: readonly AccessClass[] = publicity) => {
        const query = { urls: [], idPrefixes: [], now: now(), limit: 10, accessClasses, ...more };
        return (await opened.desk.findByAddress(query)).map(({ id }) => id).sort();
      };
      const url = 'https://www.canglan.example/info/1031/4983417401.htm';
      expect(await find({ urls: [url, 'https://elsewhere.example/'] })).toEqual([
        'main-site:comment:4983417401',
      ]);
      const idPrefixes = ['main-site:comment:49834174', 'weibo:status:4983417'];
      expect(await find({ idPrefixes })).toEqual(
        ['1', '2'].map((last) => `main-site:comment:498341740${last}`),
      );
      expect(await find({ idPrefixes }, ['open'])).toEqual(['main-site:comment:4983417401']);
      expect(await find({})).toEqual([]);
    });
  });

  describe('what went to no queue', () => {
    beforeEach(async () => {
      opened = await open();
      return () => opened.close();
    });
    const noise = { noise: true, findings: [buildFinding({ category: 'advert' })] };
    const praise = { service: { kind: 'praise', topic: 'canteen', confidence: 1 } } as const;
    const count = (accessClasses: readonly AccessClass[] = publicity) =>
      opened.desk.countPassed({ fromDay: '2026-11-20', accessClasses });
    const sight = () => ({ accessClasses: publicity, at: now() });
    const list = async (passedAs: 'noise' | 'praise', limit = 10) =>
      (await opened.desk.listPassed({ passedAs, accessClasses: publicity, cursor: null, limit })).items;
    const raiseOf = (postId: string, textVersion = 1) => ({
      ...{ commandId: opened.clock.newId(), postId, textVersion },
    });

    it('is counted by day and channel, of what others wrote', async () => {
      await judge({ externalId: '1' }, noise);
      await judge({ externalId: '2', publishedAt: '2026-11-20T17:00:00.000Z' }, noise);
      await judge({ externalId: '3', channelId: 'weibo' }, praise);
      await judge({ externalId: '4', publishedAt: '2026-11-18T17:00:00.000Z' }, noise);
      await judge({ externalId: '5', kind: 'article' }, praise);
      await judge({ externalId: '6' }, { ...praise, queues: ['review'] });
      await judge({ externalId: '7' }, {});
      expect(await count()).toEqual([
        { day: '2026-11-20', channelId: 'main-site', passedAs: 'noise', count: 1 },
        { day: '2026-11-20', channelId: 'weibo', passedAs: 'praise', count: 1 },
        { day: '2026-11-21', channelId: 'main-site', passedAs: 'noise', count: 1 },
      ]);
      expect(await count([])).toEqual([]);
    });

    it('is listed newest first, page by page', async () => {
      for (const externalId of ['1', '2', '3']) await judge({ externalId }, noise);
      const query = { passedAs: 'noise' as const, accessClasses: publicity, limit: 2 };
      const first = await opened.desk.listPassed({ ...query, cursor: null });
      const rest = await opened.desk.listPassed({ ...query, cursor: first.nextCursor });
      const ids = [...first.items, ...rest.items].map(({ id }) => id).sort();
      expect(ids).toEqual(['1', '2', '3'].map((id) => `main-site:comment:${id}`));
      expect(rest.nextCursor).toBeNull();
      expect(await list('praise')).toEqual([]);
    });

    it('is brought back by a person: a case with its event, kept as long as any comment', async () => {
      const postId = await judge({ externalId: '1' }, noise);
      const before = await opened.posts.findPost(postId);
      const { case: one, event } = await opened.desk.raise(raiseOf(postId), reviewer, sight());
      expect(one).toMatchObject({ state: 'open', queues: ['review'], postIds: [postId] });
      expect(event).toMatchObject({ kind: 'raised', actorId: reviewer.id, caseId: one.id });
      expect(await opened.cases.listEvents(one.id, everything)).toMatchObject([{ kind: 'raised' }]);
      const after = await opened.posts.findPost(postId);
      expect(before?.retentionClass).toBe('noise');
      expect(after).toMatchObject({ retentionClass: 'comment' });
      expect((after?.expiresAt ?? '') > (before?.expiresAt ?? '9')).toBe(true);
      expect((await opened.posts.findText(postId, everything))?.expiresAt).toBe(after?.expiresAt);
      expect(await count()).toEqual([]);
      const queue = await listQueue({ categories: ['advert'] });
      expect(queue.map(({ id }) => id)).toEqual([one.id]);
    });

    it('is raised once, whoever tries and however often', async () => {
      const postId = await judge({ externalId: '1' }, noise);
      const command = raiseOf(postId);
      const first = await opened.desk.raise(command, reviewer, sight());
      expect(await opened.desk.raise(command, reviewer, sight())).toEqual({ ...first, repeated: true });
      await expect(opened.desk.raise(command, otherReviewer, sight())).rejects.toThrow(Conflict);
      await expect(opened.desk.raise(raiseOf(postId), otherReviewer, sight())).rejects.toThrow(Conflict);
      expect(await listQueue()).toHaveLength(1);
    });

    it('is raised by one of two who try at once', async () => {
      const postId = await judge({ externalId: '1' }, noise);
      const tries = await Promise.allSettled(
        [reviewer, otherReviewer].map((actor) => opened.desk.raise(raiseOf(postId), actor, sight())),
      );
      expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    });

    it('is refused where it is not for these eyes or hands, or has changed', async () => {
      const postId = await judge({ externalId: '1' }, noise);
      const raise = (more: object = {}, actor = reviewer, seen: readonly AccessClass[] = publicity) =>
        opened.desk.raise({ ...raiseOf(postId), ...more }, actor, { accessClasses: seen, at: now() });
      await expect(raise({ postId: 'main-site:comment:none' })).rejects.toThrow(NotFound);
      await expect(raise({}, reviewer, [])).rejects.toThrow(NotFound);
      await expect(raise({}, safetyOfficer)).rejects.toThrow(NotPermitted);
      await expect(raise({ textVersion: 2 })).rejects.toThrow(Conflict);
      expect(await count()).toHaveLength(1);
    });
  });
}
