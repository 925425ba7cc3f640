import { describe, expect, test } from 'vitest';
import {
  appointmentOf,
  buildContent,
  buildDraftMover,
  draftPeople,
  mergedChain,
} from '../../test/builders/draft.ts';
import { buildDraft } from './draft-save.ts';
import { ReviewChain } from './review-chain.ts';
import { chooseChain, findWalkFaults, listHolders } from './step-holders.ts';

const at = '2026-11-23T01:00:00.000Z';
const { writer, reviewer, head, director, deputy, student, otherHead } = draftPeople;
const { draft } = buildDraft({ commandId: 'd1', unitId: 'library', content: buildContent() }, writer, at);
const holdersOf = (...people: Parameters<typeof listHolders>[2]) => listHolders(draft, mergedChain, people);

const steps = {
  merged: ['first', 'second', 'final'],
  full: ['first-review', 'second-review', 'final-review', 'first-proof', 'second-proof', 'third-proof'],
} as const;
const chain = (id: string, mode: keyof typeof steps, more: object = {}) =>
  ReviewChain.parse({
    ...{ id, name: id, mode },
    steps: steps[mode].map((step) => ({ step, role: 'director' })),
    ...more,
  });

describe('which chain', () => {
  const general = chain('general', 'merged');
  const channel = chain('channel', 'merged', { channels: ['site'] });
  const unit = chain('unit', 'merged', { units: ['library'] });
  const both = chain('both', 'merged', { units: ['library'], channels: ['site'] });
  const paper = chain('paper', 'full', { channels: ['paper'] });
  const place = (channels: string[], unitId = 'library') => ({ unitId, channels });

  test.each([
    ['both before the unit', [general, channel, unit, both], place(['site']), 'both'],
    ['the unit before the channel', [general, channel, unit], place(['site']), 'unit'],
    ['the channel before the general one', [general, channel], place(['site']), 'channel'],
    ['the general one for the rest', [general, channel, unit], place(['site'], 'logistics'), 'channel'],
    ['none chosen yet', [general, channel], place([]), 'general'],
    ['of several channels the strictest', [general, paper], place(['site', 'paper']), 'paper'],
    ['as strict, the more special', [general, channel], place(['other', 'site']), 'channel'],
  ])('%s', (_, chains, where, id) => {
    expect(chooseChain(chains, where)?.id).toBe(id);
  });

  test('a channel without one leaves the draft without one', () => {
    expect(chooseChain([channel], place(['site', 'other']))).toBeNull();
  });
});

describe('who could walk it', () => {
  test('nobody who wrote in it, no student, nobody of another unit', () => {
    const found = holdersOf(writer, student, reviewer, head, otherHead, director, deputy);
    expect(found.map(({ holders }) => holders.map(({ id }) => id))).toEqual([
      ...[[reviewer.id], [head.id], [director.id, deputy.id]],
    ]);
    expect(findWalkFaults(found)).toEqual([]);
  });

  test('a step without anybody is named', () => {
    expect(findWalkFaults(holdersOf(reviewer, director))).toEqual([expect.stringContaining('复审')]);
  });

  test('enough roles in too few people is told, also where one stands in for another', () => {
    const twice = buildDraftMover(
      'both',
      appointmentOf('unit-reviewer', 'library'),
      appointmentOf('unit-head', 'library'),
    );
    expect(findWalkFaults(holdersOf(twice, director))).toEqual([expect.stringContaining('太少')]);
    const stand = buildDraftMover('stand', appointmentOf('unit-head', 'library', director.id));
    expect(findWalkFaults(holdersOf(reviewer, stand, director))).toEqual([expect.stringContaining('太少')]);
    expect(findWalkFaults(holdersOf(reviewer, stand, director, deputy))).toEqual([]);
  });
});
