import { Duty, type DutyDays, RosterEntry } from '../roster.ts';
import { cleanCode, isNothing, parseClock, parseDay } from './cells.ts';
import { type Colleague, findPerson } from './find-person.ts';
import { Complaints, compareLists, type SectionPlan, type SetupChange } from './plan-section.ts';
import type { FoundSheet, SetupProblem, SetupRecord } from './records.ts';

export interface RosterPlan {
  next: RosterEntry[];
  section: SectionPlan;
}

export const dutyNames: Record<Duty, string> = { publicity: '宣传', safety: '安全', operations: '技术' };
const otherDuties: Record<string, Duty> = {
  宣传部: 'publicity',
  舆情: 'publicity',
  保卫: 'safety',
  心理: 'safety',
  运维: 'operations',
};

function findDuty(text: string): Duty | null {
  const code = cleanCode(text).replace(/值班$/, '');
  return Duty.options.find((duty) => duty === code || dutyNames[duty] === code) ?? otherDuties[code] ?? null;
}

const weekdayNames = '一二三四五六日';
const weekdayOf = (sign: string) => weekdayNames.indexOf(sign === '天' || sign === '七' ? '日' : sign) + 1;
const longestRangeDays = 62;
const dayMs = 86_400_000;

/** One or several, since a range of dates is one entry a day. Null where nobody can tell. */
function parseDutyDays(text: string): DutyDays[] | null {
  const code = cleanCode(text).replaceAll('星期', '周').replaceAll('礼拜', '周');
  if (/^(?:工作日|上班日)$/.test(code)) return [{ on: 'working-days' }];
  if (/^(?:休息日|节假日|非工作日|公休日|周末和节假日|周末及节假日)$/.test(code)) return [{ on: 'days-off' }];
  if (/^(?:每天|每日|天天)$/.test(code)) return [{ on: 'weekdays', weekdays: [1, 2, 3, 4, 5, 6, 7] }];
  if (code === '周末') return [{ on: 'weekdays', weekdays: [6, 7] }];
  return parseWeekdays(code) ?? parseDates(code);
}

function parseWeekdays(code: string): DutyDays[] | null {
  const [, first, last] =
    /^周([一二三四五六日天七])(?:至|到|-|~|—|–)周?([一二三四五六日天七])$/.exec(code) ?? [];
  if (first !== undefined && last !== undefined) {
    const [from, to] = [weekdayOf(first), weekdayOf(last)];
    const weekdays = Array.from({ length: 7 }, (_, index) => index + 1).filter((day) =>
      from <= to ? from <= day && day <= to : day >= from || day <= to,
    );
    return [{ on: 'weekdays', weekdays }];
  }
  if (!/^(?:周?[一二三四五六日天七][、,;/和]?)+$/.test(code) || !code.startsWith('周')) return null;
  const signs = code.match(/[一二三四五六日天七]/g) ?? [];
  return [{ on: 'weekdays', weekdays: [...new Set(signs.map(weekdayOf))].toSorted((a, b) => a - b) }];
}

function parseDates(code: string): DutyDays[] | null {
  const single = parseDay(code);
  if (single !== null) return [{ on: 'date', date: single }];
  const [start = '', end = ''] = code.split(/至|到|~|—|–|--/).filter((part) => part !== '');
  const [from, to] = [parseDay(start), parseDay(end)];
  if (from === null || to === null || to < from) return null;
  const days = (Date.parse(to) - Date.parse(from)) / dayMs + 1;
  if (days > longestRangeDays) return null;
  return Array.from({ length: days }, (_, index) => ({
    on: 'date',
    date: new Date(Date.parse(from) + index * dayMs).toISOString().slice(0, 10),
  }));
}

/** The sheet is the whole roster: what it lacks is no longer in it. */
export function planRoster(
  found: FoundSheet<'roster'>,
  scene: { known: readonly RosterEntry[]; colleagues: readonly Colleague[]; at: string },
  problems: SetupProblem[],
): RosterPlan {
  const complain = new Complaints('roster', problems);
  const rowOf = new Map<string, number>();
  const next: RosterEntry[] = [];
  for (const record of found.records) {
    for (const entry of parseEntries(record, scene, complain)) {
      const key = JSON.stringify(entry);
      const earlier = rowOf.get(key);
      if (earlier !== undefined) {
        complain.add(record, null, `与第 ${earlier} 行重复。`, '请只留一行。');
        break;
      }
      rowOf.set(key, record.row);
      next.push(entry);
    }
  }
  const nameOf = (login: string) => scene.colleagues.find((one) => one.login === login)?.name ?? login;
  return { next, section: compareLists(scene.known, next, (entry) => describeEntry(entry, nameOf)) };
}

function parseEntries(
  record: SetupRecord<'roster'>,
  { colleagues, at }: { colleagues: readonly Colleague[]; at: string },
  complain: Complaints<'roster'>,
): RosterEntry[] {
  const { cells } = record;
  const wrong = (key: keyof typeof cells, message: string, hint: string) =>
    cells[key] === '' ? null : complain.add(record, key, message, hint);
  const clock = (key: 'from' | 'to') =>
    parseClock(cells[key]) ?? wrong(key, `“${cells[key]}”不是时间。`, '如 08:00；零点结束写 24:00。');
  const person = (key: 'person' | 'backup') => {
    const result = findPerson(colleagues, cells[key], at);
    return 'login' in result ? result.login : wrong(key, result.problem, result.hint);
  };
  const duty = findDuty(cells.duty) ?? wrong('duty', `没有值班类别“${cells.duty}”。`, '填宣传、安全或技术。');
  const days =
    parseDutyDays(cells.days) ??
    wrong(
      'days',
      `看不懂日期“${cells.days}”。`,
      '如 2026-10-01、2026-10-01至2026-10-07、周一至周五、每天、工作日、休息日。',
    );
  const [from, to, holder] = [clock('from'), clock('to'), person('person')];
  const noBackup = cells.backup === '' || isNothing(cells.backup);
  const backup = noBackup ? null : person('backup');
  if (backup !== null && backup === holder)
    return [complain.add(record, 'backup', '备岗人就是值班人。', '请换一位。')].flatMap(() => []);
  const phone = cells.phone === '' ? null : cells.phone.normalize('NFKC').trim();
  if (duty === null || days === null || from === null || to === null || holder === null) return [];
  if (!noBackup && backup === null) return [];
  return days.flatMap((on) => {
    const entry = RosterEntry.safeParse({ duty, days: on, from, to, person: holder, backup, phone });
    if (entry.success) return [entry.data];
    const key = entry.error.issues[0]?.path[0] === 'phone' ? 'phone' : 'from';
    complain.add(
      record,
      key,
      key === 'phone' ? `“${cells.phone}”不是电话号码。` : '时间不对。',
      key === 'phone' ? '只用数字、空格和 + - ( )。' : '开始时间最晚 23:59。',
    );
    return [];
  });
}

function describeDays(days: DutyDays): string {
  switch (days.on) {
    case 'date':
      return days.date;
    case 'weekdays':
      return days.weekdays.length === 7
        ? '每天'
        : `周${days.weekdays.map((day) => weekdayNames[day - 1]).join('、')}`;
    case 'working-days':
      return '工作日';
    case 'days-off':
      return '休息日';
    default:
      return days satisfies never;
  }
}

function describeEntry(entry: RosterEntry, nameOf: (login: string) => string): SetupChange {
  const until = entry.to <= entry.from ? `次日 ${entry.to}` : entry.to;
  return {
    label: `${dutyNames[entry.duty]} ${describeDays(entry.days)} ${entry.from}–${until}`,
    details: [`${nameOf(entry.person)}${entry.backup === null ? '' : `，备岗 ${nameOf(entry.backup)}`}`],
  };
}
