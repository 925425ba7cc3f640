import type { Draft } from './draft.ts';
import { isComplete } from './draft-steps.ts';
import { Conflict } from './errors.ts';

declare const approved: unique symbol;
/** Only `approve` makes one, and only this can be sealed. */
export type Approved<T> = T & { readonly [approved]: true };

/**
 * The gate. It asks everything once more, whatever led here: every step that has to be decided is, each by another person, none
 * of whom wrote in it or stood in for somebody who did, and all of them about the text as it is now, which is what was submitted.
 * @throws Conflict
 */
export function approve(draft: Draft): Approved<Draft> {
  const people = draft.passes.map(({ actorId, onBehalfOf }) =>
    onBehalfOf === null ? [actorId] : [actorId, onBehalfOf],
  );
  const all = people.flat();
  if (!isComplete(draft)) throw new Conflict('还有审校环节没有完成。');
  if (new Set(all).size !== all.length) throw new Conflict('同一个人不能办理两个审校环节。');
  if (all.some((id) => draft.writers.includes(id))) throw new Conflict('写稿人不能审校自己的稿件。');
  const recorders = draft.passes.flatMap(({ offline }) => offline?.recordedBy ?? []);
  if (new Set(recorders).size !== recorders.length || recorders.some((id) => all.includes(id)))
    throw new Conflict('登记签批的人不能办理别的环节，也不能登记两个环节。');
  const steps = draft.passes.map(({ step }) => step);
  const known = draft.chain?.steps.map(({ step }) => step) ?? [];
  if (new Set(steps).size !== steps.length || steps.some((step) => !known.includes(step)))
    throw new Conflict('审校记录与审校链不符，需要重新审校。');
  if (draft.passes.some(({ contentVersion }) => contentVersion !== draft.contentVersion))
    throw new Conflict('稿件在审校期间有改动，需要重新审校。');
  if (draft.submitted?.version !== draft.contentVersion)
    throw new Conflict('送审的不是现在的稿件，需要重新送审。');
  return draft as Approved<Draft>;
}
