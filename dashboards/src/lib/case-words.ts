import type { CaseChange } from '../../../review-api/contract/case-change.ts';
import type { CaseDetail, CaseEventView } from '../../../review-api/contract/case-detail.ts';
import { decisionWords, reasonLabels, reopenLabels } from './decision-labels.ts';
import { eventLabels } from './labels.ts';

type Told = Pick<CaseChange, 'kind' | 'decision' | 'reason'>;

/** Who did it: the reader, a colleague by name, or the machine. */
export function describeActor({ byMe, byName }: Pick<CaseChange, 'byMe' | 'byName'>): string {
  if (byMe) return '我';
  return byName ?? '系统';
}

/** What happened, in words: for the history and for what changed meanwhile. */
export function describeChange({ kind, decision, reason }: Told): string {
  if (decision !== null) {
    return `${decisionWords[decision.kind].label}，理由：${reasonLabels[decision.reason]}`;
  }
  return reason === null ? eventLabels[kind] : `${eventLabels[kind]}，理由：${reopenLabels[reason]}`;
}

/** With what only the whole history knows: the unit, whose decision holds for a copy too, who held it before. */
export function describeEvent(event: CaseEventView, detail: Pick<CaseDetail, 'events' | 'units'>): string {
  if (event.inherits !== null) {
    const held = detail.events.find((one) => one.id === event.inherits)?.decision ?? null;
    const label = held === null ? '' : `：${decisionWords[held.kind].label}`;
    return `${eventLabels[event.kind]}，沿用处理意见${label}`;
  }
  if (event.kind === 'taken-over') {
    return `${eventLabels[event.kind]}（此前由${event.holderName ?? '另一位同事'}处理）`;
  }
  const { decision } = event;
  if (decision === null) return describeChange(event);
  const unit = detail.units.find((one) => one.id === decision.unitId)?.name ?? decision.unitId;
  const to = unit === null ? '' : `（${unit}）`;
  const together = event.inBulk ? '（批量）' : '';
  return `${decisionWords[decision.kind].label}${to}${together}，理由：${reasonLabels[decision.reason]}`;
}
