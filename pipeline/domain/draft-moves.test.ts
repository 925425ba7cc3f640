import { describe, expect, it } from 'vitest';
import {
  appointmentOf,
  buildContent,
  buildDraftMoveCommand,
  buildDraftMover,
  draftPeople,
  mergedChain,
  reportDigest,
} from '../../test/builders/draft.ts';
import { type Draft, DraftState, type StepPass } from './draft.ts';
import { DraftMove } from './draft-move-command.ts';
import { assertMay, draftMoves, movesNow } from './draft-moves.ts';
import { buildDraft } from './draft-save.ts';
import type { DraftMover } from './draft-steps.ts';
import { Conflict, InvalidInput, NotFound, NotPermitted } from './errors.ts';

const at = '2026-03-02T00:00:00.000Z';
const { writer, student, reviewer, head, director, officer, leader, otherHead, otherWriter } = draftPeople;
const made = buildDraft({ commandId: 'd', unitId: 'library', content: buildContent() }, writer, at).draft;

const passOf = (step: StepPass['step'], actorId: string, offline: StepPass['offline'] = null): StepPass => ({
  ...{ step, round: 1, contentVersion: 1, actorId, onBehalfOf: null, role: 'director', unitId: null, at },
  ...{ opinion: '', errorsFound: 0, readAloud: false, offline, late: false },
});
const paper = {
  scan: 'a'.repeat(64),
  recordedBy: officer.id,
  signedOn: '2026-03-01',
  confirmBy: at,
  confirmedAt: null,
};

/** In every state: one that has everything about it that a move of that state could ask for. */
function draftIn(state: DraftState): Draft {
  const isOut = state === 'approved' || state === 'published';
  const submitted = { version: 1, reportDigest, by: writer.id, at };
  return {
    ...{ ...made, state, chain: mergedChain, submitted, round: 1, number: '审2026-0001' },
    // The first was signed on paper; the second waits: in its turn, or after an urgent approval.
    passes: [passOf('first', 'user-signer', paper), ...(isOut ? [passOf('final', 'user-final')] : [])],
    urgent: isOut ? { reason: '停水', lateBy: at } : null,
    asked: { keys: ['k'], reason: '', by: writer.id, at },
    publications: [{ channelId: 'main-site', url: null, at, by: writer.id }],
    takeDown: { cause: 'publicity-ended', dueAt: at, done: [] },
    live:
      state === 'correcting' ? { ...made, submitted, chain: mergedChain, passes: [], urgent: null } : null,
  };
}

const signer = buildDraftMover('user-signer', appointmentOf('unit-reviewer', 'library'));
const people = { writer, student, head, director, officer, leader, signer, otherWriter, otherHead } as const;
type Name = keyof typeof people;

/**
 * Written by hand: who may make which move from where, in a draft of the library whose second step (head) waits, whose first was
 * signed on paper (signer), and for a finding of which the final reviewer (director) was asked. Whoever is not there may not; the
 * others' unit never.
 */
const writers: Name[] = ['writer', 'student', 'head', 'signer'];
const office: Name[] = ['director', 'officer'];
const writing: DraftState[] = ['draft', 'returned', 'withdrawn', 'correcting'];
const underWay: DraftState[] = ['in-review', 'approved', 'published'];
const table: Record<DraftMove, [from: DraftState[], by: Name[]]> = {
  submit: [writing, writers],
  pass: [underWay, ['head']],
  return: [['in-review'], ['head']],
  reject: [['in-review'], ['head']],
  withdraw: [['in-review'], writers],
  reopen: [['approved'], writers],
  // One was asked for already.
  'ask-allowance': [[], []],
  allow: [writing, ['director']],
  'refuse-allowance': [writing, ['director']],
  // The officer has brought a signature already, and the signer holds a step.
  'record-offline': [underWay, ['director']],
  'confirm-offline': [underWay, ['signer']],
  'deny-offline': [underWay, ['signer']],
  'object-late': [['approved', 'published'], ['head']],
  'mark-published': [
    ['approved', 'published'],
    [...writers, ...office],
  ],
  'start-correction': [['published'], [...writers, ...office]],
  'cancel-correction': [['correcting'], [...writers, ...office]],
  'ask-recall': [
    ['approved', 'published'],
    [...writers, ...office],
  ],
  'mark-taken-down': [
    ['published', 'correcting', 'recalled'],
    [...writers, ...office],
  ],
  // What still stands in public, or waits for a review or a confirmation, is not put away.
  archive: [['rejected'], office],
  discard: [['draft', 'returned', 'withdrawn'], writers],
};

describe('who may do what, and when', () => {
  it.each(DraftMove.options)('%s', (move) => {
    const [from, by] = table[move];
    const wrong: string[] = [];
    for (const state of DraftState.options) {
      const draft = { ...draftIn(state), ...(state === 'rejected' ? { publications: [] } : {}) };
      for (const [name, person] of Object.entries(people) as [Name, DraftMover][]) {
        const should = from.includes(state) && by.includes(name);
        if (movesNow(draft, person).includes(move) !== should)
          wrong.push(`${state}: ${name} ${should ? 'may' : 'may not'}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('is refused in words that fit', () => {
    const draft = draftIn('in-review');
    const command = (move: DraftMove, more = {}) =>
      buildDraftMoveCommand({
        commandId: '01900000-0000-7000-8000-000000000001',
        draftId: 'd',
        move,
        text: '意见',
        ...more,
      });
    const ask =
      (person: DraftMover, move: DraftMove, more = {}) =>
      () =>
        assertMay(draft, command(move, more), person);
    expect(ask(otherWriter, 'pass')).toThrow(NotFound);
    expect(ask(otherHead, 'pass')).toThrow(NotFound);
    expect(ask(head, 'pass', { revision: 2 })).toThrow(Conflict);
    expect(ask(head, 'submit')).toThrow(Conflict);
    expect(ask(writer, 'pass')).toThrow('写稿人不能审校自己的稿件。');
    expect(ask(student, 'pass')).toThrow('学生账号可以写稿，不能审校。');
    expect(ask(signer, 'pass')).toThrow('同一个人不能办理两个审校环节。');
    expect(ask(director, 'pass')).toThrow(NotPermitted);
    expect(ask(head, 'return', { text: ' ' })).toThrow(InvalidInput);
    expect(ask(head, 'pass', { step: 'final' })).toThrow(NotPermitted);
    expect(ask(head, 'pass', { step: 'second' })()).toMatchObject({
      party: 'holder',
      opening: { step: 'second' },
    });
  });

  it('asks which of several open steps, and takes the own role before a borrowed one', () => {
    const chief = buildDraftMover(
      'user-chief',
      appointmentOf('director', 'publicity', 'x'),
      appointmentOf('unit-head', 'library'),
      appointmentOf('director', 'publicity'),
    );
    const urgent: Draft = { ...draftIn('in-review'), passes: [], urgent: { reason: '停水', lateBy: null } };
    const command = buildDraftMoveCommand({
      commandId: '01900000-0000-7000-8000-000000000001',
      draftId: 'd',
      move: 'pass',
    });
    expect(() => assertMay(urgent, command, chief)).toThrow(InvalidInput);
    const acting = assertMay(urgent, { ...command, step: 'final' }, chief);
    expect(acting.appointment).toMatchObject({ role: 'director', onBehalfOf: null });
  });

  it('names every move in the table of the product', () => {
    expect(Object.keys(draftMoves)).toEqual(DraftMove.options);
    expect(movesNow(draftIn('in-review'), reviewer)).not.toContain('pass');
  });
});
