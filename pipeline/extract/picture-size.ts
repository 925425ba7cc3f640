/** In pixels. */
export interface PictureSize {
  width: number;
  height: number;
}

/** Heads of the frames of a JPEG, but for the tables among them. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

function readJpegSize(view: DataView): PictureSize | null {
  for (let at = 2; at + 9 < view.byteLength && view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) at += 1;
    else if (isFrame(marker)) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    else at += 2 + view.getUint16(at + 2);
  }
  return null;
}

function readWebpSize(view: DataView, form: string): PictureSize | null {
  const u24 = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 65_536;
  if (form === 'VP8X') return { width: u24(24) + 1, height: u24(27) + 1 };
  if (form === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
}

/** By the head of the file, without unpacking it; null where it cannot be told, or is no size. */
export function findPictureSize(bytes: Uint8Array): PictureSize | null {
  const size = readSize(bytes);
  return size !== null && size.width > 0 && size.height > 0 ? size : null;
}

function readSize(bytes: Uint8Array): PictureSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  try {
    if (head.startsWith('\x89PNG')) return { width: view.getUint32(16), height: view.getUint32(20) };
    if (head.startsWith('\xff\xd8')) return readJpegSize(view);
    if (head.startsWith('GIF8')) return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    if (head.startsWith('BM'))
      return { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) };
    return head.startsWith('RIFF') ? readWebpSize(view, head.slice(12)) : null;
  } catch {
    return null;
  }
}
