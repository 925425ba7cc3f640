import { fillerUnitsAt } from './fillers.ts';
import { isHan, isLatinOrDigit, isWritten } from './han.ts';
import type { MappedText } from './spans.ts';
import { UnitWriter } from './unit-writer.ts';

const longestGap = 3;
const none = 0;

const marks = new Uint8Array(0x10000);
for (const mark of '()[]{}<>"“”‘’《》〈〉【】「」『』〔〕') marks[mark.charCodeAt(0)] = 1;
const stops = new Uint8Array(0x10000);
for (const stop of ',。、;:!?') stops[stop.charCodeAt(0)] = 1;

/** What stands on one side of a gap: a Han character, a letter or digit, or neither. */
function sideOf(unit: number): 'han' | 'letter' | null {
  if (isHan(unit)) return 'han';
  return isLatinOrDigit(unit) ? 'letter' : null;
}

/** Where the run of up to three fillers, brackets or stops that starts here ends; `stopped` when it holds a stop. */
function gapAt(text: string, start: number): { end: number; stopped: boolean } {
  let end = start;
  let stopped = false;
  for (let count = 0; end < text.length; count += 1) {
    const unit = text.charCodeAt(end);
    const units = marks[unit] === 1 || stops[unit] === 1 ? 1 : fillerUnitsAt(text, end);
    if (units === 0) break;
    if (count === longestGap) return { end: start, stopped };
    stopped ||= stops[unit] === 1;
    end += units;
  }
  return { end, stopped };
}

/** Does a character stand alone here, neither joined to what is written before nor to what comes after? */
function standsAlone(text: string, at: number): boolean {
  return !isWritten(text.charCodeAt(at - 1)) && !isWritten(text.charCodeAt(at + 1));
}

/** May the gap between two written characters be closed? Letters and characters between stops only where each stands alone. */
function isClosable(text: string, before: number, after: number, stopped: boolean): boolean {
  const left = sideOf(text.charCodeAt(before));
  const right = sideOf(text.charCodeAt(after));
  if (left === null || right === null) return false;
  if (stopped || (left === 'letter' && right === 'letter'))
    return standsAlone(text, before) && standsAlone(text, after);
  return true;
}

/** Where the gap that starts here ends if it may be closed; else `start`. */
function closedEnd(text: string, start: number): number {
  if (start === 0 || !isWritten(text.charCodeAt(start - 1))) return start;
  const { end, stopped } = gapAt(text, start);
  if (end === start || end >= text.length) return start;
  return isClosable(text, start - 1, end, stopped) ? end : start;
}

/** Is the Han character here the one before once more? */
function isRepeat(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit === text.charCodeAt(at - 1) && isHan(unit);
}

function firstChange(text: string): number {
  let before = text.charCodeAt(0);
  for (let i = 1; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (isWritten(unit) ? unit === before && isHan(unit) : closedEnd(text, i) > i) return i;
    before = unit;
  }
  return none;
}

const space = new UnitWriter();

/**
 * A squeezed text with repeated Han characters once (刷刷刷单单单), single letters together (d u b o), and gaps closed
 * between Han characters and letters (加 vx), at brackets (【赌】【博】) and between characters that stand alone (加，微，信).
 * Null when that changes nothing. For matching only: what is found here must still respect the words of the text.
 */
export function compact(text: string): MappedText | null {
  const first = firstChange(text);
  if (first === none) return null;
  space.reserve(text.length);
  const { units, starts } = space;
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (at >= first) {
      while (at < text.length && isRepeat(text, at)) at += 1;
      if (at < text.length && !isWritten(text.charCodeAt(at))) at = closedEnd(text, at);
      if (at >= text.length) break;
    }
    units[length] = text.charCodeAt(at);
    starts[length] = at;
    length += 1;
  }
  return space.made(length, true);
}
