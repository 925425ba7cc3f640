import { expect } from 'vitest';
import type { Draft, StepPass } from '../../pipeline/domain/draft.ts';
import type { DraftMover } from '../../pipeline/domain/draft-steps.ts';

/** What somebody saw who stood by, and asked no rule of the product. */
export interface Watch {
  /** Who ever changed the text. */
  wrote: Set<string>;
  /** The text as it was when it was submitted last. */
  submittedText: string;
  /** By the digest of the seal: the text when it was made. */
  sealedText: Map<string, string>;
}

const reviews = ['first', 'second', 'final', 'first-review', 'second-review', 'final-review'];

/** A review as the office means it: by somebody who may, each by another, none of whom wrote; a seal over the text that they read. */
export function assertHonest(draft: Draft, text: string, watch: Watch, crowd: readonly DraftMover[]): void {
  const { state, passes, seal, contentVersion } = draft;
  const people = passes.flatMap(({ actorId, onBehalfOf }) =>
    onBehalfOf === null ? [actorId] : [actorId, onBehalfOf],
  );
  expect(new Set(people).size).toBe(people.length);
  expect(new Set(passes.map(({ step }) => step)).size).toBe(passes.length);
  const stands = ['in-review', 'approved', 'published'].includes(state);
  if (!stands) return;
  expect(people.filter((id) => watch.wrote.has(id))).toEqual([]);
  expect(people).not.toContain(draft.authorId);
  expect(passes.map((pass) => whyNotHis(draft, pass, crowd)).filter((why) => why !== null)).toEqual([]);
  expect(passes.every((pass) => pass.contentVersion === contentVersion)).toBe(true);
  const isOut = state !== 'in-review' || draft.purpose === 'recall';
  if (!isOut) return;
  expect(seal?.version).toBe(contentVersion);
  expect(text).toBe(watch.sealedText.get(seal?.digest ?? ''));
  const steps = passes.map(({ step }) => step);
  if (draft.urgent?.lateBy == null)
    expect(steps.toSorted()).toEqual(draft.chain?.steps.map(({ step }) => step).toSorted());
  expect(steps.filter((step) => reviews.includes(step)).length).toBeGreaterThanOrEqual(2);
  expect(steps.some((step) => step === 'final' || step === 'final-review')).toBe(true);
}

function whyNotHis(
  draft: Draft,
  { step, actorId, onBehalfOf }: StepPass,
  crowd: readonly DraftMover[],
): string | null {
  const wanted = draft.chain?.steps.find((one) => one.step === step);
  const actor = crowd.find(({ id }) => id === actorId);
  const holder = crowd.find(({ id }) => id === (onBehalfOf ?? actorId));
  if (wanted === undefined || actor === undefined || holder === undefined) return `${step}: nobody`;
  if (actor.student) return `${actorId} is a student`;
  if (onBehalfOf !== null && !actor.appointments.some((one) => one.onBehalfOf === onBehalfOf))
    return `${actorId} stands in for nobody`;
  const own = holder.appointments.filter((one) => one.onBehalfOf === null);
  const ofUnit = (role: string) => role === 'unit-reviewer' || role === 'unit-head';
  const fits = own.some(({ role, unitId }) =>
    wanted.role === null
      ? wanted.personIds.includes(holder.id)
      : role === wanted.role && (!ofUnit(role) || unitId === draft.unitId),
  );
  return fits ? null : `${step} is not for ${holder.id}`;
}
