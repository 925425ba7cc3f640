import { Parser } from 'htmlparser2';
import { decodeBytes } from './decode-bytes.ts';
import type { ExtractJob, ReadFile } from './extraction.ts';

const silent = new Set(['script', 'style', 'head', 'noscript', 'template']);
const cells = new Set(['td', 'th']);
const lines = new Set([
  'p',
  'div',
  'br',
  'li',
  'tr',
  'table',
  'section',
  'article',
  'blockquote',
  'pre',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'dt',
  'dd',
  'caption',
  'hr',
]);

/**
 * Text that grows line by line. What came before is never looked through again, however long it is: of a table with forty thousand
 * rows that would take half a minute.
 */
class GrowingText {
  length = 0;
  private readonly lines: string[] = [];
  private pieces: string[] = [];
  /** At the beginning of a line, or after a blank. */
  private afterBlank = true;

  /** Runs of blanks, over piece ends too, count as one. */
  add(piece: string): void {
    const flat = piece.replace(/\s+/g, ' ');
    this.put(this.afterBlank ? flat.trimStart() : flat);
  }

  put(piece: string): void {
    if (piece === '') return;
    this.pieces.push(piece);
    this.length += piece.length;
    this.afterBlank = /\s/.test(piece.charAt(piece.length - 1));
  }

  /** Harmless where a line has just ended. */
  endLine(): void {
    const whole = this.pieces.join('');
    const line = whole.trimEnd();
    this.pieces = [];
    this.afterBlank = true;
    this.length -= whole.length - line.length;
    if (line === '') return;
    this.lines.push(line);
    this.length += 1;
  }

  whole(): string {
    this.endLine();
    return this.lines.join('\n');
  }
}

/** An HTML file, or a table that was saved under the name of a spreadsheet. */
export function readHtml({ bytes, limits }: ExtractJob): ReadFile {
  const text = new GrowingText();
  let silence = 0;
  let isCut = false;
  const parser = new Parser(
    {
      onopentag(name) {
        if (silent.has(name)) silence += 1;
        else if (lines.has(name)) text.endLine();
      },
      ontext(piece) {
        if (silence > 0) return;
        if (text.length > limits.maxTextLength) isCut = true;
        else text.add(piece);
      },
      onclosetag(name) {
        if (silent.has(name)) silence -= 1;
        else if (cells.has(name)) text.put('\t');
        else if (lines.has(name)) text.endLine();
      },
    },
    { decodeEntities: true },
  );
  const { text: html } = decodeBytes(bytes);
  parser.write(html);
  parser.end();
  const whole = text.whole();
  // What is longer than that is cut, and said so, where parts are put together.
  const isCutUnseen = isCut && whole.trim().length <= limits.maxTextLength;
  return {
    kind: 'html',
    parts: [{ name: '', hidden: false, text: whole }],
    notes: [],
    unread: isCutUnseen ? [{ part: null, reason: 'cut-off' }] : [],
  };
}
