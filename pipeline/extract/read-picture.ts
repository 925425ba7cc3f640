import type { FileFact } from '../domain/file-fact.ts';
import { findPictureMime } from '../domain/picture-mime.ts';
import { findPictureFacts } from './picture-facts.ts';
import { readPictureSegments } from './picture-segments.ts';
import { findPictureSize, type PictureSize } from './picture-size.ts';
import { readCodes } from './read-codes.ts';
import { recogniseText } from './recognise-text.ts';

export interface PictureRead {
  /** Null where the head of the file does not say. */
  size: PictureSize | null;
  facts: FileFact[];
  /** Texts of QR codes. */
  codes: string[];
  /** Null where it was not read; `notes` say why. */
  text: string | null;
  /** In Chinese: what was not read. */
  notes: string[];
}

/** More pixels than any camera of an office has; unpacked they would take all the memory the process may have. */
const mostPixels = 50_000_000;
/** Of a photograph out of a camera its text takes longer to find than anybody waits. */
const mostTextPixels = 6_000_000;
/** Smaller ones are icons, lines, bullets. */
const smallest = { width: 120, height: 40 };

const textUnread = '图中文字未检查';
const codesUnread = '图中二维码未检查';
const originUnread = '拍摄位置、设备等信息未全部检查，也没有去除（图片结构异常，请另存后重新上传）';
/** What is taken apart unless it is damaged. */
const inSegments = new Set(['image/jpeg', 'image/png', 'image/webp']);

/** Formats that the reader of text does not unpack. */
const withoutText = new Set(['image/gif']);

async function attempt<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch {
    return null;
  }
}

/** What a picture says. Never throws: what could not be read is told in `notes`. */
export async function readPicture(bytes: Uint8Array, wants: { text: boolean }): Promise<PictureRead> {
  const size = findPictureSize(bytes);
  const facts = await findPictureFacts(bytes);
  const mime = findPictureMime(bytes);
  if (mime === null || size === null || size.width * size.height > mostPixels) {
    const why = mime === null || size === null ? '图片损坏或格式不支持' : '图片过大';
    return {
      size,
      facts,
      codes: [],
      text: null,
      notes: [`${codesUnread}（${why}）`, `${textUnread}（${why}）`],
    };
  }
  const isOdd = inSegments.has(mime) && readPictureSegments(bytes) === null;
  const notes: string[] = isOdd ? [originUnread] : [];
  const codes = await attempt(() => readCodes(bytes));
  if (codes === null) notes.push(`${codesUnread}（${mime === 'image/webp' ? 'WebP 格式' : '图片不能解码'}）`);
  if (size.width < smallest.width || size.height < smallest.height)
    return { size, facts, codes: codes ?? [], text: '', notes };
  const isTooLarge = size.width * size.height > mostTextPixels;
  const isReadable = wants.text && !withoutText.has(mime) && !isTooLarge;
  const text = isReadable ? await attempt(() => recogniseText(bytes)) : null;
  if (text === null)
    notes.push(isTooLarge ? `${textUnread}（图片过大，缩小到 2000 像素以内再上传即可检查）` : textUnread);
  return { size, facts, codes: codes ?? [], text, notes };
}
