import { CFB } from '@e965/xlsx';
import type { FileKind, UnreadReason } from './extraction.ts';

/** What the first bytes say; `zip` and `ole` are containers of several kinds. */
export type Signature = FileKind | 'ole' | 'sheet-xml';

const signatures: readonly [Signature, string | RegExp][] = [
  ['zip', 'PK\x03\x04'],
  ['zip', 'PK\x05\x06'],
  ['ole', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['rtf', '{\\rtf'],
  ['archive', 'Rar!\x1a\x07'],
  ['archive', '7z\xbc\xaf\x27\x1c'],
  ['archive', '\x1f\x8b'],
  ['archive', 'BZh'],
  ['archive', '\xfd7zXZ'],
  ['picture', '\x89PNG'],
  ['picture', '\xff\xd8\xff'],
  ['picture', 'GIF8'],
  ['picture', /^BM.{4}\0\0\0\0/s],
  ['picture', /^(?:II\*\0|MM\0\*)/],
  ['picture', /^RIFF.{4}WEBP/s],
  ['media', /^.{4}ftyp/s],
  ['media', /^(?:ID3|RIFF|FLV|OggS|0&\xb2u)/],
  ['media', '\x1aE\xdf\xa3'],
  ['pdf', /^.{0,1023}%PDF-/s],
];

const markupStart =
  /^(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|table|div|p|meta|style|script|!--)/i;
const sheetXml = /<\?mso-application\s+progid="Excel\.Sheet"|urn:schemas-microsoft-com:office:spreadsheet/i;
/** A web page in one file, as mail: its text is encoded. */
const mailStart = /^(?:\xef\xbb\xbf)?\s*MIME-Version:/i;

export function findSignature(bytes: Uint8Array): Signature {
  const start = Buffer.from(bytes.subarray(0, 2048)).toString('latin1');
  for (const [kind, sign] of signatures)
    if (typeof sign === 'string' ? start.startsWith(sign) : sign.test(start)) return kind;
  if (sheetXml.test(start)) return 'sheet-xml';
  if (mailStart.test(start)) return 'archive';
  return markupStart.test(start) ? 'html' : 'text';
}

/** The names of its streams and storages, in lower case. @throws where it is damaged */
export function listOleNames(bytes: Uint8Array): string[] {
  const paths: string[] = CFB.parse(Buffer.from(bytes)).FullPaths;
  return paths.map((path) => path.replace(/\/$/, '').split('/').at(-1)?.toLowerCase() ?? '');
}

/** What the streams of an OLE file are called tells what it is. WPS writes the same under endings of its own (.wps, .et, .dps). */
export function findOleKind(bytes: Uint8Array): { kind: FileKind; reason: UnreadReason | null } {
  let names: string[];
  try {
    names = listOleNames(bytes);
  } catch {
    return { kind: 'unknown', reason: 'damaged' };
  }
  const has = (...wanted: string[]) => wanted.some((name) => names.includes(name));
  if (has('encryptedpackage')) return { kind: 'unknown', reason: 'encrypted' };
  if (has('workbook', 'book')) return { kind: 'sheet', reason: null };
  if (has('worddocument')) return { kind: 'doc', reason: null };
  if (has('powerpoint document')) return { kind: 'ppt', reason: 'unsupported' };
  return { kind: 'unknown', reason: 'unsupported' };
}
