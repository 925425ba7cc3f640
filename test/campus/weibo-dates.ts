import { dashedDate, dayFields, shanghaiClock, shanghaiDay } from './calendar.ts';

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

const twoDigits = (value: number) => String(value).padStart(2, '0');

/** Fri Jun 14 20:39:20 +0800 2019 */
export function absoluteDate(at: Date): string {
  const day = shanghaiDay(at);
  const { year, month, day: dayOfMonth } = dayFields(day);
  const weekday = weekdays[new Date(day * 86_400_000).getUTCDay()];
  return `${weekday} ${months[month - 1]} ${twoDigits(dayOfMonth)} ${shanghaiClock(at)} +0800 ${year}`;
}

/** As the mobile site of 2019 tells it: 刚刚, 5分钟前, 3小时前, 昨天 18:40, 11-03, 2025-11-03. */
export function relativeDate(at: Date, now: Date): string {
  const seconds = Math.floor((now.getTime() - at.getTime()) / 1000);
  const [day, today] = [shanghaiDay(at), shanghaiDay(now)];
  if (seconds < 60) return '刚刚';
  if (seconds < 3600) return `${Math.floor(seconds / 60)}分钟前`;
  if (day === today) return `${Math.floor(seconds / 3600)}小时前`;
  if (day === today - 1) return `昨天 ${shanghaiClock(at).slice(0, 5)}`;
  const date = dashedDate(day);
  return dayFields(day).year === dayFields(today).year ? date.slice(5) : date;
}

/** 1.2万, as counts are told since 2022. */
export function countText(count: number): number | string {
  if (count < 10_000) return count;
  return count < 1_000_000 ? `${(count / 10_000).toFixed(1)}万` : '100万+';
}
