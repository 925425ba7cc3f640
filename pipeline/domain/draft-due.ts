import { type Draft, type DraftState, writableStates } from './draft.ts';
import { unconfirmed } from './draft-steps.ts';

const closedStates: readonly DraftState[] = ['archived', 'rejected', 'recalled'];

/** Until when the review after an urgent approval has to be done 补审; null where none is to come. */
export function lateReviewDueAt(draft: Draft): string | null {
  if (closedStates.includes(draft.state)) return null;
  return draft.live?.urgent?.lateBy ?? draft.urgent?.lateBy ?? null;
}

/** Until when the first of the signatures on paper has to be confirmed; null where none is to be. */
export function confirmationDueAt(draft: Draft): string | null {
  if (closedStates.includes(draft.state) || writableStates.includes(draft.state)) return null;
  const due = unconfirmed(draft).flatMap(({ offline }) => offline?.confirmBy ?? []);
  return due.toSorted()[0] ?? null;
}

/** The channels where it still stands and has to be taken down. */
export function channelsToTakeDown({ takeDown, publications }: Draft): string[] {
  if (takeDown === null) return [];
  const done = new Set(takeDown.done.map(({ channelId }) => channelId));
  return publications.map(({ channelId }) => channelId).filter((channelId) => !done.has(channelId));
}

/** From when it has to be taken down where it stands; null where it has not. */
export function takeDownDueAt(draft: Draft): string | null {
  const mayBe = draft.state === 'published' || draft.state === 'recalled';
  return mayBe && channelsToTakeDown(draft).length > 0 ? (draft.takeDown?.dueAt ?? null) : null;
}
