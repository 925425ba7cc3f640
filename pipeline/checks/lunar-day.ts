const months = [
  '正月',
  '二月',
  '三月',
  '四月',
  '五月',
  '六月',
  '七月',
  '八月',
  '九月',
  '十月',
  '十一月',
  '十二月',
];
const tens = ['初', '十', '廿', '三'];
const ones = ['十', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const chinese = new Intl.DateTimeFormat('en-u-ca-chinese', {
  timeZone: 'UTC',
  month: 'numeric',
  day: 'numeric',
});

function nameDay(day: number): string {
  if (day === 10) return '初十';
  if (day === 20) return '二十';
  if (day === 30) return '三十';
  return `${tens[Math.floor(day / 10)] ?? ''}${ones[day % 10] ?? ''}`;
}

/** The day of the lunar calendar, 正月初九; null where the calendar is not to be had, and in leap months, which are written in two ways. */
export function lunarDayOf(year: number, month: number, day: number): string | null {
  const parts = chinese.formatToParts(new Date(Date.UTC(year, month - 1, day)));
  const [m, d] = ['month', 'day'].map((type) => parts.find((part) => part.type === type)?.value ?? '');
  if (!/^\d{1,2}$/.test(m ?? '') || !/^\d{1,2}$/.test(d ?? '')) return null;
  const name = months[Number(m) - 1];
  return name === undefined ? null : `${name}${nameDay(Number(d))}`;
}

/** One way to write it: 腊月二十三 and 十二月廿三 are one day. */
export function plainLunarDay(written: string): string {
  return written
    .replace('冬月', '十一月')
    .replace('腊月', '十二月')
    .replace('一月', (month, at: number) => (at === 0 ? '正月' : month))
    .replace(/二十(?=[一二三四五六七八九])/u, '廿');
}
