import { EscalationLevel, type Handover, isWithUnit } from './handover.ts';
import type { Nudge } from './handover-moves.ts';
import type { WorkCalendar } from './work-calendar.ts';

/** Working days in which a unit signs for a slip. */
const receiveWithinDays = 1;
/** Working days between one level and the next. */
const levelEveryDays = 2;

/** When a slip that is late is told to each level: the unit's head at once, then the director, then the leader. */
function toldFrom(level: EscalationLevel, dueAt: string, calendar: WorkCalendar): string {
  const steps = EscalationLevel.options.indexOf(level);
  return steps === 0 ? dueAt : calendar.dueAfter(dueAt, steps * levelEveryDays);
}

/**
 * Pure: what the machine has to tell of a slip now; null for nothing. It reminds and tells who is responsible, each once, and never
 * signs, answers or closes (R12). Several levels that have passed unseen are told one after the other.
 */
export function findNudge(slip: Handover, calendar: WorkCalendar, now: string): Nudge | null {
  if (!isWithUnit(slip.state)) return null;
  const { id: handoverId, version } = slip;
  const told = slip.escalatedTo === null ? -1 : EscalationLevel.options.indexOf(slip.escalatedTo);
  const next = EscalationLevel.options[told + 1];
  if (next !== undefined && now > toldFrom(next, slip.dueAt, calendar)) {
    return { handoverId, version, kind: 'escalated', level: next };
  }
  const lies = slip.state === 'sent' && slip.remindedAt === null;
  if (lies && now > calendar.dueAfter(slip.sentAt, receiveWithinDays)) {
    return { handoverId, version, kind: 'reminded', level: null };
  }
  return null;
}
