import { bucketHour, type PublishedPrecision, shanghaiInstant } from '../../../pipeline/domain/time.ts';

export interface FoundTime {
  publishedAt: string;
  publishedPrecision: PublishedPrecision;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** How far back a Weibo can lie: there was none before. */
const firstYear = 2009;

/**
 * A time as the platform or a saved table writes it. What is relative is read against `fetchedAt`, on a Shanghai clock.
 * @param value text, or seconds or milliseconds since 1970
 */
export function readTime(value: unknown, fetchedAt: string): FoundTime | null {
  if (typeof value === 'number') return fromEpoch(value);
  if (typeof value !== 'string' || value.length > 60) return null;
  const text = value.trim();
  if (/^\d{10}(?:\d{3})?$/.test(text)) return fromEpoch(Number(text));
  return fromFullForm(text) ?? fromIso(text) ?? fromAgo(text, fetchedAt) ?? fromDay(text, fetchedAt);
}

function fromEpoch(value: number): FoundTime | null {
  const ms = value < 1e11 ? value * 1000 : value;
  const plausible = ms >= Date.UTC(firstYear, 0) && ms < Date.UTC(2100, 0);
  return plausible ? found(ms, 'second') : null;
}

/** `Fri Jun 14 20:39:20 +0800 2019`. */
function fromFullForm(text: string): FoundTime | null {
  const match =
    /^(?:[A-Z][a-z]{2},?\s+)?([A-Z][a-z]{2})\s+(\d{1,2})\s+(\d{1,2}):(\d{2}):(\d{2})\s+([+-])(\d{2}):?(\d{2})\s+(\d{4})$/.exec(
      text,
    );
  if (match === null) return null;
  const [, month = '', day, hour, minute, second, sign, zoneHours, zoneMinutes, year] = match;
  const clock = { hour: Number(hour), minute: Number(minute), second: Number(second) };
  const local = shanghaiInstant(Number(year), months.indexOf(month) + 1, Number(day), clock);
  if (local === null) return null;
  const zone = (Number(zoneHours) * 60 + Number(zoneMinutes)) * (sign === '-' ? -1 : 1);
  return found(Date.parse(local) + (480 - zone) * minuteMs, 'second');
}

/** With a zone of its own. */
function fromIso(text: string): FoundTime | null {
  const whole = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/.test(text);
  const ms = whole ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? null : found(ms, 'second');
}

const agoUnits: Record<string, { ms: number; precision: PublishedPrecision }> = {
  秒: { ms: 1000, precision: 'minute' },
  分: { ms: minuteMs, precision: 'minute' },
  分钟: { ms: minuteMs, precision: 'minute' },
  小时: { ms: 60 * minuteMs, precision: 'minute' },
  天: { ms: dayMs, precision: 'day' },
};

function fromAgo(text: string, fetchedAt: string): FoundTime | null {
  const now = Date.parse(fetchedAt);
  if (/^刚刚/.test(text)) return found(now, 'minute');
  const match = /^(\d{1,3})\s*(秒|分钟|分|小时|天)前/.exec(text);
  const unit = agoUnits[match?.[2] ?? ''];
  if (match === null || unit === undefined) return null;
  const at = new Date(now - Number(match[1]) * unit.ms).toISOString();
  return unit.precision === 'day' ? ofDay(shanghaiDay(at), null) : found(Date.parse(at), unit.precision);
}

const clockForm = '(?:[\\sT]+(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.\\d{1,9})?)?)?$';
const named = new RegExp(`^(今天|昨天|前天)${clockForm.replace('[\\sT]+', '\\s*')}`);
const withYear = new RegExp(`^(\\d{4}|\\d{2})[-/.年](\\d{1,2})[-/.月](\\d{1,2})日?${clockForm}`);
const withoutYear = new RegExp(`^(\\d{1,2})[-/.月](\\d{1,2})日?${clockForm}`);
const daysBack: Record<string, number> = { 今天: 0, 昨天: 1, 前天: 2 };

function fromDay(text: string, fetchedAt: string): FoundTime | null {
  const day = named.exec(text);
  if (day !== null) {
    const at = new Date(Date.parse(fetchedAt) - (daysBack[day[1] ?? ''] ?? 0) * dayMs).toISOString();
    return ofDay(shanghaiDay(at), clockOf(day, 2));
  }
  const full = withYear.exec(text);
  if (full !== null) {
    const year = Number(full[1]);
    const date = { year: year < 100 ? 2000 + year : year, month: Number(full[2]), day: Number(full[3]) };
    return date.year < firstYear ? null : ofDay(date, clockOf(full, 4));
  }
  const short = withoutYear.exec(text);
  if (short === null) return null;
  return mostRecent(Number(short[1]), Number(short[2]), { clock: clockOf(short, 3), fetchedAt });
}

interface Day {
  year: number;
  month: number;
  day: number;
}
type Clock = { hour: number; minute: number; second: number; whole: boolean } | null;

function clockOf(match: RegExpExecArray, from: number): Clock {
  const [hour, minute, second] = [match[from], match[from + 1], match[from + 2]];
  if (hour === undefined || minute === undefined) return null;
  return {
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second ?? 0),
    whole: second !== undefined,
  };
}

function shanghaiDay(instant: string): Day {
  const [year, month, day] = bucketHour(instant).slice(0, 10).split('-').map(Number);
  return { year: year ?? 0, month: month ?? 0, day: day ?? 0 };
}

function ofDay({ year, month, day }: Day, clock: Clock): FoundTime | null {
  const at = shanghaiInstant(year, month, day, clock ?? undefined);
  if (at === null) return null;
  return { publishedAt: at, publishedPrecision: clock === null ? 'day' : clock.whole ? 'second' : 'minute' };
}

/** A month and a day: the latest such day that is not after the day of fetching. */
function mostRecent(
  month: number,
  day: number,
  { clock, fetchedAt }: { clock: Clock; fetchedAt: string },
): FoundTime | null {
  const today = shanghaiDay(fetchedAt);
  const later = month > today.month || (month === today.month && day > today.day);
  const last = later ? today.year - 1 : today.year;
  // 29 February is there every fourth year, or every eighth around 2100.
  for (let year = last; year > last - 8; year -= 1) {
    const time = ofDay({ year, month, day }, clock);
    if (time !== null) return time;
  }
  return null;
}

function found(ms: number, publishedPrecision: PublishedPrecision): FoundTime {
  return { publishedAt: new Date(ms).toISOString(), publishedPrecision };
}
