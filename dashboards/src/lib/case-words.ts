import type { CaseChange } from '../../../review-api/contract/case-change.ts';
import type { CaseDetail, CaseEventView } from '../../../review-api/contract/case-detail.ts';
import { t } from '../i18n/t.ts';
import { decisionWords, reasonLabels, reopenLabels } from './decision-labels.ts';
import { eventLabels } from './labels.ts';

type Told = Pick<CaseChange, 'kind' | 'decision' | 'reason'>;

/** Who did it: the reader, a colleague by name, or the machine. */
export function describeActor({ byMe, byName }: Pick<CaseChange, 'byMe' | 'byName'>): string {
  if (byMe) return t('queue.me');
  return byName ?? t('app.system');
}

/** What happened, in words: for the history and for what changed meanwhile. */
export function describeChange({ kind, decision, reason }: Told): string {
  if (decision !== null) {
    return t('queue.decisionReason', {
      decision: decisionWords[decision.kind].label,
      reason: reasonLabels[decision.reason],
    });
  }
  return reason === null
    ? eventLabels[kind]
    : t('queue.eventReason', { event: eventLabels[kind], reason: reopenLabels[reason] });
}

/** With what only the whole history knows: the unit, whose decision holds for a copy too, who held it before. */
export function describeEvent(event: CaseEventView, detail: Pick<CaseDetail, 'events' | 'units'>): string {
  if (event.inherits !== null) {
    const held = detail.events.find((one) => one.id === event.inherits)?.decision ?? null;
    const label =
      held === null ? '' : t('queue.inheritedDecision', { decision: decisionWords[held.kind].label });
    return t('queue.inherited', { event: eventLabels[event.kind], label });
  }
  if (event.kind === 'taken-over') {
    return t('queue.takenOverFrom', {
      event: eventLabels[event.kind],
      name: event.holderName ?? t('app.anotherColleague'),
    });
  }
  const { decision } = event;
  if (decision === null) return describeChange(event);
  const unit = detail.units.find((one) => one.id === decision.unitId)?.name ?? decision.unitId;
  const to = unit === null ? '' : t('queue.toUnit', { unit });
  const together = event.inBulk ? t('queue.inBulk') : '';
  return t('queue.decisionLine', {
    decision: decisionWords[decision.kind].label,
    to,
    together,
    reason: reasonLabels[decision.reason],
  });
}
