import { crc32, deflateSync } from 'node:zlib';

/** What a picture tells of itself, and how large it says it is. Its picture is grey, and the same for all. */
export interface PicturePlan {
  width?: number;
  height?: number;
  position?: { latitude: number; longitude: number };
  artist?: string;
  software?: string;
  orientation?: number;
  /** The label of a machine-made picture, in XMP. */
  label?: string;
  /** Of a PNG, by keyword. */
  texts?: Readonly<Record<string, string>>;
}

type Field = { tag: number; type: number; count: number; value: Buffer };

const ascii = (tag: number, text: string): Field => {
  const value = Buffer.from(`${text}\0`, 'utf8');
  return { tag, type: 2, count: value.length, value };
};
const short = (tag: number, value: number): Field => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt16BE(value);
  return { tag, type: 3, count: 1, value: bytes };
};

/** Degrees, minutes, seconds. */
function angle(tag: number, degrees: number): Field {
  const value = Buffer.alloc(24);
  [Math.floor(degrees), Math.floor((degrees % 1) * 60), 0].forEach((part, i) => {
    value.writeUInt32BE(part, i * 8);
    value.writeUInt32BE(1, i * 8 + 4);
  });
  return { tag, type: 5, count: 3, value };
}

/** One directory at `start`, its long values behind it. */
function directory(fields: readonly Field[], start: number): Buffer {
  const sorted = [...fields].sort((a, b) => a.tag - b.tag);
  const head = Buffer.alloc(2 + sorted.length * 12 + 4);
  head.writeUInt16BE(sorted.length);
  const tail: Buffer[] = [];
  let at = start + head.length;
  sorted.forEach(({ tag, type, count, value }, i) => {
    const place = 2 + i * 12;
    head.writeUInt16BE(tag, place);
    head.writeUInt16BE(type, place + 2);
    head.writeUInt32BE(count, place + 4);
    if (value.length <= 4) value.copy(head, place + 8);
    else {
      head.writeUInt32BE(at, place + 8);
      tail.push(value);
      at += value.length;
    }
  });
  return Buffer.concat([head, ...tail]);
}

function buildExif({ position, artist, software, orientation }: PicturePlan): Buffer | null {
  const fields: Field[] = [];
  if (orientation !== undefined) fields.push(short(0x0112, orientation));
  if (software !== undefined) fields.push(ascii(0x0131, software));
  if (artist !== undefined) fields.push(ascii(0x013b, artist));
  if (fields.length === 0 && position === undefined) return null;
  const start = Buffer.from('MM\0*\0\0\0\x08', 'latin1');
  if (position === undefined) return Buffer.concat([start, directory(fields, 8)]);
  const pointer = { tag: 0x8825, type: 4, count: 1, value: Buffer.alloc(4) };
  const length = directory([...fields, pointer], 8).length;
  pointer.value.writeUInt32BE(8 + length);
  const gps = [ascii(1, 'N'), angle(2, position.latitude), ascii(3, 'E'), angle(4, position.longitude)];
  return Buffer.concat([start, directory([...fields, pointer], 8), directory(gps, 8 + length)]);
}

function buildXmp({ label, artist = '' }: PicturePlan): Buffer | null {
  if (label === undefined) return null;
  return Buffer.from(
    `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description dc:creator="${artist}"><TC260:AIGC>${label}</TC260:AIGC></rdf:Description></x:xmpmeta>`,
  );
}

function segment(marker: number, ...parts: (Buffer | string)[]): Buffer {
  const body = Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)),
  );
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** A JPEG by its structure; the picture in it is no real one. */
export function buildJpeg(plan: PicturePlan): Uint8Array {
  const { width = 8, height = 8 } = plan;
  const frame = Buffer.from([8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]);
  const [exif, xmp] = [buildExif(plan), buildXmp(plan)];
  return new Uint8Array(
    Buffer.concat([
      Buffer.from([0xff, 0xd8]),
      segment(0xe0, 'JFIF\0\x01\x01\0\0\x01\0\x01\0\0'),
      ...(exif === null ? [] : [segment(0xe1, 'Exif\0\0', exif)]),
      ...(xmp === null ? [] : [segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0', xmp)]),
      segment(0xc0, frame),
      segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
      Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd9]),
    ]),
  );
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, sum]);
}

/** A real PNG, unless it is said to be larger than 4096 pixels a side. */
export function buildPng(plan: PicturePlan): Uint8Array {
  const { width = 8, height = 8 } = plan;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  const [exif, xmp] = [buildExif(plan), buildXmp(plan)];
  const isReal = width <= 4096 && height <= 4096;
  const texts = Object.entries(plan.texts ?? {});
  return new Uint8Array(
    Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      chunk('IHDR', head),
      ...(exif === null ? [] : [chunk('eXIf', exif)]),
      ...(xmp === null
        ? []
        : [chunk('iTXt', Buffer.concat([Buffer.from('XML:com.adobe.xmp\0\0\0\0\0'), xmp]))]),
      ...texts.map(([key, text]) => chunk('tEXt', Buffer.from(`${key}\0${text}`))),
      chunk('IDAT', deflateSync(Buffer.alloc(isReal ? (width + 1) * height : 1))),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  );
}

function webpChunk(type: string, data: Buffer): Buffer {
  const head = Buffer.from(`${type}\0\0\0\0`, 'latin1');
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}

/** A WebP by its structure, in its extended form; the picture in it is no real one. */
export function buildWebp(plan: PicturePlan): Uint8Array {
  const { width = 8, height = 8 } = plan;
  const [exif, xmp] = [buildExif(plan), buildXmp(plan)];
  const head = Buffer.alloc(10);
  head[0] = (exif === null ? 0 : 0x08) | (xmp === null ? 0 : 0x04);
  head.writeUIntLE(width - 1, 4, 3);
  head.writeUIntLE(height - 1, 7, 3);
  const body = Buffer.concat([
    Buffer.from('WEBP'),
    webpChunk('VP8X', head),
    webpChunk('VP8L', Buffer.from([0x2f, 7, 0, 0, 0])),
    ...(exif === null ? [] : [webpChunk('EXIF', exif)]),
    ...(xmp === null ? [] : [webpChunk('XMP ', xmp)]),
  ]);
  const start = Buffer.from('RIFF\0\0\0\0', 'latin1');
  start.writeUInt32LE(body.length, 4);
  return new Uint8Array(Buffer.concat([start, body]));
}
