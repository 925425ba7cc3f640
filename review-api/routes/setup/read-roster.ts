import { onDutyAt, shiftsOn, weekOf } from '../../../pipeline/domain/roster.ts';
import { shanghaiClock } from '../../../pipeline/domain/time.ts';
import type { Handler } from '../../http/call.ts';
import { presentShift } from '../../present/roster.ts';

export const readRoster: Handler<'readRoster'> = async ({ query, deps }) => {
  const at = deps.clock.now();
  const today = shanghaiClock(at).slice(0, 10);
  const settings = await deps.directory.settings();
  const colleagues = { settings, at, users: await deps.stores.users.list() };
  const calendar = await deps.calendar.read();
  const { roster } = settings;
  return {
    isEmpty: roster.length === 0,
    today,
    now: onDutyAt(roster, at, calendar).map((shift) => presentShift(shift, colleagues)),
    days: weekOf(query.day ?? today).map((day) => ({
      day,
      isWorkingDay: calendar.isWorkingDay(day),
      isKnown: calendar.isKnown(day),
      shifts: shiftsOn(roster, day, calendar).map((shift) => presentShift(shift, colleagues)),
    })),
  };
};
