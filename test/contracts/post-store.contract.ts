import { describe, expect, it } from 'vitest';
import { buildDecisionCommand, reviewer } from '../builders/case.ts';
import { buildGathered, buildQueuedVerdict, buildVerdict } from '../builders/post.ts';
import { dayMs, everything, type PostStoreFixture, usePosts } from './post-scene.ts';
import { purgeOnce } from './retention-store.contract.ts';

export function postStoreContract(open: () => Promise<PostStoreFixture>): void {
  const { fixture, posts, now, store, judgement, judge, openCases } = usePosts(open);

  describe('storePosts', () => {
    it('keeps one post per natural key, and says what became of each item', async () => {
      const one = buildGathered({ externalId: '1' });
      expect(await store(one, one, buildGathered({ externalId: '2' }))).toEqual([
        'created',
        'unchanged',
        'created',
      ]);
      expect(await store({ ...one, metrics: { views: 7 } })).toEqual(['unchanged']);
      expect(await posts().countStates()).toEqual({ pending: 2, judged: 0, failed: 0 });
      expect((await posts().findPost('main-site:article:1'))?.metrics).toEqual({ views: 7 });
    });

    it('makes a new text version of an edit and keeps the old one', async () => {
      const long = `${'长文本含生僻字𠮷与表情🧑‍🏫，'.repeat(2000)}结束`;
      await store(buildGathered({ externalId: '1' }));
      expect(await store(buildGathered({ externalId: '1', text: long }))).toEqual(['edited']);
      const post = await posts().findPost('main-site:article:1');
      expect(post).toMatchObject({ textVersion: 2, marks: ['source-edited'], state: 'pending' });
      expect((await posts().findText('main-site:article:1', everything))?.text).toBe(long);
      const first = await posts().findText('main-site:article:1', { ...everything, textVersion: 1 });
      expect(first?.text).toBe('自下周一起，图书馆一层自习区开放至二十三点。');
    });

    it('computes the hour of a Shanghai clock, and uses the day of gathering where no date is known', async () => {
      await store(
        buildGathered({ externalId: '1', publishedAt: '2026-11-19T16:30:00.000Z' }),
        buildGathered({ externalId: '2', publishedAt: null, publishedPrecision: null }),
      );
      expect((await posts().findPost('main-site:article:1'))?.bucketHour).toBe('2026-11-20T00');
      const undated = await posts().findPost('main-site:article:2');
      expect(undated?.bucketHour).toBe('2026-03-02T08');
      expect(undated).toMatchObject({ publishedAt: null, publishedPrecision: null });
    });

    it('classes and dates every text by its kind', async () => {
      await store(
        buildGathered({ externalId: '1' }),
        buildGathered({ externalId: 'c', kind: 'comment', title: '' }),
      );
      const article = await posts().findText('main-site:article:1', everything);
      expect(article).toMatchObject({ accessClass: 'open', retentionClass: 'own-article', expiresAt: null });
      const comment = await posts().findText('main-site:comment:c', everything);
      expect(comment).toMatchObject({ retentionClass: 'comment', expiresAt: '2026-05-31T00:00:00.000Z' });
    });
  });

  describe('a post that has come further', () => {
    const liked = (likes: number) => buildGathered({ externalId: '1', metrics: { likes } });
    const risky = (score: number) => buildQueuedVerdict({ risk: { score, level: 'watch', parts: {} } });
    const due = () => posts().listDue(now(), 10);

    it('is judged again while a person has to decide it, and its case rises in place', async () => {
      await store(liked(0));
      await judge(judgement('1', risky(32)));
      await store(liked(2));
      expect(await due()).toEqual([]);
      expect(await store(liked(500))).toEqual(['unchanged']);
      expect(await due()).toEqual(['main-site:article:1']);
      const [loaded] = await posts().loadDue(await due(), now());
      expect(loaded).toMatchObject({ metrics: { likes: 500 }, metricsAt: now(), textVersion: 1 });
      await judge(judgement('1', risky(41)));
      expect(await due()).toEqual([]);
      const [raised] = await openCases();
      expect(raised).toMatchObject({ riskScore: 41, textVersion: 1, version: 2 });
      const events = await fixture().cases.listEvents(raised?.id ?? '', everything);
      expect(events.map(({ kind }) => kind)).toEqual(['opened', 'reach-grown']);
      expect(await posts().findVerdict('main-site:article:1', 1)).toMatchObject({ risk: { score: 41 } });
    });

    it('never lowers its case, and asks for nothing when its numbers stand still or fall', async () => {
      await store(liked(0));
      await judge(judgement('1', risky(40)));
      await store(liked(500));
      await judge(judgement('1', risky(35)));
      expect((await openCases())[0]).toMatchObject({ riskScore: 40, version: 1 });
      await store(liked(500));
      await store(liked(3));
      expect(await due()).toEqual([]);
    });

    it('without a case it is left alone', async () => {
      await store(liked(0));
      await judge(judgement('1', buildVerdict()));
      await store(liked(100_000));
      expect(await due()).toEqual([]);
      expect((await posts().findPost('main-site:article:1'))?.metrics).toEqual({ likes: 100_000 });
    });
  });

  describe('due posts', () => {
    it('lists what waits, loads it with its newest text, and forgets it once judged', async () => {
      await store(buildGathered({ externalId: '1' }), buildGathered({ externalId: '2' }));
      const due = await posts().listDue(now(), 10);
      expect(due).toEqual(['main-site:article:1', 'main-site:article:2']);
      expect(await posts().listDue(now(), 1)).toHaveLength(1);
      const loaded = await posts().loadDue([...due, 'main-site:article:absent'], now());
      expect(loaded.map((each) => each.postId)).toEqual(due);
      await judge(judgement('1', buildVerdict()));
      expect(await posts().listDue(now(), 10)).toEqual(['main-site:article:2']);
      expect((await posts().loadDue(due, now())).map((each) => each.postId)).toEqual(['main-site:article:2']);
    });

    const fail = (retryAt: string | null, textVersion = 1) =>
      posts().markFailed({
        postId: 'main-site:article:1',
        textVersion,
        reason: 'segmenter stopped',
        retryAt,
      });

    it('keeps a failure with its reason, due again when told, or never', async () => {
      await store(buildGathered({ externalId: '1' }));
      const later = new Date(Date.parse(now()) + 1000).toISOString();
      await fail(later);
      expect((await posts().findPost('main-site:article:1'))?.state).toBe('failed');
      expect(await posts().listDue(now(), 10)).toEqual([]);
      expect(await posts().listDue(later, 10)).toEqual(['main-site:article:1']);
      await fail(null);
      expect(await posts().listDue('2099-01-01T00:00:00.000Z', 10)).toEqual([]);
    });

    it('puts off no newer text for the failure of an earlier one', async () => {
      await store(buildGathered({ externalId: '1' }));
      await store(buildGathered({ externalId: '1', text: '改过的正文' }));
      const later = new Date(Date.parse(now()) + 1000).toISOString();
      await fail(later);
      expect((await posts().findPost('main-site:article:1'))?.state).toBe('pending');
      expect(await posts().listDue(now(), 10)).toEqual(['main-site:article:1']);
      await fail(later, 2);
      expect(await posts().listDue(now(), 10)).toEqual([]);
    });

    it('keeps what was judged when the failure of another worker comes late', async () => {
      await store(buildGathered({ externalId: '1' }));
      await judge(judgement('1', buildVerdict()));
      await fail(now());
      expect((await posts().findPost('main-site:article:1'))?.state).toBe('judged');
      expect(await posts().listDue(now(), 10)).toEqual([]);
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
      await judge({ ...needsPerson, caseId: fixture().clock.newId() });
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
      expect(await posts().findVerdict('main-site:article:1', 1)).toEqual(buildQueuedVerdict());
      expect(await posts().countStates()).toEqual({ pending: 0, judged: 2, failed: 0 });
    });

    it('drops a judgement of an older text', async () => {
      await store(buildGathered({ externalId: '1' }));
      await store(buildGathered({ externalId: '1', text: '改过的正文' }));
      expect(await judge(judgement('1', buildQueuedVerdict(), 1))).toEqual([]);
      expect((await posts().findPost('main-site:article:1'))?.state).toBe('pending');
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
      const events = await fixture().cases.listEvents(only?.id ?? '', everything);
      expect(events.map((event) => event.kind)).toEqual(['opened', 'source-edited']);
    });

    it('links a decided case to a new one when its source was edited', async () => {
      await store(buildGathered({ externalId: '1' }));
      const [first = ''] = await judge(judgement('1', buildQueuedVerdict()));
      const command = buildDecisionCommand({ commandId: fixture().clock.newId(), caseId: first });
      await fixture().cases.recordDecision(command, reviewer, now());
      await store(buildGathered({ externalId: '1', text: '改过的正文' }));
      const [second = ''] = await judge(judgement('1', buildQueuedVerdict(), 2));
      expect(await fixture().cases.findCase(second, everything)).toMatchObject({
        previousCaseId: first,
        textVersion: 2,
      });
      expect((await fixture().cases.findCase(first, everything))?.state).toBe('decided');
    });

    it('puts a text of a stricter class out of the sight of others', async () => {
      await store(buildGathered({ externalId: '1' }));
      await judge(
        judgement('1', buildQueuedVerdict({ accessClass: 'safety', queues: ['safety'] }), 1, ['图书馆']),
      );
      expect(await posts().findText('main-site:article:1', { accessClasses: ['open', 'victim'] })).toBeNull();
      expect(await posts().findText('main-site:article:1', everything)).not.toBeNull();
      const search = { words: ['图书馆'], cursor: null, limit: 10, now: now() };
      expect((await posts().search({ ...search, accessClasses: ['open', 'victim'] })).items).toEqual([]);
      expect((await posts().search({ ...search, ...everything })).items).toHaveLength(1);
    });

    it('gives noise its short life', async () => {
      await store(buildGathered({ externalId: 'n', kind: 'comment' }));
      const noise = { ...judgement('n', buildVerdict({ noise: true })), postId: 'main-site:comment:n' };
      await judge(noise);
      const text = await posts().findText('main-site:comment:n', everything);
      expect(text).toMatchObject({ retentionClass: 'noise', expiresAt: '2026-03-09T00:00:00.000Z' });
    });
  });

  describe('retention', () => {
    it('erases what has expired and keeps the text-free row', async () => {
      const snapshot = 'a'.repeat(64);
      const comment = buildGathered({ externalId: 'c', kind: 'comment', title: '' });
      await posts().storePosts([{ post: comment, snapshotHash: snapshot }], now());
      await store(buildGathered({ externalId: '1' }));
      await judge({ ...judgement('c', buildQueuedVerdict(), 1, ['自习']), postId: 'main-site:comment:c' });
      const [open] = await openCases();
      const note = buildDecisionCommand({
        commandId: fixture().clock.newId(),
        caseId: open?.id ?? '',
        note: '引文',
      });
      await fixture().cases.recordDecision(note, reviewer, now());

      fixture().clock.advance(90 * dayMs - 1);
      expect(await purgeOnce(fixture().retention, now())).toMatchObject({ texts: 0, notes: 0 });
      fixture().clock.advance(1);
      expect((await fixture().retention.listExpired(now(), 10)).snapshots).toEqual([
        { retentionClass: 'comment', hash: snapshot },
      ]);
      expect(await purgeOnce(fixture().retention, now())).toMatchObject({
        texts: 1,
        notes: 1,
        cases: 0,
      });
      expect(await posts().findText('main-site:comment:c', everything)).toBeNull();
      expect((await posts().findPost('main-site:comment:c'))?.marks).toEqual(['text-erased']);
      expect(
        (await posts().search({ words: ['自习'], ...everything, now: now(), cursor: null, limit: 5 })).items,
      ).toEqual([]);
      expect(await posts().findText('main-site:article:1', everything)).not.toBeNull();
      expect(
        (await fixture().cases.listEvents(open?.id ?? '', everything)).map((event) => event.note),
      ).toEqual([null, null]);
    });

    it('hides an expired text from the very instant, before the purge has come by', async () => {
      await store(buildGathered({ externalId: 'c', kind: 'comment' }));
      await judge({ ...judgement('c', buildVerdict(), 1, ['自习']), postId: 'main-site:comment:c' });
      fixture().clock.advance(90 * dayMs);
      expect(await posts().findText('main-site:comment:c', everything)).toBeNull();
      expect(
        (await posts().search({ words: ['自习'], ...everything, now: now(), cursor: null, limit: 5 })).items,
      ).toEqual([]);
    });

    it('starts the three years of an own article when it is gone from the site', async () => {
      await store(buildGathered({ externalId: '1' }));
      await posts().markDeleted('main-site:article:1', now());
      await posts().markDeleted('main-site:article:1', '2026-09-09T00:00:00.000Z');
      const text = await posts().findText('main-site:article:1', everything);
      expect(text?.expiresAt).toBe('2029-03-02T00:00:00.000Z');
      expect((await posts().findPost('main-site:article:1'))?.marks).toEqual(['source-deleted']);
      expect(await store(buildGathered({ externalId: '1' }))).toEqual(['unchanged']);
      expect((await posts().findPost('main-site:article:1'))?.marks).toEqual([]);
      expect((await posts().findText('main-site:article:1', everything))?.expiresAt).toBeNull();
    });

    it('removes a case record and its events after three years', async () => {
      await store(buildGathered({ externalId: '1' }));
      const [id = ''] = await judge(judgement('1', buildQueuedVerdict()));
      fixture().clock.advance(1096 * dayMs);
      expect((await purgeOnce(fixture().retention, now())).cases).toBe(1);
      expect(await fixture().cases.findCase(id, everything)).toBeNull();
    });
  });
}
