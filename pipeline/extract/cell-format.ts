import { SSF } from '@e965/xlsx';
import { readXml } from './xml.ts';
import type { ZipContainer } from './zip-container.ts';

/** Formats that a program in Chinese knows by number alone; the library knows those of an American one. */
const chineseDates: Record<number, string> = {
  14: 'yyyy/m/d',
  22: 'yyyy/m/d h:mm',
  27: 'yyyy"年"m"月"',
  28: 'm"月"d"日"',
  29: 'm"月"d"日"',
  31: 'yyyy"年"m"月"d"日"',
  32: 'h"时"mm"分"',
  33: 'h"时"mm"分"ss"秒"',
  36: 'yyyy"年"m"月"',
  50: 'yyyy"年"m"月"',
  51: 'm"月"d"日"',
  52: 'yyyy"年"m"月"',
  53: 'm"月"d"日"',
  54: 'm"月"d"日"',
  57: 'yyyy"年"m"月"',
  58: 'm"月"d"日"',
};

/** A number of so many digits is an identity or card number, and no quantity. */
const longestQuantity = 12;

export interface CellStyles {
  /** The number format of each cell style, by its index: of the built-in ones the number, of others the code. */
  formats: (string | number)[];
  date1904: boolean;
}

export function readCellStyles(zip: ZipContainer): CellStyles['formats'] {
  const member = zip.find('xl/styles.xml');
  const codes = new Map<number, string>();
  const formats: (string | number)[] = [];
  let isInCells = false;
  if (member === null) return formats;
  readXml(zip, member, {
    open(name, attributes) {
      const id = Number(attributes.get('numFmtId') ?? 0);
      if (name === 'numFmt') codes.set(id, attributes.get('formatCode') ?? 'General');
      else if (name === 'cellXfs') isInCells = true;
      else if (name === 'xf' && isInCells) formats.push(codes.get(id) ?? chineseDates[id] ?? id);
    },
    close(name) {
      if (name === 'cellXfs') isInCells = false;
    },
  });
  return formats;
}

/** The digits of a whole number, as many as the file has; null for what is no long whole number. */
function longDigits(raw: string): string | null {
  if (/^-?\d+(?:\.0+)?$/.test(raw)) {
    const digits = raw.replace(/\.0+$/, '');
    return digits.length >= longestQuantity ? digits : null;
  }
  const value = Number(raw);
  if (!/e\+?\d+$/i.test(raw) || !Number.isInteger(value) || Math.abs(value) >= 1e21) return null;
  const digits = BigInt(value).toString();
  return digits.length >= longestQuantity ? digits : null;
}

/**
 * What a number's cell shows. A long whole number is given with all the digits that the file has, where the cell may show
 * 1.10101E+17: they are there for everybody who clicks on it.
 */
export function showNumber(raw: string, format: string | number | undefined, date1904: boolean): string {
  const digits = longDigits(raw);
  if (digits !== null) return digits;
  const value = Number(raw);
  if (!Number.isFinite(value)) return raw;
  try {
    return SSF.format(format ?? 'General', value, { date1904 });
  } catch {
    return raw;
  }
}
