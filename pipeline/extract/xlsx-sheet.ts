import { type CellStyles, showNumber } from './cell-format.ts';
import { type SheetCell, SheetLines } from './sheet-lines.ts';
import { readXml, stopReading, type XmlAttributes, type XmlReader } from './xml.ts';
import type { ZipContainer, ZipMember } from './zip-container.ts';

export interface Workbook extends CellStyles {
  strings: readonly string[];
}

/** `BC12` → 54; null where a cell does not say where it stands. */
function columnOf(reference: string | null): number | null {
  const letters = /^[A-Z]{1,3}(?=\d)/i.exec(reference ?? '')?.[0]?.toUpperCase();
  if (letters === undefined) return null;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

const headerParts = new Set([
  'oddHeader',
  'oddFooter',
  'evenHeader',
  'evenFooter',
  'firstHeader',
  'firstFooter',
]);

/** Codes for page number, date, font and place: `&C&"宋体,加粗"&14内部资料`. */
const headerCodes = /&(?:"[^"]*"|K[0-9A-F]{6}|\d{1,3}|[A-Z&])/gi;

/** One sheet, cell by cell: values as they are shown, and whether their row or column is hidden. */
class SheetReader implements XmlReader {
  readonly #workbook: Workbook;
  readonly #maxLength: number;
  readonly #hiddenColumns: { from: number; to: number }[] = [];
  readonly lines = new SheetLines((column) =>
    this.#hiddenColumns.some(({ from, to }) => column >= from && column <= to),
  );
  /** Headers, footers, prompts and lists of choices. */
  readonly around: string[] = [];
  #row: { cells: SheetCell[]; isHidden: boolean } = { cells: [], isHidden: false };
  #cell: { column: number; type: string; style: number } = { column: 0, type: 'n', style: -1 };
  #collected = '';
  #isCollecting = false;
  #phonetic = 0;

  constructor(workbook: Workbook, maxLength: number) {
    this.#workbook = workbook;
    this.#maxLength = maxLength;
  }

  open(name: string, attributes: XmlAttributes): void {
    switch (name) {
      case 'col':
        this.#openColumn(attributes);
        return;
      case 'row':
        this.#row = { cells: [], isHidden: attributes.isTrue('hidden') || attributes.get('ht') === '0' };
        return;
      case 'c':
        this.#openCell(attributes);
        return;
      case 'rPh':
        this.#phonetic += 1;
        return;
      case 'dataValidation':
        for (const key of ['promptTitle', 'prompt', 'errorTitle', 'error'])
          this.#addAround(attributes.get(key) ?? '');
        return;
      default:
        if (name === 'v' || name === 't' || name === 'formula1' || headerParts.has(name)) {
          if (name !== 't') this.#collected = '';
          this.#isCollecting = true;
        }
    }
  }

  text(piece: string): void {
    if (this.#isCollecting && this.#phonetic === 0) this.#collected += piece;
  }

  close(name: string): void {
    if (name === 'rPh') this.#phonetic -= 1;
    else if (name === 'c') this.#closeCell();
    else if (name === 'row') this.#closeRow();
    else if (name === 'formula1') this.#addAround(/^"(.*)"$/s.exec(this.#collected)?.[1] ?? '');
    else if (headerParts.has(name)) this.#addAround(this.#collected.replace(headerCodes, ' '));
    this.#isCollecting = false;
  }

  #openColumn(attributes: XmlAttributes): void {
    if (!attributes.isTrue('hidden') && attributes.get('width') !== '0') return;
    const [from, to] = [Number(attributes.get('min')) - 1, Number(attributes.get('max')) - 1];
    this.#hiddenColumns.push({ from, to });
  }

  #openCell(attributes: XmlAttributes): void {
    const last = this.#row.cells.at(-1)?.column ?? -1;
    this.#cell = {
      column: columnOf(attributes.get('r')) ?? last + 1,
      type: attributes.get('t') ?? 'n',
      style: Number(attributes.get('s') ?? -1),
    };
    this.#collected = '';
  }

  #closeCell(): void {
    const { column, type } = this.#cell;
    const text = this.#collected === '' ? '' : this.#show(type, this.#collected);
    this.#row.cells.push({ column, text });
    this.#collected = '';
  }

  #show(type: string, raw: string): string {
    const { strings, formats, date1904 } = this.#workbook;
    if (type === 's') return strings[Number(raw)] ?? '';
    if (type === 'b') return raw === '1' ? 'TRUE' : 'FALSE';
    if (type !== 'n') return raw;
    return showNumber(raw.trim(), formats[this.#cell.style], date1904);
  }

  #closeRow(): void {
    this.lines.addRow(this.#row.cells, this.#row.isHidden);
    if (this.lines.length > this.#maxLength) stopReading();
  }

  #addAround(text: string): void {
    const trimmed = text.trim();
    if (trimmed !== '') this.around.push(trimmed);
  }
}

export function readSheet(
  zip: ZipContainer,
  member: ZipMember,
  options: { workbook: Workbook; name: string; maxLength: number },
): { text: string; around: string; notes: string[] } {
  const reader = new SheetReader(options.workbook, options.maxLength);
  readXml(zip, member, reader);
  return {
    text: reader.lines.toText(),
    around: [...new Set(reader.around)].join('\n'),
    notes: reader.lines.describeHidden(options.name),
  };
}
