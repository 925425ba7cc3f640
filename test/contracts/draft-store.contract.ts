import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Conflict, InvalidInput, NotFound, NotPermitted } from '../../pipeline/domain/errors.ts';
import {
  buildContent,
  buildDraftMoveCommand,
  buildSealRecord,
  cleanReport,
  draftPeople,
  findForMove,
  mergedChain,
} from '../builders/draft.ts';
import { allDrafts, buildDraftBench, type DraftStoreFixture } from './draft-bench.ts';

const { writer, colleague, reviewer, head, director, otherWriter } = draftPeople;

export function draftStoreContract(open: () => Promise<DraftStoreFixture>): void {
  let opened: DraftStoreFixture;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());
  const { now, create, getDraft, save, record, move, submit, approve, publish } = buildDraftBench(
    () => opened,
  );

  describe('a draft', () => {
    it('is made once, however often it is sent', async () => {
      const command = { commandId: opened.clock.newId(), unitId: 'library', content: buildContent() };
      const made = await opened.drafts.create(command, writer, now());
      expect(made).toMatchObject({ id: command.commandId, revision: 1, state: 'draft', number: null });
      await save(made, '改过的正文。');
      opened.clock.advance(1000);
      const again = await opened.drafts.create(command, writer, now());
      expect(again).toEqual(await getDraft(made.id));
      const other = { ...command, content: buildContent({ title: '另一篇' }) };
      await expect(opened.drafts.create(other, writer, now())).rejects.toThrow(Conflict);
      await expect(opened.drafts.create(command, colleague, now())).rejects.toThrow(Conflict);
      await expect(create(buildContent(), otherWriter)).rejects.toThrow(NotPermitted);
    });

    it('is one when the same is sent twice at once', async () => {
      const command = { commandId: opened.clock.newId(), unitId: 'library', content: buildContent() };
      const both = await Promise.all([1, 2].map(() => opened.drafts.create(command, writer, now())));
      expect(both[0]).toEqual(both[1]);
      expect(await opened.drafts.listEvents(command.commandId)).toHaveLength(1);
    });

    it('keeps its text as it was written, of any length', async () => {
      const text = `𠮷野家「观澜」👩‍🎓${'书'.repeat(40_000)}`;
      const content = buildContent({ title: '𠮷' }, text);
      const made = await create(content);
      expect((await opened.drafts.findVersion(made.id))?.content).toEqual(content);
      expect(await opened.drafts.findVersion(made.id, 2)).toBeNull();
      expect(await opened.drafts.findVersion('none')).toBeNull();
    });
  });

  describe('saving', () => {
    it("writes over one's own newest version, and begins another after somebody else's", async () => {
      const made = await create();
      const saved = await save(made, '第二稿');
      expect(saved).toMatchObject({ revision: 2, contentVersion: 1 });
      const theirs = await save(saved, '同事改过', colleague);
      expect(theirs).toMatchObject({ revision: 3, contentVersion: 2, writers: [writer.id, colleague.id] });
      expect(await getDraft(made.id)).toEqual(theirs);
      const versions = await opened.drafts.listVersions(made.id);
      expect(versions.map(({ version, writtenBy }) => [version, writtenBy])).toEqual([
        [1, writer.id],
        [2, colleague.id],
      ]);
      expect((await opened.drafts.findVersion(made.id, 1))?.content).toEqual(buildContent({}, '第二稿'));
      expect((await opened.drafts.listEvents(made.id)).map(({ kind }) => kind)).toEqual(['created', 'kept']);
    });

    it('keeps a version for good when it is told to', async () => {
      const made = await create();
      const kept = await save(made, '第二稿', writer, true);
      expect((await opened.drafts.listVersions(made.id))[0]).toMatchObject({ version: 1, frozen: true });
      expect(await save(kept, '第三稿')).toMatchObject({ contentVersion: 2 });
      expect((await opened.drafts.findVersion(made.id, 1))?.content).toEqual(buildContent({}, '第二稿'));
    });

    it('changes nothing where the same stands already: an answer that got lost', async () => {
      const made = await create();
      const saved = await save(made, '第二稿');
      opened.clock.advance(1000);
      expect(await save(made, '第二稿')).toEqual(saved);
      expect(await save(saved, '第二稿', colleague)).toEqual(saved);
      await expect(save(made, '第三稿')).rejects.toThrow(Conflict);
    });

    it('has one winner of two', async () => {
      const made = await create();
      const both = await Promise.allSettled([save(made, '甲'), save(made, '乙', colleague)]);
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await getDraft(made.id)).toMatchObject({ revision: 2 });
    });

    it('is refused to others, and while it is reviewed or approved', async () => {
      const made = await create();
      await expect(save(made, '别处的人', otherWriter)).rejects.toThrow(NotFound);
      await expect(save(made, '负责人', director)).rejects.toThrow(NotPermitted);
      await expect(save({ ...made, id: 'none' }, '没有')).rejects.toThrow(NotFound);
      const inReview = await submit(made);
      await expect(save(inReview, '审校中')).rejects.toThrow(Conflict);
      expect(await getDraft(made.id)).toEqual(inReview);
    });
  });

  describe('a submission', () => {
    it('freezes the version, keeps the report, and gives a number without a gap within the year', async () => {
      const made = await create();
      const first = await submit(made);
      expect(first).toMatchObject({ number: '审2026-0001', state: 'in-review', round: 1, contentVersion: 1 });
      expect((await opened.drafts.listVersions(made.id))[0]).toMatchObject({ frozen: true });
      expect(await opened.drafts.findReport(made.id)).toEqual(cleanReport);
      const returned = await move(first, 'return', reviewer);
      const edited = await save(returned, '改过');
      expect(edited.contentVersion).toBe(2);
      const second = await submit(edited);
      expect(second).toMatchObject({ number: '审2026-0001', round: 2, passes: [] });
      expect(await opened.drafts.findReport(made.id, 1)).toEqual(cleanReport);
      expect(await opened.drafts.findReport(made.id, 3)).toBeNull();
      const refused = create().then((draft) => submit(draft, { found: { blocking: ['phone'] } }));
      await expect(refused).rejects.toThrow(InvalidInput);
      expect(await submit(await create())).toMatchObject({ number: '审2026-0002' });
    });

    it('has numbers without a twin when many come at once, and begins again with the year in Shanghai', async () => {
      const made = await Promise.all(Array.from({ length: 6 }, () => create()));
      const submitted = await Promise.all(made.map((draft) => submit(draft)));
      expect(submitted.map(({ number }) => number).sort()).toEqual(
        [1, 2, 3, 4, 5, 6].map((running) => `审2026-000${running}`),
      );
      opened.clock.advance(Date.parse('2026-12-31T16:00:00.000Z') - Date.parse(now()));
      expect(await submit(await create())).toMatchObject({ number: '审2027-0001' });
      expect(await opened.drafts.findByNumber('审2027-0001', allDrafts)).toMatchObject({
        state: 'in-review',
      });
      expect(await opened.drafts.findByNumber('审2027-0002', allDrafts)).toBeNull();
    });

    it('is refused without a report, and leaves nothing behind', async () => {
      const made = await create();
      const command = buildDraftMoveCommand({
        commandId: opened.clock.newId(),
        draftId: made.id,
        move: 'submit',
      });
      const found = findForMove(made, command, { mover: writer, at: now() });
      await expect(opened.drafts.recordMove({ command, found }, writer, now())).rejects.toThrow(Conflict);
      expect(await getDraft(made.id)).toEqual(made);
      expect(await submit(made)).toMatchObject({ number: '审2026-0001' });
    });
  });

  describe('a move', () => {
    it('leads through the chain to a seal, each step told as an event', async () => {
      const approved = await approve(await create());
      expect(approved).toMatchObject({ state: 'approved', approvedAt: now() });
      expect(await getDraft(approved.id)).toEqual(approved);
      const [kept, ...others] = await opened.drafts.listSeals(approved.id);
      expect(others).toEqual([]);
      expect(kept).toEqual({ draftId: approved.id, seal: approved.seal, endedAt: null, endedBy: null });
      const events = await opened.drafts.listEvents(approved.id);
      expect(events.map(({ kind, actorId, from, to }) => [kind, actorId, from, to])).toEqual([
        ['created', writer.id, null, 'draft'],
        ['submit', writer.id, 'draft', 'in-review'],
        ['pass', reviewer.id, 'in-review', 'in-review'],
        ['pass', head.id, 'in-review', 'in-review'],
        ['pass', director.id, 'in-review', 'approved'],
      ]);
      expect(events.at(-1)?.details).toMatchObject({ step: 'final', sealDigest: approved.seal?.digest });
    });

    it('is recorded once: event, audit entry, and told', async () => {
      const inReview = await submit(await create());
      const told = async () =>
        (await opened.outbox.take(100, now(), new Date(Date.parse(now()) + 1).toISOString())).filter(
          ({ topic }) => topic === 'draft.changed',
        );
      expect((await told()).map(({ subject }) => subject)).toEqual([inReview.id, inReview.id]);
      const command = buildDraftMoveCommand({
        ...{
          commandId: opened.clock.newId(),
          draftId: inReview.id,
          revision: inReview.revision,
          move: 'pass',
        },
        ...{ text: '同意', errorsFound: 2, readAloud: true },
      });
      const first = await opened.drafts.recordMove({ command, found: {} }, reviewer, now());
      expect(first).toMatchObject({ repeated: false, event: { kind: 'pass', text: '同意' } });
      const waiting = await opened.audit.countUnlinked('audit');
      opened.clock.advance(1000);
      // What was found out meanwhile is not part of what was said.
      const found = { reportDigest: 'other' };
      const again = await opened.drafts.recordMove({ command, found }, reviewer, now());
      expect(again).toEqual({ ...first, repeated: true });
      expect(await opened.audit.countUnlinked('audit')).toBe(waiting);
      expect(await told()).toHaveLength(3);
      const other = { ...command, text: '不同意' };
      await expect(opened.drafts.recordMove({ command: other, found }, reviewer, now())).rejects.toThrow(
        Conflict,
      );
      await expect(opened.drafts.recordMove({ command, found }, head, now())).rejects.toThrow(Conflict);
    });

    it('has a command of its own: neither that of the making nor that of another draft', async () => {
      const [one, other] = [await create(), await create()];
      for (const commandId of [one.id, other.id])
        await expect(submit(one, { commandId })).rejects.toThrow(Conflict);
      expect(await getDraft(one.id)).toEqual(one);
    });

    it('has one winner of two, and of the same command twice one', async () => {
      const inReview = await submit(await create());
      const other = await record(inReview, 'pass', reviewer).then(({ draft }) => draft);
      const race = [head, head].map((who) => record(other, 'pass', who));
      const both = await Promise.allSettled(race);
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const last = await getDraft(other.id);
      expect(last).toMatchObject({ revision: other.revision + 1 });
      const command = buildDraftMoveCommand({
        ...{
          commandId: opened.clock.newId(),
          draftId: last.id,
          revision: last.revision,
          move: 'return',
          text: '改',
        },
      });
      const twice = await Promise.all(
        [1, 2].map(() => opened.drafts.recordMove({ command, found: {} }, director, now())),
      );
      expect(twice.map(({ repeated }) => repeated).sort()).toEqual([false, true]);
    });

    it('that is refused writes nothing', async () => {
      const inReview = await submit(await create());
      await expect(move(inReview, 'pass', writer)).rejects.toThrow(NotPermitted);
      await expect(move(inReview, 'pass', otherWriter)).rejects.toThrow(NotFound);
      await expect(move({ ...inReview, id: 'none' }, 'withdraw', writer)).rejects.toThrow(NotFound);
      await expect(move({ ...inReview, revision: 1 }, 'withdraw', writer)).rejects.toThrow(Conflict);
      await expect(move(inReview, 'return', reviewer, { text: ' ' })).rejects.toThrow(InvalidInput);
      expect(await getDraft(inReview.id)).toEqual(inReview);
      expect(await opened.drafts.listEvents(inReview.id)).toHaveLength(2);
    });

    it('that would approve needs a seal of just this version and report', async () => {
      let at = await submit(await create());
      for (const who of [reviewer, head]) at = await move(at, 'pass', who);
      const command = buildDraftMoveCommand({
        ...{ commandId: opened.clock.newId(), draftId: at.id, revision: at.revision, move: 'pass' },
      });
      const seal = buildSealRecord(at, now());
      const wrong = [undefined, { ...seal, version: 2 }, { ...seal, reportDigest: seal.digest }];
      for (const one of wrong)
        await expect(
          opened.drafts.recordMove({ command, found: { seal: one } }, director, now()),
        ).rejects.toThrow(Conflict);
      const done = await opened.drafts.recordMove({ command, found: { seal } }, director, now());
      expect(done.draft).toMatchObject({ state: 'approved', seal });
    });

    it('that ends a seal says why, and the seal stays in the record', async () => {
      const first = await approve(await create());
      const reopened = await move(first, 'reopen', writer);
      expect(reopened).toMatchObject({ state: 'draft', seal: null, passes: [] });
      const second = await publish(await approve(await save(reopened, '改过')));
      const correcting = await move(second, 'start-correction', writer);
      const third = await approve(await save(correcting, '更正'));
      const last = await move(await move(await publish(third), 'ask-recall', writer), 'pass', director);
      expect(last).toMatchObject({ state: 'recalled', seal: null });
      const seals = await opened.drafts.listSeals(first.id);
      expect(seals.map(({ seal, endedBy }) => [seal.version, endedBy])).toEqual([
        [1, 'edited'],
        [2, 'corrected'],
        [3, 'recalled'],
      ]);
      expect(seals.map(({ endedAt }) => endedAt)).toEqual([
        reopened.changedAt,
        third.changedAt,
        last.changedAt,
      ]);
    });
  });

  it('a correction that is not to be leaves what is live, and its versions as history', async () => {
    const live = await publish(await approve(await create()));
    const correcting = await move(live, 'start-correction', writer);
    const saved = await opened.drafts.save(
      {
        draftId: live.id,
        revision: correcting.revision,
        content: buildContent({ title: '更正' }),
        keep: false,
      },
      writer,
      now(),
    );
    expect(saved).toMatchObject({ contentVersion: 2, title: '更正' });
    const back = await move(saved, 'cancel-correction', writer);
    expect(back).toMatchObject({ state: 'published', contentVersion: 1, title: live.title, seal: live.seal });
    expect(await opened.drafts.findVersion(live.id)).toMatchObject({ version: 1 });
    const again = await move(back, 'start-correction', writer);
    expect(await save(again, '再更正')).toMatchObject({ contentVersion: 3 });
    expect((await opened.drafts.listVersions(live.id)).map(({ version }) => version)).toEqual([1, 2, 3]);
  });

  it('gives away copies, and closes twice', async () => {
    const made = await create();
    made.writers.push('somebody');
    expect((await getDraft(made.id)).writers).toEqual([writer.id]);
    const chain = structuredClone(mergedChain);
    const inReview = await submit(await getDraft(made.id), { found: { chain } });
    chain.steps.length = 0;
    expect((await getDraft(inReview.id)).chain).toEqual(mergedChain);
    await opened.close();
  });
}
