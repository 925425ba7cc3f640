import type { ExtractedPart, ReadFile } from './extraction.ts';
import type { ZipContainer } from './zip-container.ts';

const pictureMember = /^(?:word|xl|ppt)\/media\/[^/]+\.(?:png|jpe?g|gif|bmp|tiff?|webp|emf|wmf)$/i;
/** Characters beside a picture below which the pictures are the document: a list that was photographed and pasted. */
const charactersPerPicture = 60;

/** What a document holds as pictures is not read: noted where they go with text, and unread where they are nearly all there is. */
export function tellPictures(
  zip: ZipContainer,
  parts: readonly ExtractedPart[],
): Pick<ReadFile, 'notes' | 'unread'> {
  const pictures = zip.matching(pictureMember).length;
  if (pictures === 0) return { notes: [], unread: [] };
  const characters = parts.reduce((sum, { text }) => sum + text.trim().length, 0);
  const isScan = characters < pictures * charactersPerPicture;
  return {
    notes: [`有 ${pictures} 张图片，图中文字未检查`],
    unread: isScan ? [{ part: null, reason: 'scanned' }] : [],
  };
}
