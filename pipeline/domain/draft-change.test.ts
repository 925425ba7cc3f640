import { describe, expect, it } from 'vitest';
import {
  appointmentOf,
  buildChain,
  buildContent,
  buildDraftMoveCommand,
  buildDraftMover,
  draftPeople,
  findForMove,
  fullChain,
  mergedChain,
} from '../../test/builders/draft.ts';
import type { Draft } from './draft.ts';
import { approve } from './draft-approval.ts';
import { buildDraftMove, findApproval } from './draft-change.ts';
import type { DraftMove, DraftMoveCommand, FoundForMove } from './draft-move-command.ts';
import { movesNow } from './draft-moves.ts';
import { buildDraft, buildSave } from './draft-save.ts';
import { type DraftMover, openSteps } from './draft-steps.ts';
import { Conflict, InvalidInput, NotPermitted } from './errors.ts';

const { writer, colleague, reviewer, head, director, deputy, officer, leader, principal } = draftPeople;
const start = '2026-03-02T00:00:00.000Z';
const minuteMs = 60_000;
let minutes = 0;
const later = () => {
  minutes += 1;
  return new Date(Date.parse(start) + minutes * minuteMs).toISOString();
};

const made = buildDraft({ commandId: 'd', unitId: 'library', content: buildContent() }, writer, start).draft;
const commandFor = (draft: Draft, move: DraftMove, more: Partial<DraftMoveCommand> = {}) =>
  buildDraftMoveCommand({
    ...{
      commandId: '01900000-0000-7000-8000-000000000001',
      draftId: draft.id,
      revision: draft.revision,
      move,
    },
    ...{ text: '意见', channelId: 'main-site', ...more },
  });

type More = Partial<DraftMoveCommand> & { found?: FoundForMove };
function record(draft: Draft, move: DraftMove, mover: DraftMover, { found = {}, ...more }: More = {}) {
  const at = later();
  const command = commandFor(draft, move, more);
  return buildDraftMove(
    draft,
    { command, found: findForMove(draft, command, { ...found, mover, at }) },
    mover,
    at,
  );
}
const move = (...asked: Parameters<typeof record>) => record(...asked).next;
const through = (draft: Draft, ...people: DraftMover[]) =>
  people.reduce((at, who) => move(at, 'pass', who), draft);
const submit = (draft: Draft = made, more: More = {}) => move(draft, 'submit', writer, more);
const approved = () => through(submit(), reviewer, head, director);
const published = () => move(approved(), 'mark-published', writer);
/** @param by who writes: the next version */
const edit = (draft: Draft, by: DraftMover = writer, title = '改过') => {
  const newest = {
    version: draft.contentVersion,
    content: buildContent(),
    writtenBy: writer.id,
    frozen: true,
  };
  const command = {
    draftId: draft.id,
    revision: draft.revision,
    content: buildContent({ title }),
    keep: false,
  };
  const saved = buildSave(draft, newest, command, { mover: by, at: later() });
  if (saved === null) throw new Error('nothing saved');
  return saved.draft;
};
const signedBy = (signer: DraftMover): More => ({
  ...{ scan: 'a'.repeat(64), signedOn: '2026-03-01', leaderId: signer.id, found: { signer } },
});

describe('submitting', () => {
  it.each<[string, Partial<Draft>, More?]>([
    ['title', { title: '  ' }],
    ['channels', { channels: [] }],
    ['urgentReason', {}, { urgentReason: '  ' }],
  ])('is refused at the field: %s', (field, more, said = {}) => {
    expect(() => submit({ ...made, ...more }, said)).toThrow(
      expect.objectContaining({ code: 'invalid-input', field }),
    );
  });
});

describe("a step in somebody's stead", () => {
  it('is held by both: who was stood in for holds no other, nor does anybody for them', () => {
    const absent = buildDraftMover(
      'user-absent',
      appointmentOf('unit-reviewer', 'library'),
      appointmentOf('unit-head', 'library'),
    );
    const standIn = buildDraftMover('user-stand-in', appointmentOf('unit-reviewer', 'library', absent.id));
    const another = buildDraftMover('user-another', appointmentOf('unit-head', 'library', absent.id));
    const passed = through(submit(), standIn);
    expect(passed.passes).toMatchObject([{ actorId: standIn.id, onBehalfOf: absent.id }]);
    expect(() => through(passed, absent)).toThrow(NotPermitted);
    expect(() => through(passed, another)).toThrow(NotPermitted);
    expect(through(passed, head).passes).toHaveLength(2);
  });
});

describe('carrying on', () => {
  it('is for the very same version under the same chain; who has passed need not read again', () => {
    const withdrawn = move(through(submit(), reviewer), 'withdraw', writer);
    expect(submit(withdrawn)).toMatchObject({ round: 2, passes: [{ step: 'first', round: 1 }] });
    const returned = move(through(submit(), reviewer), 'return', head);
    expect(openSteps(submit(returned))).toEqual(['second']);
    expect(submit(edit(withdrawn))).toMatchObject({ passes: [], contentVersion: 2 });
    const others = buildChain('merged', ['unit-reviewer', 'unit-head', [director.id]]);
    expect(submit(withdrawn, { found: { chain: { ...others, id: mergedChain.id } } }).passes).toEqual([]);
    expect(submit(withdrawn, { found: { chain: fullChain } }).passes).toEqual([]);
  });

  it('is not for a step of who sends it in now', () => {
    const both = buildDraftMover(reviewer.id, ...reviewer.appointments, appointmentOf('editor', 'library'));
    const withdrawn = move(through(submit(), both), 'withdraw', writer);
    const again = move(withdrawn, 'submit', both);
    expect(again.passes).toEqual([]);
    expect(again.writers).toContain(both.id);
    expect(() => through(again, both)).toThrow(NotPermitted);
  });
});

describe('the urgent lane', () => {
  const urgent = (chain = mergedChain) => submit(made, { urgentReason: '停水', found: { chain } });

  it('opens the reviews side by side, goes out by two with the final one, and leaves the rest for two hours', () => {
    expect(openSteps(urgent())).toEqual(['first', 'second', 'final']);
    const one = through(urgent(), head);
    expect(openSteps(one)).toEqual(['final']);
    const out = through(one, director);
    expect(out).toMatchObject({ state: 'approved', urgent: { lateBy: expect.any(String) } });
    expect(Date.parse(out.urgent?.lateBy ?? '') - Date.parse(out.approvedAt ?? '')).toBe(120 * minuteMs);
    expect(openSteps(out)).toEqual(['first']);
    const done = through(move(out, 'mark-published', writer), reviewer);
    expect(done).toMatchObject({ state: 'published', urgent: { lateBy: null } });
    expect(done.passes.at(-1)).toMatchObject({ step: 'first', late: true });
  });

  it('of six steps: two reviews first, then the third and the proofs, each by another', () => {
    const out = through(urgent(fullChain), reviewer, director);
    expect(out.state).toBe('approved');
    expect(openSteps(out)).toEqual(['second-review', 'first-proof', 'second-proof', 'third-proof']);
    expect(() => move(out, 'pass', director, { step: 'first-proof' })).toThrow(NotPermitted);
    expect(through(out, head, officer, leader, principal).urgent?.lateBy).toBeNull();
  });

  it('objection afterwards ends the seal: back to the writers, or to be corrected where it is live', () => {
    const out = through(urgent(), head, director);
    const back = record(out, 'object-late', reviewer);
    expect(back).toMatchObject({ sealEnded: 'denied', next: { state: 'returned', seal: null, passes: [] } });
    const live = record(move(out, 'mark-published', writer), 'object-late', reviewer);
    expect(live).toMatchObject({
      sealEnded: 'denied',
      next: { state: 'correcting', seal: null, live: null },
    });
    expect(movesNow(live.next, writer)).not.toContain('cancel-correction');
    // Nobody has approved what stands there: it is to be taken down, or recalled.
    expect(live.next.takeDown).toMatchObject({ cause: 'not-approved', dueAt: live.next.changedAt });
    expect(movesNow(live.next, officer)).toEqual(expect.arrayContaining(['mark-taken-down', 'ask-recall']));
    const asked = move(live.next, 'ask-recall', officer);
    expect(move(asked, 'pass', director).state).toBe('recalled');
    expect(move(asked, 'reject', director)).toMatchObject({ state: 'correcting', purpose: 'correction' });
  });

  it('made urgent when all have reviewed it already, it waits for the next proof and not for ever', () => {
    const six = submit(made, { found: { chain: fullChain } });
    const withdrawn = move(through(six, reviewer, head, director), 'withdraw', writer);
    const again = submit(withdrawn, { urgentReason: '停水', found: { chain: fullChain } });
    expect(openSteps(again)).toEqual(['first-proof']);
    expect(through(again, officer).state).toBe('approved');
  });

  it('is not escaped from by a correction that is not to be', () => {
    const out = move(through(urgent(), head, director), 'mark-published', writer);
    const back = move(edit(move(out, 'start-correction', writer)), 'cancel-correction', writer);
    expect(back).toMatchObject({
      contentVersion: 1,
      title: made.title,
      urgent: out.urgent,
      passes: out.passes,
    });
    expect(() => move(back, 'archive', officer)).toThrow(Conflict);
    expect(through(back, reviewer).urgent?.lateBy).toBeNull();
  });
});

describe('a signature on paper', () => {
  it("is the leader's own pass, brought by another who did not write it, and to be confirmed within two days", () => {
    const signed = move(submit(), 'record-offline', officer, signedBy(reviewer));
    const [pass] = signed.passes;
    expect(pass).toMatchObject({
      actorId: reviewer.id,
      role: 'unit-reviewer',
      offline: { recordedBy: officer.id },
    });
    expect(Date.parse(pass?.offline?.confirmBy ?? '') - Date.parse(pass?.at ?? '')).toBe(48 * 60 * minuteMs);
    expect(movesNow(signed, reviewer)).toContain('confirm-offline');
    const confirmed = move(signed, 'confirm-offline', reviewer);
    expect(confirmed.passes[0]?.offline?.confirmedAt).toBe(confirmed.changedAt);
    expect(() => move(signed, 'confirm-offline', officer)).toThrow(NotPermitted);
  });

  it('is refused from a writer, from the signer, for who may not sign, and without its papers', () => {
    const inReview = submit();
    const alsoWrites = {
      ...officer,
      appointments: [...officer.appointments, appointmentOf('editor', 'library')],
    };
    const theirs = submit(edit(made, alsoWrites));
    expect(() => move(theirs, 'record-offline', alsoWrites, signedBy(reviewer))).toThrow(NotPermitted);
    expect(() => move(inReview, 'record-offline', reviewer, signedBy(reviewer))).toThrow(InvalidInput);
    for (const wrong of [writer, head, { ...reviewer, student: true }])
      expect(() => move(inReview, 'record-offline', officer, signedBy(wrong))).toThrow(InvalidInput);
    for (const lacks of [{ scan: null }, { signedOn: null }, { signedOn: '2026-03-09' }, { found: {} }])
      expect(() => move(inReview, 'record-offline', officer, { ...signedBy(reviewer), ...lacks })).toThrow(
        InvalidInput,
      );
  });

  it('is brought by nobody who passed a step or brought another signature, and who brought it passes none', () => {
    const second = through(submit(), reviewer);
    const alsoRecords = { ...reviewer, appointments: [...reviewer.appointments, ...officer.appointments] };
    expect(() => move(second, 'record-offline', alsoRecords, signedBy(head))).toThrow(NotPermitted);
    const signed = move(second, 'record-offline', officer, signedBy(head));
    expect(() => move(signed, 'record-offline', officer, signedBy(director))).toThrow(NotPermitted);
    const alsoDirects = { ...officer, appointments: [...officer.appointments, ...director.appointments] };
    expect(() => move(signed, 'pass', alsoDirects)).toThrow(NotPermitted);
  });

  it('asks which step, where the leader may hold several', () => {
    const chain = buildChain('merged', [[leader.id], [leader.id], 'director']);
    const inReview = submit(made, { urgentReason: '停水', found: { chain } });
    expect(() => move(inReview, 'record-offline', officer, signedBy(leader))).toThrow(InvalidInput);
    const signed = move(inReview, 'record-offline', officer, { ...signedBy(leader), step: 'second' });
    expect(signed.passes[0]?.step).toBe('second');
  });

  it('denied, it takes the approval with it; of a correction under review, not what is live', () => {
    const out = move(through(submit(), reviewer, head), 'record-offline', officer, signedBy(director));
    expect(out.state).toBe('approved');
    const denied = record(out, 'deny-offline', director);
    expect(denied).toMatchObject({
      sealEnded: 'denied',
      next: { state: 'returned', seal: null, approvedAt: null },
    });
    const live = published();
    const correcting = submit(edit(move(live, 'start-correction', writer)));
    const signed = move(correcting, 'record-offline', officer, signedBy(reviewer));
    const kept = record(signed, 'deny-offline', reviewer);
    expect(kept).toMatchObject({
      sealEnded: null,
      next: { state: 'correcting', seal: live.seal, passes: [] },
    });
    expect(movesNow(kept.next, writer)).toContain('cancel-correction');
  });

  it('is no way to recall, and what waits for its confirmation is not put away', () => {
    const out = move(through(submit(), reviewer, head), 'record-offline', officer, signedBy(director));
    const live = move(out, 'mark-published', writer);
    expect(() => move(live, 'archive', officer)).toThrow(Conflict);
    const asked = move(live, 'ask-recall', writer);
    expect(() => move(asked, 'record-offline', officer, signedBy(deputy))).toThrow(Conflict);
    const denied = move(asked, 'deny-offline', director);
    expect(denied).toMatchObject({ state: 'correcting', recall: null, seal: null });
    expect(move(move(live, 'confirm-offline', director), 'archive', officer).state).toBe('archived');
  });
});

describe('a correction', () => {
  it('is reviewed and sealed again; what is live keeps its seal until then', () => {
    const live = published();
    const correcting = edit(move(live, 'start-correction', writer));
    expect(correcting).toMatchObject({ state: 'correcting', contentVersion: 2, seal: live.seal });
    const done = record(through(submit(correcting), reviewer, head), 'pass', deputy);
    expect(done).toMatchObject({ sealEnded: 'corrected', next: { state: 'approved', live: null } });
    expect(done.next.seal?.version).toBe(2);
  });

  it('refused, it leaves what is live as it was approved', () => {
    const live = published();
    const refused = move(submit(edit(move(live, 'start-correction', writer))), 'reject', reviewer);
    expect(refused).toEqual({
      ...live,
      ...{ revision: refused.revision, changedAt: refused.changedAt, round: 2 },
    });
  });
});

describe('a recall', () => {
  it('is decided by a final reviewer who neither wrote it nor asked', () => {
    const asked = move(published(), 'ask-recall', director);
    expect(() => move(asked, 'pass', director)).toThrow(NotPermitted);
    const done = record(asked, 'pass', deputy);
    expect(done).toMatchObject({ sealEnded: 'recalled', next: { state: 'recalled', seal: null } });
    expect(done.next.takeDown).toMatchObject({ cause: 'recalled', done: [] });
    expect(() => move(done.next, 'archive', officer)).toThrow(Conflict);
    const down = move(done.next, 'mark-taken-down', writer);
    expect(move(down, 'archive', officer).state).toBe('archived');
  });

  it('refused or taken back, everything is as before', () => {
    for (const before of [approved(), published()]) {
      const asked = move(before, 'ask-recall', writer);
      const ways: [DraftMove, DraftMover][] = [
        ['return', director],
        ['reject', director],
        ['withdraw', writer],
      ];
      for (const [way, who] of ways) {
        const back = move(asked, way, who);
        expect(back).toEqual({ ...before, revision: back.revision, changedAt: back.changedAt });
      }
    }
  });
});

describe('leave for a finding', () => {
  const blocked = { found: { blocking: ['phone', 'id'] } };

  it('is given by the final reviewer, with a reason, for the keys that were asked', () => {
    expect(() => submit(made, blocked)).toThrow(InvalidInput);
    const asked = move(made, 'ask-allowance', writer, { keys: ['phone', 'id'] });
    expect(() => move(asked, 'allow', head)).toThrow(NotPermitted);
    expect(() => move(asked, 'allow', director, { keys: ['other'] })).toThrow(InvalidInput);
    const some = move(asked, 'allow', director, { keys: ['phone'] });
    expect(() => submit(some, blocked)).toThrow(InvalidInput);
    expect(submit(move(asked, 'allow', director), blocked).state).toBe('in-review');
    expect(move(asked, 'refuse-allowance', director)).toMatchObject({ asked: null, allowed: [] });
  });

  it('does not count once who gave it writes in the draft', () => {
    const both = buildDraftMover(
      'user-both',
      appointmentOf('director', 'publicity'),
      appointmentOf('editor', 'library'),
    );
    const allowed = move(move(made, 'ask-allowance', writer, { keys: ['phone', 'id'] }), 'allow', both);
    expect(() => submit(edit(allowed, both), blocked)).toThrow(InvalidInput);
  });

  it('waits for nobody once the draft is thrown away', () => {
    const asked = move(made, 'ask-allowance', writer, { keys: ['phone'] });
    expect(movesNow(move(asked, 'discard', writer), director)).toEqual([]);
  });
});

describe('the gate', () => {
  it('asks everything once more', () => {
    const out = approved();
    expect(approve(out)).toBe(out);
    const [one, two, three] = out.passes;
    if (one === undefined || two === undefined || three === undefined) throw new Error('three passes');
    const wrong: Partial<Draft>[] = [
      { passes: [one, two] },
      { passes: [one, two, { ...three, actorId: one.actorId }] },
      { passes: [one, two, { ...three, onBehalfOf: two.actorId }] },
      { passes: [one, two, { ...three, onBehalfOf: writer.id }] },
      { passes: [one, two, three, { ...three, actorId: 'x' }] },
      { passes: [one, two, three, { ...three, step: 'third-proof', actorId: 'x' }] },
      { passes: [one, two, { ...three, contentVersion: 2 }] },
      { contentVersion: 2 },
      { submitted: null },
      { writers: [writer.id, head.id] },
      { chain: null },
    ];
    for (const change of wrong)
      expect(() => approve({ ...out, ...change }), JSON.stringify(change)).toThrow(Conflict);
  });

  it('tells beforehand which move would approve', () => {
    const nearly = through(submit(), reviewer, head);
    const asked = (draft: Draft, name: DraftMove, mover: DraftMover) =>
      findApproval(draft, { command: commandFor(draft, name), found: {} }, mover, start);
    expect(asked(nearly, 'pass', director)).toMatchObject({ contentVersion: 1 });
    expect(asked(nearly, 'return', director)).toBeNull();
    expect(asked(submit(), 'pass', reviewer)).toBeNull();
    expect(asked(move(approved(), 'ask-recall', writer), 'pass', director)).toBeNull();
    expect(() => asked(nearly, 'pass', writer)).toThrow(NotPermitted);
  });

  it('an edit after approval voids it: nothing is saved before it is opened again, and all begins anew', () => {
    const out = approved();
    expect(() => edit(out)).toThrow(Conflict);
    const reopened = record(out, 'reopen', colleague);
    expect(reopened).toMatchObject({ sealEnded: 'edited', next: { state: 'draft', seal: null, passes: [] } });
    expect(submit(reopened.next).passes).toEqual([]);
  });
});
