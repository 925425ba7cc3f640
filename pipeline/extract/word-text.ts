import { readXml, stopReading, type XmlAttributes, type XmlReader } from './xml.ts';
import type { ZipContainer, ZipMember } from './zip-container.ts';

type Mark = '已删除' | '隐藏文字';

/** What text stands in: the run's own marks, and the deletions around it. */
interface Place {
  isText: number;
  deletions: number;
  isRun: boolean;
  isRunProperty: boolean;
  isHidden: boolean;
  /** Depth inside of a second form of the same drawing, kept for older programs. */
  fallback: number;
}

const texts = new Set(['t', 'delText', 'v']);
const deletions = new Set(['del', 'moveFrom']);
const lineEnds = new Set(['p', 'pt']);

/** In code units: how much is looked back upon, and how much may gather before the rest is laid aside. */
const tail = { kept: 256, longest: 2048 };

/** Collects the text of WordprocessingML and of the drawings in it. */
class WordReader implements XmlReader {
  /** What no later mark changes any more: looked through for every cell, a long table would take half a minute. */
  readonly #settled: string[] = [];
  #settledLength = 0;
  #collected = '';
  readonly notes = new Set<string>();
  readonly #maxLength: number;
  readonly #hiddenStyles: ReadonlySet<string>;
  readonly #place: Place = {
    isText: 0,
    deletions: 0,
    isRun: false,
    isRunProperty: false,
    isHidden: false,
    fallback: 0,
  };
  #mark: Mark | null = null;

  constructor(maxLength: number, hiddenStyles: ReadonlySet<string>) {
    this.#maxLength = maxLength;
    this.#hiddenStyles = hiddenStyles;
  }

  open(name: string, attributes: XmlAttributes): void {
    const place = this.#place;
    if (name === 'Fallback') place.fallback += 1;
    else if (deletions.has(name)) place.deletions += 1;
    else if (texts.has(name)) place.isText += 1;
    else if (name === 'r') Object.assign(place, { isRun: true, isHidden: false });
    else if (name === 'rPr') place.isRunProperty = place.isRun;
    else if (name === 'rStyle' && place.isRunProperty)
      place.isHidden ||= this.#hiddenStyles.has(attributes.get('val') ?? '');
    else if (name === 'vanish' && place.isRunProperty)
      place.isHidden = !['0', 'false', 'off'].includes(attributes.get('val') ?? '1');
    else if (name === 'tab' && place.isRun && !place.isRunProperty) this.#add('\t');
    else if (name === 'br' || name === 'cr') this.#add('\n');
    else if (name === 'noBreakHyphen') this.#add('-');
  }

  text(piece: string): void {
    if (this.#place.isText > 0) this.#add(piece);
  }

  close(name: string): void {
    const place = this.#place;
    if (name === 'Fallback') place.fallback -= 1;
    else if (deletions.has(name)) place.deletions -= 1;
    else if (texts.has(name)) place.isText -= 1;
    else if (name === 'r') Object.assign(place, { isRun: false, isHidden: false });
    else if (name === 'rPr') place.isRunProperty = false;
    else if (name === 'tc') this.#endCell();
    else if (name === 'tr') this.#endRow();
    if (lineEnds.has(name)) this.#endLine();
  }

  finish(): string {
    this.#setMark(null);
    return this.#settled.join('') + this.#collected;
  }

  #add(piece: string): void {
    const { fallback, deletions: deleted, isHidden } = this.#place;
    if (fallback > 0) return;
    this.#setMark(deleted > 0 ? '已删除' : isHidden ? '隐藏文字' : null);
    this.#collected += piece;
    this.#settle();
    if (this.#settledLength + this.#collected.length > this.#maxLength) stopReading();
  }

  #settle(): void {
    if (this.#collected.length <= tail.longest) return;
    const settled = this.#collected.slice(0, -tail.kept);
    this.#settled.push(settled);
    this.#settledLength += settled.length;
    this.#collected = this.#collected.slice(-tail.kept);
  }

  #setMark(mark: Mark | null): void {
    if (mark === this.#mark) return;
    if (this.#mark !== null) this.#collected += '】';
    if (mark !== null) {
      this.#collected += `【${mark}：`;
      this.notes.add(mark === '已删除' ? '有修订中删除、但仍在文件里的文字' : '有隐藏文字');
    }
    this.#mark = mark;
  }

  #endLine(): void {
    if (this.#place.fallback > 0) return;
    this.#setMark(null);
    if (this.#collected !== '' && !/[\n\t]$/.test(this.#collected)) this.#collected += '\n';
  }

  /** The paragraphs of a cell end lines; its last one ends the cell. */
  #endCell(): void {
    if (this.#place.fallback > 0) return;
    this.#setMark(null);
    this.#collected = `${this.#collected.replace(/\n$/, '')}\t`;
  }

  #endRow(): void {
    if (this.#place.fallback > 0) return;
    this.#collected = `${this.#collected.replace(/\t+$/, '')}\n`;
    this.#settle();
  }
}

/** Styles whose text is not shown. */
export function readHiddenStyles(zip: ZipContainer): ReadonlySet<string> {
  const hidden = new Set<string>();
  const member = zip.find('word/styles.xml');
  if (member === null) return hidden;
  let style = '';
  readXml(zip, member, {
    open(name, attributes) {
      if (name === 'style') style = attributes.get('styleId') ?? '';
      else if (name === 'vanish' && style !== '' && attributes.get('val') !== '0') hidden.add(style);
    },
    close(name) {
      if (name === 'style') style = '';
    },
  });
  return hidden;
}

export function readWordText(
  zip: ZipContainer,
  member: ZipMember,
  options: { maxLength: number; hiddenStyles: ReadonlySet<string> },
): { text: string; notes: string[] } {
  const reader = new WordReader(options.maxLength, options.hiddenStyles);
  readXml(zip, member, reader);
  return { text: reader.finish(), notes: [...reader.notes] };
}
