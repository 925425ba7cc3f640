import { describe, expect, it } from 'vitest';
import { Conflict, InvalidInput, NotFound, NotPermitted } from '../../pipeline/domain/errors.ts';
import type { Verdict } from '../../pipeline/domain/verdict.ts';
import type { Judgement } from '../../pipeline/ports/post-store.ts';
import { buildDecisionCommand, reviewer, safetyOfficer } from '../builders/case.ts';
import { copy, other, text } from '../builders/copies.ts';
import { buildFinding, buildGathered, buildQueuedVerdict, buildVerdict } from '../builders/post.ts';
import { useCopies } from './copy-scene.ts';
import { dayMs, type PostStoreFixture } from './post-scene.ts';

/** How near copies come together; the two stores decide nothing here, but each finds and writes in its own way. */
export function nearCopiesContract(open: () => Promise<PostStoreFixture>): void {
  const { fixture, posts, now, judge, openCases, idOf, gather, judged, bring, find, eventsOf, decide } =
    useCopies(open);

  describe('near copies', () => {
    it('join the case that waits, which says so and counts them', async () => {
      const [id = ''] = await bring('1', text);
      expect(await bring('2', copy)).toEqual([]);
      const [only, ...more] = await openCases();
      expect(more).toEqual([]);
      expect(only).toMatchObject({ id, version: 2, postIds: [idOf('1'), idOf('2')], textVersion: 1 });
      expect((await eventsOf(id)).map(({ kind, postId, inherits }) => [kind, postId, inherits])).toEqual([
        ['opened', null, null],
        ['joined', idOf('2'), null],
      ]);
    });

    it('are one case when they come in one batch, delivered twice', async () => {
      await gather('1', text);
      await gather('2', copy);
      const batch = [judged('1', text), judged('2', copy)];
      expect(await judge(...batch)).toHaveLength(1);
      expect(await judge(...batch)).toEqual([]);
      expect(await openCases()).toMatchObject([{ version: 2, postIds: [idOf('1'), idOf('2')] }]);
    });

    it('are one case when several workers bring them at once', { timeout: 60_000 }, async () => {
      const ids = ['1', '2', '3', '4'];
      for (const id of ids) await gather(id, text);
      const opened = await Promise.all(ids.map((id) => judge(judged(id, text))));
      expect(opened.flat()).toHaveLength(1);
      const [only, ...more] = await openCases();
      expect(more).toEqual([]);
      expect(only?.version).toBe(4);
      expect([...(only?.postIds ?? [])].sort()).toEqual(ids.map((id) => idOf(id)));
    });

    it('raise the risk by their reach, and never lower it', async () => {
      const [id = ''] = await bring('1', text);
      const risk = { score: 66, level: 'important', parts: { severity: 32, reach: 34 } } as const;
      await bring('2', copy, { verdict: buildQueuedVerdict({ risk }) });
      await bring('3', copy);
      expect(await find(id)).toMatchObject({ riskScore: 66, level: 'important', version: 3 });
    });

    it('are none where another place is meant, or the words are those of another matter', async () => {
      await bring('1', text);
      expect(await bring('2', other)).toHaveLength(1);
      expect(
        await bring(
          '3',
          '快递柜什么时候修好呀，取件码一直显示失效，客服电话占线，已经跑了三趟还是没拿到，哪位知道怎么办？',
        ),
      ).toHaveLength(1);
    });

    it('of a short text are only the very same', async () => {
      const [id = ''] = await bring('1', '热水又没了');
      expect(await bring('2', '热水又没了！')).toHaveLength(1);
      expect(await bring('3', '热水又没了')).toEqual([]);
      expect((await find(id))?.postIds).toEqual([idOf('1'), idOf('3')]);
    });

    it('never join where life may be in danger, nor does anything join such a case', async () => {
      const finding = buildFinding({ category: 'emergency', confidence: 0.3 });
      const danger: Partial<Verdict>[] = [
        { findings: [finding] },
        { lifeSafety: true, queues: ['safety', 'review'] },
        { accessClass: 'safety', queues: ['safety'] },
        { couldNotCheck: [{ stage: 'lexicon', reason: 'failed' }] },
      ];
      for (const [at, overrides] of danger.entries()) {
        const verdict = buildQueuedVerdict(overrides);
        expect(await bring(`d${at}`, text, { verdict })).toHaveLength(1);
        expect(await bring(`e${at}`, text, { verdict })).toHaveLength(1);
      }
      expect(await bring('plain', text)).toHaveLength(1);
    });

    it('do not join a case that a person has referred to those on duty, also after it came back', async () => {
      const [id = ''] = await bring('1', text);
      await decide(id, { kind: 'refer-safety', reason: 'safety-risk' });
      expect(await bring('2', copy)).toHaveLength(1);
      const back = { kind: 'return-from-safety', reason: 'misrouted' } as const;
      const command = buildDecisionCommand({
        commandId: fixture().clock.newId(),
        caseId: id,
        version: 2,
        ...back,
      });
      await fixture().cases.recordDecision(command, safetyOfficer, now());
      await bring('3', copy);
      expect((await find(id))?.postIds).toEqual([idOf('1')]);
    });

    it('keep to their own access class', async () => {
      const victim = buildQueuedVerdict({ accessClass: 'victim' });
      const [id = ''] = await bring('1', text, { verdict: victim });
      expect(await bring('2', copy)).toHaveLength(1);
      expect(await bring('3', copy, { verdict: victim })).toEqual([]);
      expect(await find(id)).toMatchObject({ accessClass: 'victim', postIds: [idOf('1'), idOf('3')] });
    });
  });

  it('a copy that comes further raises the risk of its case, and stays in it', async () => {
    const [id = ''] = await bring('1', text);
    await bring('2', copy);
    const further = async (likes: number, score: number) => {
      const post = buildGathered({
        externalId: '2',
        kind: 'comment',
        title: '',
        text: copy,
        metrics: { likes },
      });
      await posts().storePosts([{ post, snapshotHash: null }], now());
      expect(await posts().listDue(now(), 10)).toEqual([idOf('2')]);
      const risk = { score, level: 'watch', parts: {} } as const;
      expect(await judge(judged('2', copy, { verdict: buildQueuedVerdict({ risk }) }))).toEqual([]);
      return find(id);
    };
    expect(await further(500, 41)).toMatchObject({
      riskScore: 41,
      version: 3,
      postIds: [idOf('1'), idOf('2')],
    });
    expect(await further(50_000, 35)).toMatchObject({ riskScore: 41, version: 3 });
    expect((await eventsOf(id)).at(-1)?.kind).toBe('reach-grown');
  });

  describe('near copies of a decided case', () => {
    it('inherit the decision, and the case names it', async () => {
      const [id = ''] = await bring('1', text);
      const { event } = await decide(id);
      expect(await bring('2', copy)).toEqual([]);
      expect(await find(id)).toMatchObject({ state: 'decided', version: 3, decisionId: event.id });
      expect((await eventsOf(id)).at(-1)).toMatchObject({
        kind: 'joined',
        postId: idOf('2'),
        inherits: event.id,
      });
      expect(await openCases()).toEqual([]);
    });

    it('come back to a person with the others when the decision is taken back', async () => {
      const [id = ''] = await bring('1', text);
      const { event } = await decide(id);
      await bring('2', copy);
      const undo = { commandId: fixture().clock.newId(), caseId: id, decisionId: event.id, note: null };
      await fixture().cases.recordUndo({ ...undo, version: 3 }, reviewer, now());
      expect(await openCases()).toMatchObject([{ id, postIds: [idOf('1'), idOf('2')] }]);
    });

    it.each([
      [
        'when they say more than was decided on',
        { verdict: buildQueuedVerdict({ findings: [buildFinding({ category: 'fraud' })] }) },
      ],
      [
        'when they reach further',
        { verdict: buildQueuedVerdict({ risk: { score: 80, level: 'urgent', parts: {} } }) },
      ],
      [
        'when they ask for an answer',
        {
          verdict: buildQueuedVerdict({ service: { kind: 'complaint', topic: 'dormitory', confidence: 1 } }),
        },
      ],
    ])('wait for a person of their own %s', async (_name, overrides) => {
      const [first = ''] = await bring('1', text);
      await decide(first);
      const [second = ''] = await bring('2', copy, overrides);
      expect(await find(second)).toMatchObject({
        state: 'open',
        previousCaseId: first,
        postIds: [idOf('2')],
      });
    });

    it('wait for a person of their own a week later, and where it is about a person', async () => {
      const victim = buildQueuedVerdict({ accessClass: 'victim' });
      for (const [at, verdict] of [buildQueuedVerdict(), victim].entries()) {
        const [id = ''] = await bring(`a${at}`, text, { verdict });
        await decide(id);
        if (at === 0) fixture().clock.advance(8 * dayMs);
        const [own = ''] = await bring(`b${at}`, copy, { verdict });
        expect((await find(own))?.previousCaseId).toBe(id);
      }
    });

    it('of our own pages wait for a person each, since each has to be put right', async () => {
      await gather('1', text, 'article');
      const [id = ''] = await judge(judged('1', text, { postId: idOf('1', 'article') }));
      await decide(id);
      await gather('2', copy, 'article');
      expect(await judge(judged('2', copy, { postId: idOf('2', 'article') }))).toHaveLength(1);
    });
  });

  describe('an edited copy', () => {
    const edit = (externalId: string, body: string, overrides: Partial<Judgement> = {}) =>
      bring(externalId, body, { textVersion: 2, ...overrides });

    it('that says something else gets a case of its own, linked to the one where it was', async () => {
      const [id = ''] = await bring('1', text);
      await bring('2', copy);
      const [own = ''] = await edit('2', other);
      expect(await find(own)).toMatchObject({ previousCaseId: id, postIds: [idOf('2')], textVersion: 2 });
      expect(await find(id)).toMatchObject({ version: 2, postIds: [idOf('1')] });
    });

    it('that left follows the class of the case where it was no longer', async () => {
      const [id = ''] = await bring('1', text);
      await bring('2', copy);
      const danger = buildQueuedVerdict({ accessClass: 'safety', queues: ['safety'], lifeSafety: true });
      await edit('2', '今晚就不在了', { verdict: danger, fingerprint: null });
      await decide(id, { kind: 'refer-safety', reason: 'safety-risk' });
      const back = { kind: 'return-from-safety', reason: 'misrouted' } as const;
      const ids = { commandId: fixture().clock.newId(), caseId: id, version: 3 };
      await fixture().cases.recordDecision(buildDecisionCommand({ ...ids, ...back }), safetyOfficer, now());
      expect((await posts().findPost(idOf('1')))?.accessClass).toBe('open');
      expect((await posts().findPost(idOf('2')))?.accessClass).toBe('safety');
    });

    it('leaves while others join, in one batch', async () => {
      const [id = ''] = await bring('1', text);
      await bring('2', copy);
      await gather('2', other);
      await gather('3', copy);
      await judge(judged('2', other, { textVersion: 2 }), judged('3', copy));
      expect(await find(id)).toMatchObject({ version: 3, postIds: [idOf('1'), idOf('3')] });
    });

    it('that is a near copy still stays where it is', async () => {
      const [id = ''] = await bring('1', text);
      await bring('2', copy);
      expect(await edit('2', `${copy} 求扩散`)).toEqual([]);
      expect(await find(id)).toMatchObject({ version: 2, postIds: [idOf('1'), idOf('2')] });
    });

    it('stays out of sight where its case is with those on duty', async () => {
      const [id = ''] = await bring('1', text);
      await bring('2', copy);
      await decide(id, { kind: 'refer-safety', reason: 'safety-risk' });
      await bring('3', other);
      const [own = ''] = await edit('2', other);
      expect(await find(own)).toMatchObject({
        accessClass: 'safety',
        queues: ['safety'],
        previousCaseId: id,
      });
    });

    it('is compared with what the first text says now', async () => {
      const [id = ''] = await bring('1', text);
      await edit('1', other);
      expect(await bring('2', copy)).toHaveLength(1);
      expect(await bring('3', other)).toEqual([]);
      expect((await find(id))?.postIds).toEqual([idOf('1'), idOf('3')]);
    });

    it('that needs nobody any more leaves nothing to be found by', async () => {
      const [id = ''] = await bring('1', text);
      await decide(id);
      await edit('1', other, { verdict: buildVerdict(), fingerprint: null });
      expect(await bring('2', text)).toHaveLength(1);
    });
  });

  describe('a copy that a person parted', () => {
    const splitOff = (
      caseId: string,
      externalId: string,
      version: number,
      commandId = fixture().clock.newId(),
    ) =>
      fixture().cases.recordSplit(
        { commandId, caseId, version, postId: idOf(externalId), note: '不是一回事' },
        reviewer,
        now(),
      );
    const ownCase = async (externalId: string) =>
      (await openCases()).find(({ postIds }) => postIds[0] === idOf(externalId));

    it('waits in a case of its own, linked to the one it was in', async () => {
      const [id = ''] = await bring('1', text);
      await bring('2', copy);
      const { case: left, event } = await splitOff(id, '2', 2);
      expect(left).toMatchObject({ id, version: 3, postIds: [idOf('1')] });
      expect(await find(id)).toEqual(left);
      const own = await ownCase('2');
      expect(own).toMatchObject({ previousCaseId: id, state: 'open', version: 1, queues: ['review'] });
      expect((await eventsOf(id)).at(-1)).toMatchObject({ ...event, kind: 'split', note: '不是一回事' });
      expect((await eventsOf(own?.id ?? '')).map(({ kind }) => kind)).toEqual(['opened']);
    });

    it('is parted once, however often the command comes', async () => {
      const [id = ''] = await bring('1', text);
      await bring('2', copy);
      const commandId = fixture().clock.newId();
      const all = await Promise.all([1, 2, 3].map(() => splitOff(id, '2', 2, commandId)));
      expect(all.filter(({ repeated }) => !repeated)).toHaveLength(1);
      expect(await openCases()).toHaveLength(2);
    });

    it('never comes back, and takes its own copies with it', async () => {
      const [id = ''] = await bring('1', text);
      await bring('2', copy);
      await splitOff(id, '2', 2);
      await bring('3', copy);
      await bring('4', text);
      expect((await ownCase('2'))?.postIds).toEqual([idOf('2'), idOf('3')]);
      expect((await find(id))?.postIds).toEqual([idOf('1'), idOf('4')]);
      await decide((await ownCase('2'))?.id ?? '');
      expect(await bring('2', `${copy} 求扩散`, { textVersion: 2 })).toHaveLength(1);
      expect((await find(id))?.postIds).toEqual([idOf('1'), idOf('4')]);
    });

    it('of a decided case waits for a decision of its own', async () => {
      const [id = ''] = await bring('1', text);
      await decide(id);
      await bring('2', copy);
      await splitOff(id, '2', 3);
      expect(await openCases()).toMatchObject([{ postIds: [idOf('2')], previousCaseId: id }]);
      expect((await find(id))?.state).toBe('decided');
    });

    it('is none where it is the first text, or not there, or the case has moved, or is of another queue', async () => {
      const [id = ''] = await bring('1', text);
      await bring('2', copy);
      await expect(splitOff(id, '1', 2)).rejects.toThrow(InvalidInput);
      await expect(splitOff(id, 'absent', 2)).rejects.toThrow(InvalidInput);
      await expect(splitOff(id, '2', 9)).rejects.toThrow(Conflict);
      await expect(splitOff('absent', '2', 2)).rejects.toThrow(NotFound);
      const command = {
        commandId: fixture().clock.newId(),
        caseId: id,
        version: 2,
        postId: idOf('2'),
        note: null,
      };
      await expect(fixture().cases.recordSplit(command, safetyOfficer, now())).rejects.toThrow(NotPermitted);
      expect((await find(id))?.postIds).toHaveLength(2);
    });
  });

  describe('a person who works on a case while copies come', () => {
    it('decides what they saw: copies say nothing else', async () => {
      const [id = ''] = await bring('1', text);
      await bring('2', copy);
      await bring('3', text);
      const command = buildDecisionCommand({ commandId: fixture().clock.newId(), caseId: id, version: 1 });
      expect((await fixture().cases.recordDecision(command, reviewer, now())).case).toMatchObject({
        state: 'decided',
        version: 4,
      });
    });

    it('is told when a copy has brought another queue, or something else has happened', async () => {
      const [id = ''] = await bring('1', text);
      await bring('2', copy, { verdict: buildQueuedVerdict({ queues: ['review', 'service'] }) });
      const decideSeen = (version: number) =>
        fixture().cases.recordDecision(
          buildDecisionCommand({ commandId: fixture().clock.newId(), caseId: id, version }),
          reviewer,
          now(),
        );
      await expect(decideSeen(1)).rejects.toThrow(Conflict);
      const { event } = await decideSeen(2);
      await bring('3', copy);
      await expect(decideSeen(2)).rejects.toThrow(Conflict);
      expect((await find(id))?.decisionId).toBe(event.id);
    });
  });
}
