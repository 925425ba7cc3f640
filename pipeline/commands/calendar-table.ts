import {
  type CalendarEntry,
  type CalendarPlan,
  type CalendarProblem,
  planCalendar,
} from '../domain/calendar-import.ts';
import type { Actor } from '../domain/case.ts';
import { InvalidInput } from '../domain/errors.ts';
import { readIcs } from '../domain/ics-calendar.ts';
import { calendarReach, findCalendarMistake, type SchoolCalendar } from '../domain/school-calendar.ts';
import type { SheetTable } from '../domain/sheet-table.ts';
import { shanghaiDay } from '../domain/time.ts';
import type { TableReader } from '../ports/table-reader.ts';
import { findSettingVersion, type SettingPorts, saveSetting } from './save-setting.ts';

export interface StoredCalendar {
  calendar: SchoolCalendar;
  /** Of the settings that last changed it; 0 where nobody ever did. */
  version: number;
}

export async function readCalendar({ stores }: Pick<SettingPorts, 'stores'>): Promise<StoredCalendar> {
  const version = await findSettingVersion(stores, 'calendar');
  return { calendar: (await stores.settings.read()).calendar, version };
}

/** Names the first field that is wrong, as `calendar.periods.3.to`. @throws InvalidInput */
function assertPossible(calendar: SchoolCalendar, today: string): void {
  const mistake = findCalendarMistake(calendar, calendarReach(today));
  if (mistake !== null)
    throw new InvalidInput(['calendar', ...mistake.path].join('.'), `${mistake.message}。`);
}

/**
 * The whole calendar anew: due times, and what is usual on a day, follow it from now on.
 * @throws InvalidInput, Conflict when somebody else has changed it since the version seen
 */
export async function saveCalendar(
  { calendar, seenVersion }: { calendar: SchoolCalendar; seenVersion: number },
  actor: Actor,
  ports: SettingPorts,
): Promise<StoredCalendar> {
  assertPossible(calendar, shanghaiDay(ports.clock.now()));
  const stale = '校历已有更新，请刷新后再修改。';
  const version = await saveSetting(
    { kind: 'calendar', build: () => calendar, seenVersion, stale },
    actor,
    ports,
  );
  return { calendar, version };
}

const columns = { name: '名称', kind: '类型', from: '起', to: '止' } as const;
/** What schools write over these columns as well. */
const alsoCalled = new Map<string, string>([
  ...['开始', '开始日期', '起始日期'].map((name) => [name, columns.from] as const),
  ...['结束', '结束日期', '截止日期'].map((name) => [name, columns.to] as const),
]);

interface FileEntries {
  entries: CalendarEntry[];
  problems: CalendarProblem[];
}

function readRows(tables: readonly SheetTable[]): FileEntries {
  for (const { rows } of tables.filter(({ isHidden }) => !isHidden)) {
    const at = rows.findIndex(({ cells }) => cells.some((cell) => cell.trim() === columns.name));
    const head = rows[at]?.cells.map((cell) => alsoCalled.get(cell.trim()) ?? cell.trim());
    if (head === undefined) continue;
    const missing = [columns.name, columns.from].find((column) => !head.includes(column));
    if (missing !== undefined)
      throw new InvalidInput('file', `表头缺少“${missing}”一栏。`, '需要：名称、类型、起、止');
    const cellOf = (cells: readonly string[], column: string) => cells[head.indexOf(column)] ?? '';
    const entries = rows.slice(at + 1).map(({ number, cells }) => ({
      place: `第${number}行`,
      ...{ name: cellOf(cells, columns.name), kind: cellOf(cells, columns.kind) },
      ...{ from: cellOf(cells, columns.from), to: cellOf(cells, columns.to) },
    }));
    return { entries, problems: [] };
  }
  throw new InvalidInput('file', '没有找到表头。', '第一行写：名称、类型、起、止');
}

const unreadReasons: Record<string, string> = {
  encrypted: '文件有密码，请去掉密码后再上传。',
  unsupported: '不是 .ics、Excel 或 CSV 文件。',
  empty: '文件里没有内容。',
};

async function readEntries(
  bytes: Uint8Array,
  tables: TableReader,
  signal?: AbortSignal,
): Promise<FileEntries> {
  if (bytes.length === 0) throw new InvalidInput('file', '文件是空的。');
  const ics = readIcs(new TextDecoder().decode(bytes));
  if (ics !== null) return ics;
  const read = await tables.readTables(bytes, signal);
  if (read.unread !== null)
    throw new InvalidInput('file', unreadReasons[read.unread] ?? '文件打不开，可能已损坏。');
  return readRows(read.tables);
}

/**
 * What a 校历 (.ics), or a table with 名称, 类型, 起, 止, would make of the calendar. Nothing is written: whoever looked at it saves `next`
 * with the version it was planned for.
 * @throws InvalidInput for a file that cannot be read at all
 */
export async function previewCalendar(
  bytes: Uint8Array,
  { stores, clock, tables }: SettingPorts & { tables: TableReader },
  signal?: AbortSignal,
): Promise<CalendarPlan & { version: number }> {
  const { entries, problems } = await readEntries(bytes, tables, signal);
  const { calendar, version } = await readCalendar({ stores });
  const plan = planCalendar(entries, calendar, calendarReach(shanghaiDay(clock.now())));
  return { ...plan, problems: [...problems, ...plan.problems], version };
}
