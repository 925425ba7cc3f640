/** Takes no room, or none that is meant: zero-width signs, no-break and ideographic spaces. */
const unseen = /[\u200b-\u200f\u2060\ufeff\u00ad]/g;

/** A name, as it is kept: spaces at its ends and doubled ones go, its own signs stay. */
export function cleanName(text: string): string {
  return text
    .replace(unseen, '')
    .replace(/[\s\u00a0\u3000]+/g, ' ')
    .trim();
}

/** Two characters of a Chinese name are often set apart to stand under three. */
export function cleanPersonName(text: string): string {
  return cleanName(text).replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '');
}

/** A number, code or day: width and spaces mean nothing. */
export function cleanCode(text: string): string {
  return text.replace(unseen, '').normalize('NFKC').replace(/\s+/g, '');
}

/** What two writings of a name have in common. */
export function foldName(text: string): string {
  return cleanCode(text).toLowerCase();
}

/** Several in one cell: by 、 ， ； / or a new line. */
export function splitList(text: string): string[] {
  return text
    .split(/[、，,；;/\n\r|]+/)
    .map(cleanName)
    .filter((part) => part !== '');
}

const formulaError = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|SPILL!|CALC!)$/i;
export const isFormulaError = (text: string) => formulaError.test(text.trim());

/** Empties what stands already, where an empty cell leaves it. */
const nothing = new Set(['无', '-', '—', '——', '没有', '清空']);
export const isNothing = (text: string) => nothing.has(cleanCode(text));

const dayMs = 86_400_000;
/** Day 0 of a spreadsheet's calendar, for days after February 1900. */
const serialStart = Date.UTC(1899, 11, 30);

function realDay(year: string, month: string, date: string): string | null {
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day) ? day : null;
}

/** 2026-10-01, 2026/10/1, 2026.10.1, 2026年10月1日, 20261001, or the number of a day as spreadsheets count. */
export function parseDay(text: string): string | null {
  const code = cleanCode(text).replace(/(?:00:00(?::00)?)$/, '');
  const [, year, month, date] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(code) ?? [];
  if (year !== undefined && month !== undefined && date !== undefined) return realDay(year, month, date);
  const [, y, m, d] = /^(20\d{2})(\d{2})(\d{2})$/.exec(code) ?? [];
  if (y !== undefined && m !== undefined && d !== undefined) return realDay(y, m, d);
  if (!/^[4-6]\d{4}$/.test(code)) return null;
  return new Date(serialStart + Number(code) * dayMs).toISOString().slice(0, 10);
}

/** 8:00, 08:00, 8点, 8点半, 8时30分, 次日8:00, 24:00, or a part of a day as spreadsheets count; `08:00`. */
export function parseClock(text: string): string | null {
  const code = cleanCode(text)
    .replace(/^(?:次日|第二天|翌日)/, '')
    .replace(/(\d)[点时]半$/, '$1:30')
    .replace(/(\d)[点时]整?$/, '$1:00')
    .replace(/[点时]/, ':')
    .replace(/分$/, '');
  if (/^0?\.\d+$/.test(code)) return clockOf(Math.round(Number(code) * 1440));
  const [, hour, minute] = /^(\d{1,2}):(\d{2})(?::00)?$/.exec(code) ?? [];
  if (hour === undefined || minute === undefined || Number(minute) > 59) return null;
  return clockOf(Number(hour) * 60 + Number(minute));
}

function clockOf(minutes: number): string | null {
  if (minutes > 1440) return null;
  const two = (count: number) => String(count).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
