/** What a stretch of a picture's bytes is for: `picture` and `colour` are shown, `label` says that a machine made it, the rest tells of its origin. */
type SegmentKind = 'picture' | 'colour' | 'label' | 'exif' | 'xmp' | 'text' | 'other';

export interface PictureSegment {
  kind: SegmentKind;
  /** In the file, the segment's own head included. */
  start: number;
  end: number;
  /** What it says, without heads; for `exif` a TIFF structure, for `text` the keyword and the text. */
  payload: Uint8Array;
}

const latin1 = (bytes: Uint8Array, start: number, end: number): string =>
  Buffer.from(
    bytes.buffer,
    bytes.byteOffset + start,
    Math.max(0, Math.min(end, bytes.length) - start),
  ).toString('latin1');
const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const exifHead = 'Exif\0\0';
const xmpHead = 'http://ns.adobe.com/xap/1.0/\0';
const scan = 0xda;
const endOfImage = 0xd9;

/** Which of the application segments is which: 0 JFIF, 1 EXIF or XMP, 2 colours, 11 provenance (C2PA), 14 Adobe's colour transform. */
function kindOfJpeg(marker: number, head: string): { kind: SegmentKind; skip: number } {
  if (marker === 0xe0 || marker === 0xee) return { kind: 'colour', skip: 0 };
  if (marker === 0xe1 && head.startsWith(exifHead)) return { kind: 'exif', skip: exifHead.length };
  if (marker === 0xe1 && head.startsWith(xmpHead)) return { kind: 'xmp', skip: xmpHead.length };
  if (marker === 0xe2 && head.startsWith('ICC_PROFILE')) return { kind: 'colour', skip: 0 };
  if (marker === 0xeb) return { kind: 'label', skip: 0 };
  if (marker === 0xfe) return { kind: 'text', skip: 0 };
  return { kind: marker >= 0xe0 && marker <= 0xef ? 'other' : 'picture', skip: 0 };
}

/** Where the coded picture that follows a scan's head ends: at the next marker that is none of its own. */
function endOfScan(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at + 1 < bytes.length) {
    at = bytes.indexOf(0xff, at);
    if (at < 0) return bytes.length;
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
    at += 1;
  }
  return bytes.length;
}

/** Whatever follows the end of the picture is dropped: phones put a film there. */
function readJpeg(bytes: Uint8Array): PictureSegment[] | null {
  const view = viewOf(bytes);
  const segments: PictureSegment[] = [{ kind: 'picture', start: 0, end: 2, payload: bytes.subarray(0, 0) }];
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === endOfImage) {
      segments.push({ kind: 'picture', start: at, end: at + 2, payload: bytes.subarray(0, 0) });
      return segments;
    }
    const end = at + 2 + view.getUint16(at + 2);
    if (end > bytes.length) return null;
    const { kind, skip } = kindOfJpeg(marker, latin1(bytes, at + 4, at + 40));
    const whole = marker === scan ? endOfScan(bytes, end) : end;
    segments.push({ kind, start: at, end: whole, payload: bytes.subarray(at + 4 + skip, end) });
    at = whole;
  }
  if (at + 2 <= bytes.length && bytes[at + 1] === endOfImage)
    segments.push({ kind: 'picture', start: at, end: at + 2, payload: bytes.subarray(0, 0) });
  return segments;
}

const xmpKeyword = 'XML:com.adobe.xmp';

function kindOfPng(type: string, payload: Uint8Array): SegmentKind {
  if (type === 'eXIf') return 'exif';
  if (type === 'caBX') return 'label';
  if (type === 'tIME') return 'other';
  if (type !== 'tEXt' && type !== 'zTXt' && type !== 'iTXt') return 'picture';
  const keyword = latin1(payload, 0, 80).split('\0', 1)[0] ?? '';
  if (keyword === xmpKeyword) return 'xmp';
  return keyword === 'AIGC' ? 'label' : 'text';
}

function readPng(bytes: Uint8Array): PictureSegment[] | null {
  const view = viewOf(bytes);
  const segments: PictureSegment[] = [{ kind: 'picture', start: 0, end: 8, payload: bytes.subarray(0, 0) }];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) return null;
    const type = latin1(bytes, at + 4, at + 8);
    const payload = bytes.subarray(at + 8, end - 4);
    segments.push({ kind: kindOfPng(type, payload), start: at, end, payload });
    if (type === 'IEND') return segments;
    at = end;
  }
  return null;
}

const webpKinds: Readonly<Record<string, SegmentKind>> = {
  EXIF: 'exif',
  'XMP ': 'xmp',
  ICCP: 'colour',
  C2PA: 'label',
  'VP8 ': 'picture',
  VP8L: 'picture',
  VP8X: 'picture',
  ALPH: 'picture',
  ANIM: 'picture',
  ANMF: 'picture',
};

function readWebp(bytes: Uint8Array): PictureSegment[] | null {
  const view = viewOf(bytes);
  const segments: PictureSegment[] = [{ kind: 'picture', start: 0, end: 12, payload: bytes.subarray(0, 0) }];
  const fileEnd = Math.min(bytes.length, 8 + view.getUint32(4, true));
  for (let at = 12; at + 8 <= fileEnd; ) {
    const size = view.getUint32(at + 4, true);
    const end = at + 8 + size + (size % 2);
    if (at + 8 + size > fileEnd) return null;
    const type = latin1(bytes, at, at + 4);
    // Some writers put JPEG's head before the structure.
    const skip = type === 'EXIF' && latin1(bytes, at + 8, at + 14) === exifHead ? exifHead.length : 0;
    const payload = bytes.subarray(at + 8 + skip, at + 8 + size);
    segments.push({ kind: webpKinds[type] ?? 'other', start: at, end: Math.min(end, fileEnd), payload });
    at = end;
  }
  return segments;
}

/** The picture from its first byte to its last, in order; null where it is damaged or of a form that is not taken apart (GIF, BMP). */
export function readPictureSegments(bytes: Uint8Array): PictureSegment[] | null {
  const head = latin1(bytes, 0, 12);
  if (head.startsWith('\xff\xd8\xff')) return readJpeg(bytes);
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return readPng(bytes);
  if (head.startsWith('RIFF') && head.endsWith('WEBP')) return readWebp(bytes);
  return null;
}
