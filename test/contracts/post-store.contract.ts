import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InvalidInput } from '../../pipeline/domain/errors.ts';
import type { GatheredPost } from '../../pipeline/domain/post.ts';
import type { Verdict } from '../../pipeline/domain/verdict.ts';
import type { CaseStore } from '../../pipeline/ports/case-store.ts';
import type { Judgement, PostStore } from '../../pipeline/ports/post-store.ts';
import type { RetentionStore } from '../../pipeline/ports/retention-store.ts';
import { buildDecisionCommand, reviewer } from '../builders/case.ts';
import { buildGathered, buildQueuedVerdict, buildVerdict } from '../builders/post.ts';
import type { FakeClock } from '../harness/fake-clock.ts';

export interface PostStoreFixture {
  posts: PostStore;
  cases: CaseStore;
  retention: RetentionStore;
  clock: FakeClock;
  close(): Promise<void>;
}

const all = ['open', 'victim', 'safety'] as const;
const everything = { accessClasses: all };
const dayMs = 86_400_000;

export function postStoreContract(open: () => Promise<PostStoreFixture>): void {
  let fixture: PostStoreFixture;
  let posts: PostStore;
  beforeEach(async () => {
    fixture = await open();
    posts = fixture.posts;
  });
  afterEach(() => fixture.close());

  const now = () => fixture.clock.now();
  const store = (...items: GatheredPost[]) =>
    posts.storePosts(
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
    caseId: fixture.clock.newId(),
  });
  const judge = (...judgements: Judgement[]) => posts.storeJudgements(judgements, now());
  const openCases = async () =>
    (
      await fixture.cases.listQueue({
        queue: 'review',
        states: ['open', 'reopened'],
        cursor: null,
        limit: 50,
        ...everything,
      })
    ).items;

  describe('storePosts', () => {
    it('keeps one post per natural key, and says what became of each item', async () => {
      const one = buildGathered({ externalId: '1' });
      expect(await store(one, one, buildGathered({ externalId: '2' }))).toEqual([
        'created',
        'unchanged',
        'created',
      ]);
      expect(await store({ ...one, metrics: { views: 7 } })).toEqual(['unchanged']);
      expect(await posts.countStates()).toEqual({ pending: 2, judged: 0, failed: 0 });
      expect((await posts.findPost('main-site:article:1'))?.metrics).toEqual({ views: 7 });
    });

    it('makes a new text version of an edit and keeps the old one', async () => {
      const long = `${'长文本含生僻字𠮷与表情🧑‍🏫，'.repeat(2000)}结束`;
      await store(buildGathered({ externalId: '1' }));
      expect(await store(buildGathered({ externalId: '1', text: long }))).toEqual(['edited']);
      const post = await posts.findPost('main-site:article:1');
      expect(post).toMatchObject({ textVersion: 2, marks: ['source-edited'], state: 'pending' });
      expect((await posts.findText('main-site:article:1', everything))?.text).toBe(long);
      const first = await posts.findText('main-site:article:1', { ...everything, textVersion: 1 });
      expect(first?.text).toBe('自下周一起，图书馆一层自习区开放至二十三点。');
    });

    it('computes the hour of a Shanghai clock, and uses the day of gathering where no date is known', async () => {
      await store(
        buildGathered({ externalId: '1', publishedAt: '2026-11-19T16:30:00.000Z' }),
        buildGathered({ externalId: '2', publishedAt: null, publishedPrecision: null }),
      );
      expect((await posts.findPost('main-site:article:1'))?.bucketHour).toBe('2026-11-20T00');
      const undated = await posts.findPost('main-site:article:2');
      expect(undated?.bucketHour).toBe('2026-03-02T08');
      expect(undated).toMatchObject({ publishedAt: null, publishedPrecision: null });
    });

    it('classes and dates every text by its kind', async () => {
      await store(
        buildGathered({ externalId: '1' }),
        buildGathered({ externalId: 'c', kind: 'comment', title: '' }),
      );
      const article = await posts.findText('main-site:article:1', everything);
      expect(article).toMatchObject({ accessClass: 'open', retentionClass: 'own-article', expiresAt: null });
      const comment = await posts.findText('main-site:comment:c', everything);
      expect(comment).toMatchObject({ retentionClass: 'comment', expiresAt: '2026-05-31T00:00:00.000Z' });
    });
  });

  describe('due posts', () => {
    it('lists what waits, loads it with its newest text, and forgets it once judged', async () => {
      await store(buildGathered({ externalId: '1' }), buildGathered({ externalId: '2' }));
      const due = await posts.listDue(now(), 10);
      expect(due).toEqual(['main-site:article:1', 'main-site:article:2']);
      expect(await posts.listDue(now(), 1)).toHaveLength(1);
      const loaded = await posts.loadDue([...due, 'main-site:article:absent'], now());
      expect(loaded.map((each) => each.postId)).toEqual(due);
      await judge(judgement('1', buildVerdict()));
      expect(await posts.listDue(now(), 10)).toEqual(['main-site:article:2']);
      expect((await posts.loadDue(due, now())).map((each) => each.postId)).toEqual(['main-site:article:2']);
    });

    it('keeps a failure with its reason, due again when told, or never', async () => {
      await store(buildGathered({ externalId: '1' }));
      const later = new Date(Date.parse(now()) + 1000).toISOString();
      await posts.markFailed('main-site:article:1', 'segmenter stopped', later);
      expect((await posts.findPost('main-site:article:1'))?.state).toBe('failed');
      expect(await posts.listDue(now(), 10)).toEqual([]);
      expect(await posts.listDue(later, 10)).toEqual(['main-site:article:1']);
      await posts.markFailed('main-site:article:1', 'gave up', null);
      expect(await posts.listDue('2099-01-01T00:00:00.000Z', 10)).toEqual([]);
    });

    it('keeps what was judged when the failure of another worker comes late', async () => {
      await store(buildGathered({ externalId: '1' }));
      await judge(judgement('1', buildVerdict()));
      await posts.markFailed('main-site:article:1', 'gave up', now());
      expect((await posts.findPost('main-site:article:1'))?.state).toBe('judged');
      expect(await posts.listDue(now(), 10)).toEqual([]);
    });
  });

  describe('storeJudgements', () => {
    it('opens one case for what needs a person, also when delivered twice or at once', async () => {
      await store(buildGathered({ externalId: '1' }), buildGathered({ externalId: '2' }));
      const needsPerson = judgement('1', buildQueuedVerdict());
      const opened = await Promise.all([
        judge(needsPerson, judgement('2', buildVerdict())),
        judge(needsPerson),
      ]);
      expect(opened.flat()).toEqual([needsPerson.caseId]);
      await judge({ ...needsPerson, caseId: fixture.clock.newId() });
      const [only, ...others] = await openCases();
      expect(others).toEqual([]);
      expect(only).toMatchObject({
        id: needsPerson.caseId,
        state: 'open',
        queues: ['review'],
        riskScore: 32,
        categories: ['unverified-claim'],
        postIds: ['main-site:article:1'],
        textVersion: 1,
      });
      expect(await posts.findVerdict('main-site:article:1', 1)).toEqual(buildQueuedVerdict());
      expect(await posts.countStates()).toEqual({ pending: 0, judged: 2, failed: 0 });
    });

    it('drops a judgement of an older text', async () => {
      await store(buildGathered({ externalId: '1' }));
      await store(buildGathered({ externalId: '1', text: '改过的正文' }));
      expect(await judge(judgement('1', buildQueuedVerdict(), 1))).toEqual([]);
      expect((await posts.findPost('main-site:article:1'))?.state).toBe('pending');
      expect(await judge(judgement('1', buildQueuedVerdict(), 2))).toHaveLength(1);
    });

    it('brings an undecided case up to date when its source was edited', async () => {
      await store(buildGathered({ externalId: '1' }));
      await judge(judgement('1', buildQueuedVerdict()));
      await store(buildGathered({ externalId: '1', text: '改过的正文' }));
      const worse = buildQueuedVerdict({ risk: { score: 70, level: 'important', parts: { severity: 70 } } });
      expect(await judge(judgement('1', worse, 2))).toEqual([]);
      const [only, ...others] = await openCases();
      expect(others).toEqual([]);
      expect(only).toMatchObject({ version: 2, riskScore: 70, textVersion: 2 });
      const events = await fixture.cases.listEvents(only?.id ?? '', everything);
      expect(events.map((event) => event.kind)).toEqual(['opened', 'source-edited']);
    });

    it('links a decided case to a new one when its source was edited', async () => {
      await store(buildGathered({ externalId: '1' }));
      const [first = ''] = await judge(judgement('1', buildQueuedVerdict()));
      const command = buildDecisionCommand({ commandId: fixture.clock.newId(), caseId: first });
      await fixture.cases.recordDecision(command, reviewer, now());
      await store(buildGathered({ externalId: '1', text: '改过的正文' }));
      const [second = ''] = await judge(judgement('1', buildQueuedVerdict(), 2));
      expect(await fixture.cases.findCase(second, everything)).toMatchObject({
        previousCaseId: first,
        textVersion: 2,
      });
      expect((await fixture.cases.findCase(first, everything))?.state).toBe('decided');
    });

    it('puts a text of a stricter class out of the sight of others', async () => {
      await store(buildGathered({ externalId: '1' }));
      await judge(
        judgement('1', buildQueuedVerdict({ accessClass: 'safety', queues: ['safety'] }), 1, ['图书馆']),
      );
      expect(await posts.findText('main-site:article:1', { accessClasses: ['open', 'victim'] })).toBeNull();
      expect(await posts.findText('main-site:article:1', everything)).not.toBeNull();
      const search = { words: ['图书馆'], cursor: null, limit: 10, now: now() };
      expect((await posts.search({ ...search, accessClasses: ['open', 'victim'] })).items).toEqual([]);
      expect((await posts.search({ ...search, ...everything })).items).toHaveLength(1);
    });

    it('gives noise its short life', async () => {
      await store(buildGathered({ externalId: 'n', kind: 'comment' }));
      const noise = { ...judgement('n', buildVerdict({ noise: true })), postId: 'main-site:comment:n' };
      await judge(noise);
      const text = await posts.findText('main-site:comment:n', everything);
      expect(text).toMatchObject({ retentionClass: 'noise', expiresAt: '2026-03-09T00:00:00.000Z' });
    });
  });

  describe('search', () => {
    const tokens = ['图书馆', '延长', '开放', '时间'];
    const query = (words: string[], more: object = {}) =>
      posts.search({ words, accessClasses: ['open'], now: now(), cursor: null, limit: 10, ...more });

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
        const page = await posts.search(query);
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
      for (let more = await posts.mergeIndex(3); more > 0; more = await posts.mergeIndex(3)) merged += more;
      return merged;
    };

    it('changes nothing about what is found, before, between and after, also within pages', async () => {
      await judgeMany();
      const expected = [...many].reverse();
      expect(await find(['图书馆', '开放'])).toEqual(expected);
      const query = { words: ['图书馆'], accessClasses: ['open'] as const, now: now(), limit: 4 };
      const first = await posts.search({ ...query, cursor: null });
      for (let bite = 0; bite < 4; bite += 1) {
        await posts.mergeIndex(2);
        expect(await find(['开放', '图书馆'])).toEqual(expected);
        expect(await find(['图书馆', '词3'])).toEqual(['3']);
        expect(await find(['图书馆', '食堂'])).toEqual([]);
        const second = await posts.search({ ...query, cursor: first.nextCursor });
        expect([...first.items, ...second.items].map((post) => post.externalId)).toEqual(expected);
      }
      expect(await posts.mergeIndex(2)).toBe(0);
    });

    it('touches nothing while no more is in haste than may be left', async () => {
      await judgeMany();
      expect(await posts.mergeIndex(10, many.length)).toBe(0);
      const merged = await posts.mergeIndex(10, many.length - 2);
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
      await posts.markDeleted('main-site:article:3', now());
      fixture.clock.advance(90 * dayMs);
      await fixture.retention.purgeExpired(now(), 100);
      for (let round = 0; round < 2; round += 1) {
        expect(await find(['图书馆'])).toEqual(['7', '6', '5', '4', '3']);
        expect(await find(['正文'])).toEqual(['1']);
        expect(await find(['图书馆'], { accessClasses: ['safety'] })).toEqual(['2']);
        expect(await find(['图书馆'], { now: '2029-03-02T00:00:00.000Z' })).toEqual(['7', '6', '5', '4']);
        await mergeAll();
      }
    });
  });

  describe('retention', () => {
    it('erases what has expired and keeps the text-free row', async () => {
      const snapshot = 'a'.repeat(64);
      const comment = buildGathered({ externalId: 'c', kind: 'comment', title: '' });
      await posts.storePosts([{ post: comment, snapshotHash: snapshot }], now());
      await store(buildGathered({ externalId: '1' }));
      await judge({ ...judgement('c', buildQueuedVerdict(), 1, ['自习']), postId: 'main-site:comment:c' });
      const [open] = await openCases();
      const note = buildDecisionCommand({
        commandId: fixture.clock.newId(),
        caseId: open?.id ?? '',
        note: '引文',
      });
      await fixture.cases.recordDecision(note, reviewer, now());

      fixture.clock.advance(90 * dayMs - 1);
      expect(await fixture.retention.purgeExpired(now(), 100)).toMatchObject({ texts: 0, notes: 0 });
      fixture.clock.advance(1);
      expect(await fixture.retention.listExpiredSnapshots(now(), 10)).toEqual([
        { retentionClass: 'comment', hash: snapshot },
      ]);
      expect(await fixture.retention.purgeExpired(now(), 100)).toMatchObject({
        texts: 1,
        notes: 1,
        cases: 0,
      });
      expect(await posts.findText('main-site:comment:c', everything)).toBeNull();
      expect((await posts.findPost('main-site:comment:c'))?.marks).toEqual(['text-erased']);
      expect(
        (await posts.search({ words: ['自习'], ...everything, now: now(), cursor: null, limit: 5 })).items,
      ).toEqual([]);
      expect(await posts.findText('main-site:article:1', everything)).not.toBeNull();
      expect((await fixture.cases.listEvents(open?.id ?? '', everything)).map((event) => event.note)).toEqual(
        [null, null],
      );
    });

    it('hides an expired text from the very instant, before the purge has come by', async () => {
      await store(buildGathered({ externalId: 'c', kind: 'comment' }));
      await judge({ ...judgement('c', buildVerdict(), 1, ['自习']), postId: 'main-site:comment:c' });
      fixture.clock.advance(90 * dayMs);
      expect(await posts.findText('main-site:comment:c', everything)).toBeNull();
      expect(
        (await posts.search({ words: ['自习'], ...everything, now: now(), cursor: null, limit: 5 })).items,
      ).toEqual([]);
    });

    it('starts the three years of an own article when it is gone from the site', async () => {
      await store(buildGathered({ externalId: '1' }));
      await posts.markDeleted('main-site:article:1', now());
      await posts.markDeleted('main-site:article:1', '2026-09-09T00:00:00.000Z');
      const text = await posts.findText('main-site:article:1', everything);
      expect(text?.expiresAt).toBe('2029-03-02T00:00:00.000Z');
      expect((await posts.findPost('main-site:article:1'))?.marks).toEqual(['source-deleted']);
      expect(await store(buildGathered({ externalId: '1' }))).toEqual(['unchanged']);
      expect((await posts.findPost('main-site:article:1'))?.marks).toEqual([]);
      expect((await posts.findText('main-site:article:1', everything))?.expiresAt).toBeNull();
    });

    it('removes a case record and its events after three years', async () => {
      await store(buildGathered({ externalId: '1' }));
      const [id = ''] = await judge(judgement('1', buildQueuedVerdict()));
      fixture.clock.advance(1096 * dayMs);
      expect((await fixture.retention.purgeExpired(now(), 100)).cases).toBe(1);
      expect(await fixture.cases.findCase(id, everything)).toBeNull();
    });
  });
}
