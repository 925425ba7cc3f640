import type { CaseFact, HandoverFact } from '../../pipeline/domain/case-fact.ts';
import type { ItemFact } from '../../pipeline/domain/item-fact.ts';
import type { EvidenceView } from '../contract/trends.ts';
import type { TrendNames } from './trend.ts';

const about = (
  { channelId, accessClass, unitId, service }: ItemFact | CaseFact | HandoverFact,
  { channel, unit }: TrendNames,
) => ({
  ...{ channel: channel(channelId), accessClass, service },
  unit: unitId === null ? null : unit(unitId),
});

/** @param caseId of its newest case, where the reader may open that */
export function presentItem(fact: ItemFact, caseId: string | null, names: TrendNames): EvidenceView {
  const { postId, hour, kind, level, categories } = fact;
  return { about: 'items', postId, hour, kind, level, categories, ...about(fact, names), caseId };
}

export function presentCaseFact(fact: CaseFact, mayOpen: boolean, names: TrendNames): EvidenceView {
  const { caseId, openedAt, decidedAt, decision, reason, state, level, categories, posts } = fact;
  const what = { caseId, openedAt, decidedAt, decision, reason, state, level, categories, posts };
  return { about: 'cases', ...what, ...about(fact, names), mayOpen };
}

/** Whether the reader may open the slip, and its case. */
export function presentSlip(
  fact: HandoverFact,
  may: { open: boolean; openCase: boolean },
  names: TrendNames,
): EvidenceView {
  const { handoverId, number, state, urgency, sentAt, receivedAt, answeredAt, dueAt } = fact;
  const what = { handoverId, number, state, urgency, sentAt, receivedAt, answeredAt, dueAt };
  const caseId = may.openCase ? fact.caseId : null;
  return { about: 'handovers', ...what, caseId, ...about(fact, names), mayOpen: may.open };
}
