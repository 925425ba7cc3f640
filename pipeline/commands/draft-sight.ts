import type { Draft } from '../domain/draft.ts';
import type { DraftMover } from '../domain/draft-steps.ts';
import { NotFound } from '../domain/errors.ts';
import { rightsOf } from '../domain/role.ts';
import type { DraftSight, DraftStore } from '../ports/draft-store.ts';

/** Whose drafts a person sees: by role and unit, and those with a step that names them or whom they stand in for. */
export function draftSight({ id, appointments }: DraftMover): DraftSight {
  const lenders = appointments.flatMap(({ onBehalfOf }) => onBehalfOf ?? []);
  return {
    units: rightsOf(appointments, 'draft.read').units,
    personIds: [...new Set([id, ...lenders])],
  };
}

/** @throws NotFound, the same for one that is none and one that this person does not see */
export async function getDraft(
  id: string,
  mover: DraftMover,
  { stores }: { stores: { drafts: Pick<DraftStore, 'find'> } },
): Promise<Draft> {
  const draft = await stores.drafts.find(id, draftSight(mover));
  if (draft === null) throw new NotFound('没有这篇稿件。');
  return draft;
}
