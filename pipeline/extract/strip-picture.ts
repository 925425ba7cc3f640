import { crc32 } from 'node:zlib';
import { buildLabelPacket, findXmpLabel } from './ai-marks.ts';
import { type PictureSegment, readPictureSegments } from './picture-segments.ts';

const orientationTag = 0x0112;
const usual = 1;

/** How the picture must be turned, 1 to 8, out of a TIFF structure; 1 where it does not say. */
function readOrientation(tiff: Uint8Array): number {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  if (tiff.length < 14) return usual;
  const little = view.getUint16(0) === 0x4949;
  const start = view.getUint32(4, little);
  if (start + 2 > tiff.length) return usual;
  const count = Math.min(view.getUint16(start, little), 200);
  for (let i = 0; i < count; i += 1) {
    const at = start + 2 + i * 12;
    if (at + 12 > tiff.length) break;
    if (view.getUint16(at, little) !== orientationTag) continue;
    const value = view.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : usual;
  }
  return usual;
}

/** A structure of that one field. */
function buildOrientation(orientation: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('MM\0*', 0, 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(orientationTag, 10);
  tiff.writeUInt16BE(3, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(orientation, 18);
  return tiff;
}

type Format = 'jpeg' | 'png' | 'webp';

function formatOf(bytes: Uint8Array): Format {
  if (bytes[0] === 0xff) return 'jpeg';
  return bytes[0] === 0x89 ? 'png' : 'webp';
}

function jpegSegment(head: string, payload: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(head, 'latin1'), payload]);
  const start = Buffer.from([0xff, 0xe1, 0, 0]);
  start.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([start, body]);
}

function pngChunk(type: string, payload: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), payload]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(payload.length);
  sum.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, sum]);
}

function webpChunk(type: string, payload: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32LE(payload.length, 4);
  return Buffer.concat([head, payload, Buffer.alloc(payload.length % 2)]);
}

/** What stays of what was taken out: how to turn it, and that a machine made it. */
interface Kept {
  orientation: number;
  label: string | null;
}

function writeKept(format: Format, { orientation, label }: Kept): Buffer[] {
  const exif = orientation === usual ? null : buildOrientation(orientation);
  const xmp = label === null ? null : Buffer.from(buildLabelPacket(label), 'utf8');
  switch (format) {
    case 'jpeg':
      return [
        ...(exif === null ? [] : [jpegSegment('Exif\0\0', exif)]),
        ...(xmp === null ? [] : [jpegSegment('http://ns.adobe.com/xap/1.0/\0', xmp)]),
      ];
    case 'png': {
      const head = Buffer.from('XML:com.adobe.xmp\0\0\0\0\0', 'latin1');
      return [
        ...(exif === null ? [] : [pngChunk('eXIf', exif)]),
        ...(xmp === null ? [] : [pngChunk('iTXt', Buffer.concat([head, xmp]))]),
      ];
    }
    case 'webp':
      return [
        ...(exif === null ? [] : [webpChunk('EXIF', exif)]),
        ...(xmp === null ? [] : [webpChunk('XMP ', xmp)]),
      ];
  }
}

const webpExifFlag = 0x08;
const webpXmpFlag = 0x04;

/** The file's own length, and what its head says of what is in it. */
function mendWebp(bytes: Buffer, { orientation, label }: Kept): Buffer {
  bytes.writeUInt32LE(bytes.length - 8, 4);
  if (bytes.toString('latin1', 12, 16) !== 'VP8X') return bytes;
  const flags = (bytes[20] ?? 0) & ~(webpExifFlag | webpXmpFlag);
  bytes[20] = flags | (orientation === usual ? 0 : webpExifFlag) | (label === null ? 0 : webpXmpFlag);
  return bytes;
}

const stays = new Set<PictureSegment['kind']>(['picture', 'colour', 'label']);

function keptOf(segments: readonly PictureSegment[]): Kept {
  const exif = segments.find(({ kind }) => kind === 'exif');
  const labels = segments
    .filter(({ kind }) => kind === 'xmp')
    .map(({ payload }) => findXmpLabel(Buffer.from(payload).toString('utf8')));
  return {
    orientation: exif === undefined ? usual : readOrientation(exif.payload),
    label: labels.find((label) => label !== null) ?? null,
  };
}

/** Where what is kept goes in: after a JPEG's or PNG's head, at a WebP's end. */
function placeOf(format: Format, segments: readonly PictureSegment[]): number {
  if (format === 'webp') return segments.length;
  if (format === 'png') return 2;
  return segments[1]?.kind === 'colour' ? 2 : 1;
}

/**
 * The same picture, bit for bit, without what it tells of its origin: position, device, owner, dates, remarks, thumbnails, what was
 * put behind its end. How to turn it stays, and so does a label that says that a machine made it. A form that is not taken apart (GIF,
 * BMP), or a damaged file, is given back as it is.
 */
export function stripPicture(bytes: Uint8Array): Uint8Array {
  const segments = readPictureSegments(bytes);
  if (segments === null) return bytes;
  const format = formatOf(bytes);
  const kept = keptOf(segments);
  // A simple WebP has no place for anything beside its picture.
  const isSimple = format === 'webp' && Buffer.from(bytes.subarray(12, 16)).toString('latin1') !== 'VP8X';
  const added = isSimple ? [] : writeKept(format, kept);
  const place = placeOf(format, segments);
  const pieces: Uint8Array[] = [];
  segments.forEach(({ kind, start, end }, i) => {
    if (i === place) pieces.push(...added);
    if (stays.has(kind)) pieces.push(bytes.subarray(start, end));
  });
  if (place >= segments.length) pieces.push(...added);
  const stripped = Buffer.concat(pieces);
  return new Uint8Array(format === 'webp' ? mendWebp(stripped, kept) : stripped);
}
