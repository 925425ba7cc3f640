import type { Span } from '../spans.ts';
import { isDigit } from './digit-runs.ts';

function isLetterOrDigit(unit: number): boolean {
  return isDigit(unit) || (unit >= 0x61 && unit <= 0x7a);
}

function matchesAt(text: string, start: number, pattern: string): boolean {
  for (let i = 0; i < pattern.length; i += 1) {
    const wanted = pattern.charAt(i);
    const unit = text.charCodeAt(start + i);
    if (wanted === '#' ? !isDigit(unit) : text.charAt(start + i) !== wanted) return false;
  }
  return true;
}

/**
 * Runs of letters and digits that have exactly the school's form.
 * @param text normalised
 * @param pattern `#` for any digit, everything else for itself
 */
export function findStudentNumbers(text: string, pattern: string): Span[] {
  const wanted = pattern.toLowerCase();
  const spans: Span[] = [];
  for (let i = 0; i < text.length; i += 1) {
    if (!isLetterOrDigit(text.charCodeAt(i))) continue;
    const start = i;
    while (i + 1 < text.length && isLetterOrDigit(text.charCodeAt(i + 1))) i += 1;
    const end = i + 1;
    if (end - start === wanted.length && matchesAt(text, start, wanted)) spans.push({ start, end });
  }
  return spans;
}
