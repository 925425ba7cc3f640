import { CFB } from '@e965/xlsx';
import { type ExtractedPart, type ExtractJob, type ReadFile, Unreadable } from './extraction.ts';

/** Of the file's own description, at the start of its main stream ([MS-DOC] FIB). */
const word97 = 0xc1;
const flagsAt = 0x0a;
const encryptedFlag = 0x0100;
const tableFlag = 0x0200;
const clxAt = 0x01a2;

/** Lengths, in characters, of the texts that stand one after the other; where each is written, and what it is. */
const stories: readonly { at: number; name: string; hidden: boolean }[] = [
  { at: 0x4c, name: '', hidden: false },
  { at: 0x50, name: '脚注', hidden: false },
  { at: 0x54, name: '页眉页脚', hidden: false },
  { at: 0x5c, name: '批注', hidden: true },
  { at: 0x60, name: '尾注', hidden: false },
  { at: 0x64, name: '文本框', hidden: false },
  { at: 0x68, name: '页眉文本框', hidden: false },
];

interface Streams {
  main: DataView;
  table: DataView;
}

function viewOf(file: ReturnType<typeof CFB.parse>, name: string): DataView {
  const content: unknown = CFB.find(file, name)?.content;
  if (!ArrayBuffer.isView(content) && !Array.isArray(content)) throw new Unreadable('damaged');
  const bytes = Uint8Array.from(content as ArrayLike<number>);
  return new DataView(bytes.buffer);
}

function openStreams(bytes: Uint8Array): Streams {
  const file = CFB.parse(Buffer.from(bytes));
  const main = viewOf(file, 'WordDocument');
  if (main.byteLength < clxAt + 8 || main.getUint16(2, true) < word97) throw new Unreadable('unsupported');
  const flags = main.getUint16(flagsAt, true);
  if ((flags & encryptedFlag) !== 0) throw new Unreadable('encrypted');
  return { main, table: viewOf(file, (flags & tableFlag) !== 0 ? '1Table' : '0Table') };
}

/** Where in the table stream the pieces are listed; before them may stand formatting. */
function findPieces({ main, table }: Streams): { start: number; length: number } {
  const start = main.getUint32(clxAt, true);
  const end = start + main.getUint32(clxAt + 4, true);
  for (let at = start; at + 5 <= end; ) {
    const kind = table.getUint8(at);
    if (kind === 2) return { start: at + 5, length: table.getUint32(at + 1, true) };
    if (kind !== 1) break;
    at += 3 + table.getUint16(at + 1, true);
  }
  throw new Unreadable('damaged');
}

/** The text is kept in pieces: in bytes of Windows-1252 where that does, else in UTF-16. */
function readPieces(streams: Streams): string {
  const { main, table } = streams;
  const { start, length } = findPieces(streams);
  const count = Math.floor((length - 4) / 12);
  const bytes = new Uint8Array(main.buffer);
  let text = '';
  for (let piece = 0; piece < count; piece += 1) {
    const from = table.getUint32(start + piece * 4, true);
    const characters = table.getUint32(start + piece * 4 + 4, true) - from;
    const place = table.getUint32(start + (count + 1) * 4 + piece * 8 + 2, true);
    const isNarrow = (place & 0x4000_0000) !== 0;
    const offset = isNarrow ? (place & 0x3fff_ffff) / 2 : place;
    const slice = bytes.subarray(offset, offset + characters * (isNarrow ? 1 : 2));
    text += new TextDecoder(isNarrow ? 'windows-1252' : 'utf-16le').decode(slice);
  }
  return text;
}

const marks = {
  cellEnd: 7,
  tab: 9,
  lineBreak: 11,
  pageBreak: 12,
  paragraph: 13,
  field: 19,
  shown: 20,
  fieldEnd: 21,
};

/** Of a field what it shows, not how it is made; a cell's end is a tab, and two of them end a row. */
function readable(raw: string): string {
  let text = '';
  let fields = 0;
  for (const sign of raw) {
    const code = sign.codePointAt(0) ?? 0;
    if (code === marks.field) fields += 1;
    else if (code === marks.shown) fields = Math.max(0, fields - 1);
    else if (fields > 0 || code === marks.fieldEnd) continue;
    else if (code === marks.cellEnd) text = endCell(text);
    else if (code === marks.paragraph || code === marks.lineBreak || code === marks.pageBreak) text += '\n';
    else if (code >= 32 || code === marks.tab) text += sign;
  }
  return text;
}

function endCell(text: string): string {
  return text.endsWith('\t') ? `${text.slice(0, -1)}\n` : `${text}\t`;
}

/** A .doc, or a .wps in the same form. What its author deleted or hid is given like the rest: where, is not read. */
export function readOldWord({ bytes }: ExtractJob): ReadFile {
  const streams = openStreams(bytes);
  const raw = readPieces(streams);
  const parts: ExtractedPart[] = [];
  let at = 0;
  for (const story of stories) {
    const length = streams.main.getUint32(story.at, true);
    parts.push({ name: story.name, hidden: story.hidden, text: readable(raw.slice(at, at + length)) });
    at += length;
  }
  return { kind: 'doc', parts, notes: [], unread: [] };
}
