import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Conflict, InvalidInput, NotFound } from '../../pipeline/domain/errors.ts';
import type { LiveFinding, MetItem } from '../../pipeline/domain/live-match.ts';
import type { LiveMatchStore, LiveQuery } from '../../pipeline/ports/live-match-store.ts';
import type { FakeClock } from '../harness/fake-clock.ts';

export interface LiveMatchStoreFixture {
  live: LiveMatchStore;
  clock: FakeClock;
  countAudit(subject: string): Promise<number>;
  close(): Promise<void>;
}

const item = (number: number, more: Partial<MetItem> = {}): MetItem => ({
  postId: `main-site:article:${number}`,
  channelId: 'main-site',
  url: `https://www.canglan.example/info/1031/${number}.htm`,
  ...{ publishedAt: `2026-11-${10 + number}T02:00:00.000Z`, publishedPrecision: 'minute' },
  ...{ contentHash: 'a', images: null },
  ...more,
});

const finding = (number: number, more: Partial<LiveFinding> = {}): LiveFinding => ({
  ...{ channelId: 'main-site', postId: `main-site:article:${number}` },
  ...{ url: item(number).url, publishedAt: item(number).publishedAt },
  ...{ draftId: null, sealedVersion: null, result: 'published-without-approval', notes: [], foundBy: null },
  ...{ otherPostId: null, similarDraftId: null, comparison: null, accessClass: 'open', textVersion: 1 },
  ...more,
});

const everything: LiveQuery = {
  ...{ channelIds: 'all', accessClasses: ['open'], results: null, openOnly: false, cursor: null, limit: 50 },
};

export function liveMatchStoreContract(open: () => Promise<LiveMatchStoreFixture>): void {
  let opened: LiveMatchStoreFixture;
  let live: LiveMatchStore;
  beforeEach(async () => {
    opened = await open();
    live = opened.live;
  });
  afterEach(() => opened.close());
  const now = () => opened.clock.now();
  const later = (ms = 60_000) => {
    opened.clock.advance(ms);
    return now();
  };
  const dueIds = async () => (await live.listDue(now(), 50)).map(({ postId }) => postId);
  const lookAt = async (number: number, more: Partial<LiveFinding> = {}) => {
    const due = (await live.listDue(now(), 50)).find(({ postId }) => postId === finding(number).postId);
    return live.record(finding(number, more), due?.mark ?? null, now());
  };
  const explainOf = (id: string, revision: number) => ({
    ...{ commandId: opened.clock.newId(), id, revision, reason: 'system-page' as const, text: '' },
  });

  describe('items', () => {
    it('are due when they are new or otherwise than before, and not when they are the same', async () => {
      await live.noteItems([item(1), item(2)], now());
      expect(await dueIds()).toEqual([item(1).postId, item(2).postId]);
      await lookAt(1);
      await lookAt(2);
      expect(await dueIds()).toEqual([]);
      await live.noteItems([item(1), item(2, { contentHash: 'b' })], later());
      expect(await dueIds()).toEqual([item(2).postId]);
      await lookAt(2);
      const pictures = ['https://www.canglan.example/1.jpg', 'https://www.canglan.example/2.jpg'];
      await live.noteItems([item(1, { images: pictures })], later());
      expect(await live.listDue(now(), 50)).toMatchObject([{ postId: item(1).postId, images: pictures }]);
    });

    it('that are noted during a look stay due after it', async () => {
      await live.noteItems([item(1)], now());
      const [due] = await live.listDue(now(), 1);
      await live.noteItems([item(1, { contentHash: 'b' })], later());
      await live.record(finding(1), due?.mark ?? null, later());
      expect(await live.listDue(now(), 1)).toMatchObject([{ contentHash: 'b' }]);
    });

    it('wait when they are put off, and are gone when they are forgotten', async () => {
      await live.noteItems([item(1), item(2)], now());
      const [due] = await live.listDue(now(), 1);
      if (due !== undefined) await live.defer(due, later());
      opened.clock.advance(-1);
      expect(await dueIds()).toEqual([item(2).postId]);
      opened.clock.advance(1);
      expect(await dueIds()).toEqual([item(2).postId, item(1).postId]);
      await live.forget(item(1).postId);
      expect(await dueIds()).toEqual([item(2).postId]);
    });

    it('wake by channel and time, by address, and by the draft they went with', async () => {
      const far = item(5, {
        channelId: 'wechat',
        postId: 'wechat:article:5',
        url: 'https://mp.weixin.qq.com/s/A',
      });
      await live.noteItems([item(1), item(2), item(3), far], now());
      const draftId = opened.clock.newId();
      await lookAt(1, { draftId, result: 'match' });
      await lookAt(2);
      await lookAt(3);
      await live.record(
        finding(5, { channelId: 'wechat', postId: far.postId }),
        (await live.listDue(now(), 1))[0]?.mark ?? null,
        now(),
      );
      expect(await dueIds()).toEqual([]);
      const none = { draftId: 'none', channelIds: [], since: now(), addresses: [] };
      expect(await live.wake(none, now())).toBe(0);
      expect(await live.wake({ ...none, draftId }, now())).toBe(1);
      expect(await dueIds()).toEqual([item(1).postId]);
      const since = item(3).publishedAt ?? '';
      expect(await live.wake({ ...none, channelIds: ['main-site'], since }, now())).toBe(1);
      expect(await live.wake({ ...none, addresses: ['mp.weixin.qq.com/s/A'] }, now())).toBe(1);
      expect((await dueIds()).sort()).toEqual([item(1).postId, item(3).postId, far.postId]);
      await live.wakeItems([item(2).postId], now());
      expect(await dueIds()).toContain(item(2).postId);
    });
  });

  describe('what was found out', () => {
    it('stays as it is when it is told again, and counts what changed', async () => {
      await live.noteItems([item(1)], now());
      const first = await lookAt(1);
      const at = later();
      expect(await live.record(finding(1), null, at)).toEqual({ ...first, checkedAt: at });
      const other = await live.record(finding(1, { result: 'match', draftId: 'd' }), null, later());
      expect(other).toMatchObject({ revision: 2, changedAt: now(), result: 'match' });
      expect(await live.find(first.id)).toEqual(other);
      expect(await live.listOfDraft('d')).toEqual([other]);
      expect(await live.findByAddress('www.canglan.example/info/1031/1.htm')).toEqual([
        { postId: item(1).postId, match: other },
      ]);
      expect(await live.find('nobody')).toBeNull();
    });

    it('of an item takes the place of what was missing', async () => {
      const missing = finding(1, { postId: null, url: null, draftId: 'd', result: 'approved-not-published' });
      const absent = await live.record(missing, null, now());
      expect(await live.listOfDraft('d')).toEqual([absent]);
      await live.forget(absent.id);
      expect(await live.listOfDraft('d')).toEqual([]);
      await live.record(missing, null, now());
      const found = await live.record(finding(1, { draftId: 'd', result: 'match' }), null, later());
      await live.forget(found.id);
      expect(await live.listOfDraft('d')).toEqual([found]);
      expect(await live.find(absent.id)).toBeNull();
    });

    it('is listed last changed first, page by page, with ties, and only what may be seen', async () => {
      for (const number of [1, 2, 3]) await live.record(finding(number), null, now());
      const hidden = finding(4, { accessClass: 'victim' });
      await live.record(hidden, null, now());
      await live.record(
        finding(5, { channelId: 'other', result: 'match', postId: 'other:article:5' }),
        null,
        later(),
      );
      const first = await live.list({ ...everything, limit: 3 });
      const second = await live.list({ ...everything, limit: 3, cursor: first.nextCursor });
      const ids = [...first.items, ...second.items].map(({ id }) => id);
      expect(ids).toEqual(['other:article:5', ...[3, 2, 1].map((number) => item(number).postId)]);
      expect([first.items.length, second.nextCursor]).toEqual([3, null]);
      expect((await live.list({ ...everything, channelIds: ['other'] })).items).toHaveLength(1);
      expect((await live.list({ ...everything, channelIds: [] })).items).toEqual([]);
      expect((await live.list({ ...everything, results: ['match'] })).items).toHaveLength(1);
      expect((await live.list({ ...everything, openOnly: true })).items).toHaveLength(3);
      expect((await live.list({ ...everything, accessClasses: ['open', 'victim'] })).items).toHaveLength(5);
      expect(await live.countOpen(everything)).toMatchObject({ 'published-without-approval': 3, match: 0 });
      expect(await live.countOpen({ ...everything, channelIds: ['other'] })).toMatchObject({
        'published-without-approval': 0,
      });
      await expect(live.list({ ...everything, cursor: 'x' })).rejects.toThrow(InvalidInput);
    });

    it('is answered once, by one, until it says otherwise', async () => {
      const found = await live.record(finding(1), null, now());
      const command = explainOf(found.id, found.revision);
      const answered = await live.explain(command, 'user-1', later());
      expect(answered).toMatchObject({ revision: 2, explanation: { by: 'user-1', reason: 'system-page' } });
      expect(await live.explain(command, 'user-1', later())).toEqual(answered);
      expect(await opened.countAudit(found.id)).toBe(1);
      await expect(live.explain(explainOf(found.id, 1), 'user-2', now())).rejects.toThrow(Conflict);
      await expect(live.explain(explainOf('nobody', 1), 'user-2', now())).rejects.toThrow(NotFound);
      await expect(
        live.explain({ ...explainOf(found.id, 2), reason: 'other' }, 'user-2', now()),
      ).rejects.toThrow(InvalidInput);
      expect((await live.list({ ...everything, openOnly: true })).items).toEqual([]);
      await live.record(finding(2, { notes: ['gone'] }), null, now());
      expect((await live.list({ ...everything, openOnly: true })).items).toEqual([]);
      const again = await live.record(finding(1, { textVersion: 2 }), null, later());
      expect(again).toMatchObject({ revision: 3, explanation: null });
      await live.record(finding(1, { textVersion: 2, result: 'match' }), null, later());
      await expect(live.explain(explainOf(found.id, 4), 'user-2', now())).rejects.toThrow(InvalidInput);
    });

    it('is kept three years and then gone', async () => {
      const found = await live.record(finding(1), null, now());
      opened.clock.advance(3 * 365 * 86_400_000);
      expect(await live.purge(now())).toBe(0);
      opened.clock.advance(2 * 86_400_000);
      expect(await live.purge(now())).toBe(1);
      expect(await live.find(found.id)).toBeNull();
    });
  });

  it('remembers up to where the drafts were followed', async () => {
    expect(await live.readCursor()).toBeNull();
    await live.writeCursor(now());
    const at = later();
    await live.writeCursor(at);
    expect(await live.readCursor()).toBe(at);
  });
}
