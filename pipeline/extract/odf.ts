import type { ExtractedPart, ExtractJob, ReadFile } from './extraction.ts';
import { nameSheet, type SheetCell, SheetLines } from './sheet-lines.ts';
import { readTexts, readXml, stopReading, type XmlAttributes, type XmlReader } from './xml.ts';
import type { ZipContainer } from './zip-container.ts';

/** Who wrote a note, and when. */
const silent = new Set(['creator', 'date', 'date-string', 'creator-initials', 'note-citation']);
const paragraphs = new Set(['p', 'h']);
const columnsAtMost = 20_000;

/** ODT and ODP: paragraphs of `content.xml`, headers and footers of `styles.xml`. */
export function readOdf(zip: ZipContainer, job: ExtractJob): ReadFile {
  const lineEnds = new Set([...paragraphs, 'annotation', 'note']);
  const options = { of: paragraphs, lineEnds, without: silent, maxLength: job.limits.maxTextLength };
  const parts: ExtractedPart[] = [];
  for (const [path, name] of [
    ['content.xml', ''],
    ['styles.xml', '页眉页脚'],
  ] as const) {
    const member = zip.find(path);
    if (member !== null) parts.push({ name, hidden: false, text: readTexts(zip, member, options).text });
  }
  return { kind: 'odf', parts, notes: [], unread: [] };
}

const isHidden = (attributes: XmlAttributes) =>
  ['collapse', 'filter'].includes(attributes.get('visibility') ?? '');

/** The sheets of an ODS, one after the other. */
class OdsReader implements XmlReader {
  readonly parts: ExtractedPart[] = [];
  readonly notes: string[] = [];
  readonly #maxLength: number;
  readonly #hiddenStyles = new Set<string>();
  #style = '';
  #sheet: { name: string; hidden: boolean; lines: SheetLines; comments: string[] } | null = null;
  #hiddenColumns = new Set<number>();
  #columns = 0;
  #row: { cells: SheetCell[]; isHidden: boolean } = { cells: [], isHidden: false };
  /** Of the cell that is read, and how many columns it stands for. */
  #cell = { column: 0, columns: 0 };
  #text = '';
  #comment = '';
  #depth = { paragraph: 0, annotation: 0, silent: 0 };

  constructor(maxLength: number) {
    this.#maxLength = maxLength;
  }

  open(name: string, attributes: XmlAttributes): void {
    if (silent.has(name)) this.#depth.silent += 1;
    else if (paragraphs.has(name)) this.#depth.paragraph += 1;
    else if (name === 'annotation') this.#depth.annotation += 1;
    else if (name === 'style') this.#style = attributes.get('style:name') ?? '';
    else if (name === 'table-properties' && attributes.get('display') === 'false')
      this.#hiddenStyles.add(this.#style);
    else if (name === 'table') this.#openSheet(attributes);
    else if (name === 'table-column') this.#addColumns(attributes);
    else if (name === 'table-row') this.#openRow(attributes);
    else if (name === 'table-cell' || name === 'covered-table-cell') this.#openCell(attributes);
  }

  text(piece: string): void {
    const { paragraph, annotation, silent: outside } = this.#depth;
    if (paragraph === 0 || outside > 0) return;
    if (annotation > 0) this.#comment += piece;
    else this.#text += piece;
  }

  close(name: string): void {
    if (silent.has(name)) this.#depth.silent -= 1;
    else if (paragraphs.has(name)) this.#endParagraph();
    else if (name === 'annotation') this.#endAnnotation();
    else if (name === 'table-cell' || name === 'covered-table-cell') this.#endCell();
    else if (name === 'table-row') this.#endRow();
    else if (name === 'table') this.#closeSheet();
  }

  #openSheet(attributes: XmlAttributes): void {
    const hidden = this.#hiddenStyles.has(attributes.get('style-name') ?? '');
    const columns = new Set<number>();
    this.#hiddenColumns = columns;
    this.#columns = 0;
    const lines = new SheetLines((column) => columns.has(column));
    this.#sheet = { name: attributes.get('table:name') ?? '', hidden, lines, comments: [] };
  }

  #addColumns(attributes: XmlAttributes): void {
    const count = Math.min(Number(attributes.get('number-columns-repeated') ?? 1), columnsAtMost);
    if (isHidden(attributes)) for (let i = 0; i < count; i += 1) this.#hiddenColumns.add(this.#columns + i);
    this.#columns += count;
  }

  #openRow(attributes: XmlAttributes): void {
    this.#row = { cells: [], isHidden: isHidden(attributes) };
    this.#cell = { column: 0, columns: 0 };
  }

  #openCell(attributes: XmlAttributes): void {
    const columns = Number(attributes.get('number-columns-repeated') ?? 1);
    this.#cell = { column: this.#cell.column + this.#cell.columns, columns };
  }

  #endParagraph(): void {
    this.#depth.paragraph -= 1;
    if (this.#depth.annotation > 0) this.#comment += '\n';
    else this.#text += ' ';
  }

  #endAnnotation(): void {
    this.#depth.annotation -= 1;
    this.#sheet?.comments.push(this.#comment.trim());
    this.#comment = '';
  }

  #endCell(): void {
    this.#row.cells.push({ column: this.#cell.column, text: this.#text.trim() });
    this.#text = '';
  }

  #endRow(): void {
    this.#sheet?.lines.addRow(this.#row.cells, this.#row.isHidden);
    if ((this.#sheet?.lines.length ?? 0) > this.#maxLength * 2) {
      this.#closeSheet();
      stopReading();
    }
  }

  #closeSheet(): void {
    if (this.#sheet === null) return;
    const { name, hidden, lines, comments } = this.#sheet;
    const title = nameSheet(name, hidden ? 'hidden' : 'shown');
    this.parts.push({ name: title, hidden, text: lines.toText() });
    this.parts.push({ name: `${title}：批注`, hidden: true, text: comments.join('\n') });
    this.notes.push(...(hidden ? [`有${title}`] : []), ...lines.describeHidden(name));
    this.#sheet = null;
  }
}

/** An ODS: every sheet with what it hides, and its comments. */
export function readOds(zip: ZipContainer, job: ExtractJob): ReadFile {
  const reader = new OdsReader(job.limits.maxTextLength);
  const member = zip.find('content.xml');
  const isWhole = member === null || readXml(zip, member, reader);
  const unread: ReadFile['unread'] = isWhole ? [] : [{ part: null, reason: 'cut-off' }];
  return { kind: 'sheet', parts: reader.parts, notes: reader.notes, unread };
}
