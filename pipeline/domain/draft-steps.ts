import { type Draft, type StepPass, writableStates } from './draft.ts';
import { type StepName, StepRole, unitRoles } from './review-chain.ts';
import type { Appointment } from './role.ts';

const reviews: ReadonlySet<StepName> = new Set<StepName>([
  ...(['first', 'second', 'final'] as const),
  ...(['first-review', 'second-review', 'final-review'] as const),
]);
const finals: ReadonlySet<StepName> = new Set<StepName>(['final', 'final-review']);
/** In the urgent lane, before it may go out: the final review and one other. */
const urgentReviews = 2;

/** Who acts, with all that they hold. A student drafts, whatever else is written about the account. */
export interface DraftMover {
  id: string;
  student: boolean;
  appointments: readonly Appointment[];
}

/** Something that waits for a person: a step, leave for a finding, or the confirmation of a signature on paper. */
export interface Opening {
  kind: 'step' | 'allowance' | 'confirmation';
  step: StepName;
  role: StepRole | null;
  /** For a role that is held for a unit. */
  unitId: string | null;
  personIds: readonly string[];
}

function stepsLeft({ chain, passes }: Draft): StepName[] {
  const passed = new Set(passes.map(({ step }) => step));
  return (chain?.steps ?? []).map(({ step }) => step).filter((step) => !passed.has(step));
}

function openInUrgentLane(draft: Draft): StepName[] {
  const left = stepsLeft(draft).filter((step) => reviews.has(step));
  // Made urgent when all had reviewed it: then it waits for the next of the others.
  if (left.length === 0) return stepsLeft(draft).slice(0, 1);
  const passed = draft.passes.filter(({ step }) => reviews.has(step));
  if (passed.length === 0 || passed.some(({ step }) => finals.has(step))) return left;
  return left.filter((step) => finals.has(step));
}

/** The steps that wait now: one after the other; in the urgent lane side by side, and the rest afterwards (补审). */
export function openSteps(draft: Draft): StepName[] {
  const { state, purpose, urgent } = draft;
  if (state === 'in-review') {
    if (purpose === 'recall')
      return (draft.chain?.steps ?? []).map(({ step }) => step).filter((step) => finals.has(step));
    return urgent === null ? stepsLeft(draft).slice(0, 1) : openInUrgentLane(draft);
  }
  const isOut = state === 'approved' || state === 'published';
  return isOut && urgent !== null && urgent.lateBy !== null ? stepsLeft(draft) : [];
}

/** Have all those decided that have to before it may go out? */
export function isComplete(draft: Draft): boolean {
  if (draft.chain === null) return false;
  if (draft.urgent === null) return stepsLeft(draft).length === 0;
  const passed = draft.passes.filter(({ step }) => reviews.has(step));
  return passed.length >= urgentReviews && passed.some(({ step }) => finals.has(step));
}

export function unconfirmed({ passes }: Draft): StepPass[] {
  return passes.filter(({ offline }) => offline !== null && offline.confirmedAt === null);
}

function openingOf(draft: Draft, kind: Opening['kind'], step: StepName): Opening[] {
  const found = draft.chain?.steps.find((one) => one.step === step);
  if (found === undefined) return [];
  const { role, personIds } = found;
  return [
    { kind, step, role, unitId: role !== null && unitRoles.has(role) ? draft.unitId : null, personIds },
  ];
}

/** Everything about a draft that waits for somebody else than its writers. */
export function openingsOf(draft: Draft): Opening[] {
  const steps = openSteps(draft).flatMap((step) => openingOf(draft, 'step', step));
  const final = draft.chain?.steps.find(({ step }) => finals.has(step))?.step;
  const asks = draft.asked !== null && final !== undefined && writableStates.includes(draft.state);
  const mayConfirm = ['in-review', 'approved', 'published'].includes(draft.state);
  const confirmations = (mayConfirm ? unconfirmed(draft) : []).map(
    ({ step, actorId }): Opening => ({
      ...{ kind: 'confirmation', step, role: null, unitId: null, personIds: [actorId] },
    }),
  );
  return [...steps, ...(asks ? openingOf(draft, 'allowance', final) : []), ...confirmations];
}

/**
 * Who may hold no step now: who wrote it, who holds one already, with those they stood in for, and who brought somebody's signature.
 */
export function involvedIn(draft: Draft): string[] {
  const holders =
    draft.state === 'in-review' && draft.purpose === 'recall'
      ? [draft.recall?.askedBy ?? null]
      : draft.passes.flatMap(({ actorId, onBehalfOf, offline }) => [
          ...[actorId, onBehalfOf, offline?.recordedBy ?? null],
        ]);
  const all = [...draft.writers, ...holders].filter((id) => id !== null);
  return [...new Set(all)];
}

/** As what a person may take up what waits; one's own role before that of somebody one stands in for. Null: not at all. */
export function findHolding(draft: Draft, opening: Opening, mover: DraftMover): Appointment | null {
  if (mover.student) return null;
  const involved = opening.kind === 'confirmation' ? [] : involvedIn(draft);
  const may = mover.appointments.filter(({ role, unitId, onBehalfOf }) => {
    const holder = onBehalfOf ?? mover.id;
    if (!StepRole.safeParse(role).success || involved.includes(mover.id) || involved.includes(holder))
      return false;
    if (unitRoles.has(role) && unitId !== draft.unitId) return false;
    // What somebody signed on paper, they say themselves.
    if (opening.kind === 'confirmation') return onBehalfOf === null && opening.personIds.includes(mover.id);
    return opening.role === null ? opening.personIds.includes(holder) : opening.role === role;
  });
  return may.find(({ onBehalfOf }) => onBehalfOf === null) ?? may[0] ?? null;
}

/** What of a draft waits for this person. */
export function openingsFor(draft: Draft, mover: DraftMover): Opening[] {
  return openingsOf(draft).filter((opening) => findHolding(draft, opening, mover) !== null);
}
