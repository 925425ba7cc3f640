import type { Draft, DraftChain } from './draft.ts';
import { type DraftMover, findHolding, type Opening } from './draft-steps.ts';
import { type ReviewChain, type StepName, unitRoles } from './review-chain.ts';
import type { Appointment } from './role.ts';
import { stepNames } from './step-names.ts';

/** Somebody who can hold a step of a draft, and for whom, if in anybody's stead. */
interface Holder {
  id: string;
  onBehalfOf: string | null;
}

export interface StepHolders {
  step: StepName;
  holders: Holder[];
}

/** Where a draft goes: what choosing its chain depends on. */
export interface ChainPlace {
  unitId: string;
  channels: readonly string[];
}

const rank = ({ units, channels }: ReviewChain) => (units.length > 0 ? 2 : 0) + (channels.length > 0 ? 1 : 0);

function findFor(
  chains: readonly ReviewChain[],
  unitId: string,
  channelId: string | null,
): ReviewChain | null {
  const fitting = chains.filter(({ units, channels }) => {
    const isOfUnit = units.length === 0 || units.includes(unitId);
    return isOfUnit && (channels.length === 0 || (channelId !== null && channels.includes(channelId)));
  });
  return fitting.toSorted((a, b) => rank(b) - rank(a) || strictness(b) - strictness(a))[0] ?? null;
}

const strictness = ({ mode }: ReviewChain) => (mode === 'full' ? 1 : 0);

/**
 * By unit and channel, then unit, then channel, then the general one; for several channels the strictest of theirs.
 * Null where a channel has none.
 */
export function chooseChain(
  chains: readonly ReviewChain[],
  { unitId, channels }: ChainPlace,
): ReviewChain | null {
  const places = channels.length === 0 ? [null] : [...channels];
  const found = places.map((channelId) => findFor(chains, unitId, channelId));
  if (found.includes(null)) return null;
  const known = found.flatMap((chain) => chain ?? []);
  return known.toSorted((a, b) => strictness(b) - strictness(a) || rank(b) - rank(a))[0] ?? null;
}

type Concerned = Pick<Draft, 'unitId' | 'writers'>;

/** Of a draft that nobody has passed yet. */
function unpassed(draft: Draft): Draft {
  return { ...draft, state: 'in-review', purpose: 'publish', passes: [] };
}

function openingOf({ step, role, personIds }: DraftChain['steps'][number], { unitId }: Concerned): Opening {
  const scope = role !== null && unitRoles.has(role) ? unitId : null;
  return { kind: 'step', step, role, unitId: scope, personIds };
}

/** Who could hold each step, if it were the first to be decided. */
export function listHolders(draft: Draft, chain: DraftChain, people: readonly DraftMover[]): StepHolders[] {
  const fresh = unpassed(draft);
  return chain.steps.map((one) => ({
    step: one.step,
    holders: people.flatMap((person): Holder[] => {
      const appointment: Appointment | null = findHolding(fresh, openingOf(one, draft), person);
      return appointment === null ? [] : [{ id: person.id, onBehalfOf: appointment.onBehalfOf }];
    }),
  }));
}

/** A person, with whom they stand in for, holds one step at most: the step with the fewest to choose from goes first. */
function canBeDistinct(steps: readonly StepHolders[]): boolean {
  const ordered = steps.toSorted((a, b) => a.holders.length - b.holders.length);
  const place = (index: number, taken: ReadonlySet<string>): boolean => {
    const step = ordered[index];
    if (step === undefined) return true;
    return step.holders.some(({ id, onBehalfOf }) => {
      const who = onBehalfOf === null ? [id] : [id, onBehalfOf];
      return who.every((one) => !taken.has(one)) && place(index + 1, new Set([...taken, ...who]));
    });
  };
  return place(0, new Set());
}

/** In Chinese, for the writer: what stands in the way of walking this chain; empty for nothing. */
export function findWalkFaults(steps: readonly StepHolders[]): string[] {
  const empty = steps.filter(({ holders }) => holders.length === 0);
  if (empty.length > 0) {
    return empty.map(
      ({ step }) =>
        `“${stepNames[step]}”没有人可以办理：写稿人不能审校自己的稿件，也可能还没有设置这个角色。`,
    );
  }
  if (canBeDistinct(steps)) return [];
  return ['可以审校的人太少：同一个人不能办理两个环节，现有的人不够分。'];
}
