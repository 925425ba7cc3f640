import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../pipeline/domain/errors.ts';
import { buildGathered, buildQueuedVerdict, buildVerdict } from '../builders/post.ts';
import { dayMs, type PostStoreFixture, usePosts } from './post-scene.ts';
import { purgeOnce } from './retention-store.contract.ts';

/** The part of the post store that finds posts by their words. */
export function postIndexContract(open: () => Promise<PostStoreFixture>): void {
  const { fixture, posts, now, store, judgement, judge } = usePosts(open);

  describe('search', () => {
    const tokens = ['图书馆', '延长', '开放', '时间'];
    const query = (words: string[], more: object = {}) =>
      posts().search({ words, accessClasses: ['open'], now: now(), cursor: null, limit: 10, ...more });

    it('finds posts that hold every word, newest first, in stable pages', async () => {
      for (const externalId of ['1', '2', '3', '4', '5']) {
        const publishedAt = externalId < '4' ? '2026-02-01T00:00:00.000Z' : '2026-01-01T00:00:00.000Z';
        await store(buildGathered({ externalId, publishedAt }));
        await judge(judgement(externalId, buildVerdict(), 1, tokens));
      }
      expect((await query(['图书馆', '食堂'])).items).toEqual([]);
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await query(['图书馆', '开放'], { cursor, limit: 2 });
        seen.push(...page.items.map((post) => post.externalId));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(seen).toHaveLength(5);
      expect(new Set(seen.slice(0, 3))).toEqual(new Set(['1', '2', '3']));
    });

    it('leaves out what holds an unwanted word, or lies outside the days asked for', async () => {
      for (const [externalId, day] of ['01', '05', '09'].entries()) {
        await store(
          buildGathered({ externalId: `${externalId}`, publishedAt: `2026-02-${day}T00:00:00.000Z` }),
        );
        const more = externalId === 1 ? ['自习'] : [];
        await judge(judgement(`${externalId}`, buildVerdict(), 1, [...tokens, ...more]));
      }
      const ids = async (more: object) =>
        (await query(['图书馆'], more)).items.map(({ externalId }) => externalId);
      expect(await ids({ without: ['自习', '食堂'] })).toEqual(['2', '0']);
      expect(await ids({ from: '2026-02-05T00:00:00.000Z' })).toEqual(['2', '1']);
      expect(await ids({ to: '2026-02-05T00:00:00.000Z' })).toEqual(['0']);
      await posts().mergeIndex(10);
      expect(await ids({ without: ['自习'], from: '2026-02-02T00:00:00.000Z' })).toEqual(['2']);
    });

    it('finds words whatever their case, and the parts of a word that holds signs', async () => {
      await store(buildGathered({ externalId: '1' }));
      await judge(judgement('1', buildVerdict(), 1, ['WiFi', 'canglan.example', '3.5']));
      for (const words of [['wifi'], ['WIFI'], ['canglan'], ['Canglan.Example'], ['3.5'], ['5', 'wifi']]) {
        expect((await query(words)).items, words.join()).toHaveLength(1);
      }
      expect((await query(['wi'])).items).toEqual([]);
    });

    it('finds an edited text by its new words only, once it is judged', async () => {
      await store(buildGathered({ externalId: '1' }));
      await judge(judgement('1', buildVerdict(), 1, tokens));
      await store(buildGathered({ externalId: '1', text: '改过的正文' }));
      await judge(judgement('1', buildVerdict(), 2, ['改过', '正文']));
      expect((await query(['图书馆'])).items).toEqual([]);
      expect((await query(['正文'])).items).toHaveLength(1);
    });

    it('takes any text as words, never as query syntax', async () => {
      await store(buildGathered({ externalId: '1' }));
      await judge(judgement('1', buildVerdict(), 1, [...tokens, 'a"b', 'OR']));
      for (const odd of ['"', 'NEAR(', '*', 'tokens:', 'a OR b', "';--", '^图', '']) {
        expect(Array.isArray((await query([odd])).items), odd).toBe(true);
      }
      expect((await query([])).items).toEqual([]);
      await expect(query(['图书馆'], { cursor: 'x' })).rejects.toThrow(InvalidInput);
    });
  });

  describe('mergeIndex', () => {
    const many = ['1', '2', '3', '4', '5', '6', '7'];
    const find = async (words: string[], more: object = {}) => {
      const found: string[] = [];
      let cursor: string | null = null;
      do {
        const query = { words, accessClasses: ['open'] as const, now: now(), cursor, limit: 3, ...more };
        const page = await posts().search(query);
        found.push(...page.items.map((post) => post.externalId));
        cursor = page.nextCursor;
      } while (cursor !== null);
      return found;
    };
    const judgeMany = async () => {
      await store(...many.map((externalId) => buildGathered({ externalId })));
      await judge(...many.map((id) => judgement(id, buildVerdict(), 1, ['图书馆', '开放', `词${id}`])));
    };
    const mergeAll = async () => {
      let merged = 0;
      for (let more = await posts().mergeIndex(3); more > 0; more = await posts().mergeIndex(3))
        merged += more;
      return merged;
    };

    it('changes nothing about what is found, before, between and after, also within pages', async () => {
      await judgeMany();
      const expected = [...many].reverse();
      expect(await find(['图书馆', '开放'])).toEqual(expected);
      const query = { words: ['图书馆'], accessClasses: ['open'] as const, now: now(), limit: 4 };
      const first = await posts().search({ ...query, cursor: null });
      for (let bite = 0; bite < 4; bite += 1) {
        await posts().mergeIndex(2);
        expect(await find(['开放', '图书馆'])).toEqual(expected);
        expect(await find(['图书馆', '词3'])).toEqual(['3']);
        expect(await find(['图书馆', '食堂'])).toEqual([]);
        const second = await posts().search({ ...query, cursor: first.nextCursor });
        expect([...first.items, ...second.items].map((post) => post.externalId)).toEqual(expected);
      }
      expect(await posts().mergeIndex(2)).toBe(0);
    });

    it('touches nothing while no more is in haste than may be left', async () => {
      await judgeMany();
      expect(await posts().mergeIndex(10, many.length)).toBe(0);
      const merged = await posts().mergeIndex(10, many.length - 2);
      expect([0, 2]).toContain(merged);
      expect(await mergeAll()).toBe(merged === 0 ? 0 : many.length - 2);
      expect(await find(['图书馆'])).toHaveLength(many.length);
    });

    it('is harmless when two do it at once', async () => {
      await judgeMany();
      const both = await Promise.all([mergeAll(), mergeAll()]);
      const merged = both[0] + both[1] + (await mergeAll());
      expect([0, many.length]).toContain(merged);
      expect(await find(['图书馆'])).toEqual([...many].reverse());
    });

    it.each([
      { when: 'before', before: true },
      { when: 'after', before: false },
    ])('keeps to what was edited, reclassed, dated and erased $when it', async ({ before }) => {
      await judgeMany();
      await store(buildGathered({ externalId: 'c', kind: 'comment' }));
      await judge({ ...judgement('c', buildVerdict(), 1, ['图书馆']), postId: 'main-site:comment:c' });
      if (!before) await mergeAll();
      await store(
        buildGathered({ externalId: '1', text: '改过的正文' }),
        buildGathered({ externalId: '2', text: '要紧的正文' }),
      );
      const strict = buildQueuedVerdict({ accessClass: 'safety', queues: ['safety'] });
      await judge(
        judgement('1', buildVerdict(), 2, ['改过', '正文']),
        judgement('2', strict, 2, ['图书馆', '要紧']),
      );
      await posts().markDeleted('main-site:article:3', now());
      fixture().clock.advance(90 * dayMs);
      await purgeOnce(fixture().retention, now());
      for (let round = 0; round < 2; round += 1) {
        expect(await find(['图书馆'])).toEqual(['7', '6', '5', '4', '3']);
        expect(await find(['正文'])).toEqual(['1']);
        expect(await find(['图书馆'], { accessClasses: ['safety'] })).toEqual(['2']);
        expect(await find(['图书馆'], { now: '2029-03-02T00:00:00.000Z' })).toEqual(['7', '6', '5', '4']);
        await mergeAll();
      }
    });
  });
}
