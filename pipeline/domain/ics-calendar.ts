import type { CalendarEntry, CalendarProblem } from './calendar-import.ts';
import { dayBefore } from './time.ts';

/**
 * A strict reader of the little of RFC 5545 that a 校历 uses: VEVENT with DTSTART, DTEND and SUMMARY, lines folded. What repeats is
 * refused by name and not read as if it happened once.
 */
const refused = ['RRULE', 'RDATE', 'EXDATE', 'EXRULE', 'RECURRENCE-ID', 'DURATION'] as const;
const mostEvents = 1000;

interface Property {
  name: string;
  params: string;
  value: string;
}

/** A line that begins with a blank goes on with the line before. Each with the number of its first line in the file. */
function unfold(text: string): { line: string; number: number }[] {
  const lines: { line: string; number: number }[] = [];
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const before = lines.at(-1);
    if (/^[ \t]/.test(line) && before !== undefined) before.line += line.slice(1);
    else lines.push({ line, number: index + 1 });
  }
  return lines.filter(({ line }) => line.trim() !== '');
}

function readProperty(line: string): Property | null {
  const found = /^([A-Za-z0-9-]+)((?:;(?:[^":;]|"[^"]*")*)*):(.*)$/.exec(line);
  if (found === null) return null;
  const [, name = '', params = '', value = ''] = found;
  return { name: name.toUpperCase(), params: params.toUpperCase(), value };
}

const readText = (value: string) =>
  value.replace(/\\([\\;,nN])/g, (_, one: string) => (one === 'n' || one === 'N' ? ' ' : one));

const isReal = (day: string): boolean => {
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
};

/** As `2026-09-01`; '' where it is none. `isDay`: without a time. An instant in UTC is told on a Shanghai clock. */
function readDate({ value }: Property): { day: string; isDay: boolean } {
  const found = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/.exec(value.trim());
  if (found === null) return { day: '', isDay: false };
  const [, year, month, date, hour, minute, second, zone] = found;
  const day = `${year}-${month}-${date}`;
  if (!isReal(day)) return { day: '', isDay: false };
  if (zone !== 'Z') return { day, isDay: hour === undefined };
  const at = Date.parse(`${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(at)) return { day: '', isDay: false };
  return { day: new Date(at + 8 * 3_600_000).toISOString().slice(0, 10), isDay: false };
}

interface ReadIcs {
  entries: CalendarEntry[];
  problems: CalendarProblem[];
}

function readEvent(properties: readonly Property[], place: string): CalendarEntry | CalendarProblem {
  const find = (name: string) => properties.find((one) => one.name === name);
  const repeats = refused.find((name) => find(name) !== undefined);
  if (repeats !== undefined)
    return {
      place,
      field: repeats,
      message: `不支持 ${repeats}（重复或相对时间），请把每一次写成单独的事件。`,
    };
  const [start, end] = [find('DTSTART'), find('DTEND')];
  if (start === undefined) return { place, field: 'DTSTART', message: '缺少开始日期 DTSTART。' };
  const from = readDate(start);
  if (from.day === '') return { place, field: 'DTSTART', message: `“${start.value}”不是日期。` };
  const name = readText(find('SUMMARY')?.value ?? '').trim();
  if (name === '') return { place, field: 'SUMMARY', message: '缺少名称 SUMMARY。' };
  if (end === undefined) return { place, name, kind: '', from: from.day, to: from.day };
  const to = readDate(end);
  if (to.day === '') return { place, field: 'DTEND', message: `“${end.value}”不是日期。` };
  // The end of whole days is the day after the last.
  const last = to.isDay && to.day > from.day ? dayBefore(to.day, 1) : to.day;
  return { place, name, kind: '', from: from.day, to: last };
}

/** @returns null when the text is no calendar at all */
export function readIcs(text: string): ReadIcs | null {
  const lines = unfold(text.replace(/^\uFEFF/, ''));
  if (!/^BEGIN:VCALENDAR\s*$/i.test(lines[0]?.line ?? '')) return null;
  const read: ReadIcs = { entries: [], problems: [] };
  let [open, count]: [Property[] | null, number] = [null, 0];
  let inner = 0;
  for (const { line, number } of lines) {
    const property = readProperty(line.trimEnd());
    if (property === null) {
      read.problems.push({
        place: `第${number}行`,
        field: '格式',
        message: '这一行不是 iCalendar 的格式。',
      });
      continue;
    }
    const isEvent = property.value.trim().toUpperCase() === 'VEVENT';
    if (property.name === 'BEGIN' && open !== null) inner += 1;
    else if (property.name === 'BEGIN' && isEvent) [open, count] = [[], count + 1];
    else if (property.name === 'END' && inner > 0) inner -= 1;
    else if (property.name === 'END' && isEvent && open !== null) {
      if (count > mostEvents) break;
      const event = readEvent(open, `第${count}个事件`);
      if ('field' in event) read.problems.push(event);
      else read.entries.push(event);
      open = null;
    } else if (inner === 0) open?.push(property);
  }
  if (open !== null)
    read.problems.push({
      place: `第${count}个事件`,
      field: 'END',
      message: '事件没有结束（缺少 END:VEVENT），文件可能不完整。',
    });
  if (count > mostEvents)
    read.problems.push({
      place: '文件',
      field: 'VEVENT',
      message: `超过 ${mostEvents} 个事件，只读了前面的。`,
    });
  return read;
}
