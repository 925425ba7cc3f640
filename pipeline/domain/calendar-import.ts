import {
  type CalendarReach,
  findSpanMistake,
  type PeriodKind,
  type SchoolCalendar,
  SchoolPeriod,
} from './school-calendar.ts';
import { daysBetween } from './time.ts';

/** What a file says of one period, before anything is made of it. */
export interface CalendarEntry {
  /** Where it stands, in the words of whoever looks for it: 第3行, or 第2个事件. */
  place: string;
  name: string;
  /** As it was written; '' where the file says nothing. */
  kind: string;
  from: string;
  to: string;
}

export interface CalendarProblem {
  place: string;
  field: string;
  message: string;
}

/** A period of the file beside what the calendar has. */
interface PlannedPeriod extends SchoolPeriod {
  place: string;
  change: 'new' | 'changed' | 'same';
  /** The days that the calendar has now, where they change. */
  before: { from: string; to: string } | null;
  /** The words of the name that the kind was read from; null where the file says the kind. */
  guessedFrom: string | null;
}

export interface CalendarPlan {
  periods: PlannedPeriod[];
  ignored: { place: string; name: string; reason: string }[];
  problems: CalendarProblem[];
  /** All periods as they would stand; what the file does not name stays. */
  next: SchoolPeriod[];
}

const kindNames: Record<PeriodKind, readonly string[]> = {
  term: ['学期', 'term'],
  vacation: ['假期', '放假', '寒假', '暑假', 'vacation'],
  opening: ['开学', '报到', '开学报到', 'opening'],
  exam: ['考试', 'exam'],
  graduation: ['毕业', 'graduation'],
  admission: ['招生', 'admission'],
  event: ['活动', '运动会', '校庆', 'event'],
};

/** In this order: 毕业生离校 is graduation and no vacation, 开学第一周补考 an examination. */
const kindWords: readonly (readonly [PeriodKind, RegExp])[] = [
  ['exam', /补考|期末考|期中考|考试|四六级|缓考|学位英语|考核周/],
  ['graduation', /毕业|学位授予|离校/],
  ['admission', /招生|录取|校园开放日|高考志愿/],
  ['opening', /报到|开学|迎新|注册|返校/],
  ['vacation', /寒假|暑假|放假|假期/],
  ['event', /运动会|校庆|军训|文化节|艺术节|科技节|校园歌手|典礼|晚会/],
  ['term', /学期|教学周|上课|校历/],
];
const officialHolidays = /元旦|春节|除夕|清明|劳动节|五一|端午|中秋|国庆|法定/;

function readKind(text: string): PeriodKind | null {
  const found = Object.entries(kindNames).find(([kind, names]) => kind === text || names.includes(text));
  return found === undefined ? null : (found[0] as PeriodKind);
}

function guessKind(name: string): { kind: PeriodKind; word: string } | null {
  for (const [kind, words] of kindWords) {
    const found = words.exec(name);
    if (found !== null) return { kind, word: found[0] };
  }
  return null;
}

/** 2026-9-1, 2026/09/01, 2026.9.1, 2026年9月1日, 20260901; with or without a time. Null for anything else. */
function readDay(text: string): string | null {
  const found =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+\d{1,2}:\d{2})?$/.exec(text.trim()) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text.trim());
  if (found === null) return null;
  const [, year = '', month = '', date = ''] = found;
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  const real = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(real.getTime()) || !real.toISOString().startsWith(day) ? null : day;
}

type Read =
  | { period: SchoolPeriod; guessedFrom: string | null }
  | { ignored: string }
  | { problems: Omit<CalendarProblem, 'place'>[] };

const spanFields = { from: '起', to: '止' } as const;

function readEntry({ name, kind: written, from, to }: CalendarEntry, reach: CalendarReach): Read {
  const problems: Omit<CalendarProblem, 'place'>[] = [];
  const first = readDay(from);
  const last = to.trim() === '' ? first : readDay(to);
  if (name.trim() === '') problems.push({ field: '名称', message: '缺少名称。' });
  else if (name.trim().length > 60) problems.push({ field: '名称', message: '名称最多 60 个字。' });
  if (first === null) problems.push({ field: '起', message: `“${from}”不是日期，请写成 2026-09-01。` });
  if (last === null && first !== null)
    problems.push({ field: '止', message: `“${to}”不是日期，请写成 2026-09-01。` });
  if (first !== null && last !== null) {
    const found = findSpanMistake({ from: first, to: last }, reach);
    if (found !== null) problems.push({ field: spanFields[found.at], message: `${found.message}。` });
    else if (last < first) problems.push({ field: '止', message: `止（${last}）早于起（${first}）。` });
  }
  const said = written.trim() === '' ? null : readKind(written.trim());
  if (written.trim() !== '' && said === null) {
    const names = '学期、假期、开学、考试、毕业、招生、活动';
    problems.push({
      field: '类型',
      message: `不认识类型“${written.trim()}”，可以写：${names}；留空则按名称判断。`,
    });
  }
  if (problems.length > 0 || first === null || last === null) return { problems };
  if (said === null && officialHolidays.test(name))
    return { ignored: '法定节假日由程序自带的日历提供，不用导入。' };
  const guess = said === null ? guessKind(name) : null;
  const kind = said ?? guess?.kind;
  if (kind === undefined) return { ignored: '从名称看不出类型；需要的话请在“类型”一栏写明。' };
  return {
    period: SchoolPeriod.parse({ name: name.trim(), kind, from: first, to: last }),
    guessedFrom: guess?.word ?? null,
  };
}

/** The same period of the same school year, whatever its days were. */
const sameYearDays = 150;
const isSame = (a: SchoolPeriod, b: SchoolPeriod) =>
  a.name === b.name && a.kind === b.kind && Math.abs(daysBetween(a.from, b.from)) < sameYearDays;

/** Pure. What a file would make of the calendar: shown first, then saved as any other change. */
export function planCalendar(
  entries: readonly CalendarEntry[],
  { periods }: Pick<SchoolCalendar, 'periods'>,
  reach: CalendarReach,
): CalendarPlan {
  const plan: CalendarPlan = { periods: [], ignored: [], problems: [], next: [...periods] };
  for (const entry of entries) {
    const { place, name } = entry;
    const read = readEntry(entry, reach);
    if ('problems' in read) plan.problems.push(...read.problems.map((one) => ({ place, ...one })));
    else if ('ignored' in read) plan.ignored.push({ place, name, reason: read.ignored });
    else {
      const at = plan.next.findIndex((one) => isSame(one, read.period));
      const before = plan.next[at];
      const isEqual = before?.from === read.period.from && before.to === read.period.to;
      if (before === undefined) plan.next.push(read.period);
      else plan.next[at] = read.period;
      plan.periods.push({
        ...{ ...read.period, place, guessedFrom: read.guessedFrom },
        change: before === undefined ? 'new' : isEqual ? 'same' : 'changed',
        before: before === undefined || isEqual ? null : { from: before.from, to: before.to },
      });
    }
  }
  plan.next.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.name < b.name ? -1 : 1));
  return plan;
}
