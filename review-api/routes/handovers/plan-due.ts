import { usualWorkingDays } from '../../../pipeline/domain/handover.ts';
import { shanghaiClock } from '../../../pipeline/domain/time.ts';
import type { Handler } from '../../http/call.ts';

export const planHandoverDue: Handler<'planHandoverDue'> = async ({ query, deps }) => {
  const days = query.days ?? usualWorkingDays[query.urgency];
  const calendar = await deps.calendar.read();
  const dueAt = calendar.dueAfter(deps.clock.now(), days);
  return { dueAt, days, known: calendar.isKnown(shanghaiClock(dueAt).slice(0, 10)) };
};
