import {
  previewCalendar as preview,
  readCalendar as read,
  type StoredCalendar,
  saveCalendar as save,
} from '../../../pipeline/commands/calendar-table.ts';
import { rightsOf } from '../../../pipeline/domain/role.ts';
import type { CalendarView } from '../../contract/bursts.ts';
import { type Call, getReader, getSignedIn, type Handler } from '../../http/call.ts';

function present({ calendar, version }: StoredCalendar, call: Pick<Call, 'signedIn'>): CalendarView {
  const mayEdit = rightsOf(getSignedIn(call).appointments, 'calendar.edit').permitted;
  return { calendar, version, mayEdit };
}

export const readCalendar: Handler<'readCalendar'> = async (call) => present(await read(call.deps), call);

export const saveCalendar: Handler<'saveCalendar'> = async (call) =>
  present(await save(call.body, getReader(call).actor, call.deps), call);

export const previewCalendar: Handler<'previewCalendar'> = (call) =>
  preview(call.file ?? new Uint8Array(), call.deps, call.signal);
