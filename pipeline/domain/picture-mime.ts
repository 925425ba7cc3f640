import type { DraftImage } from './draft-content.ts';

/** How such files begin, byte by byte in Latin-1; `.` stands for any. */
const starts: readonly [DraftImage['mime'], string][] = [
  ['image/jpeg', '\xff\xd8\xff'],
  ['image/png', '\x89PNG\r\n\x1a\n'],
  ['image/gif', 'GIF87a'],
  ['image/gif', 'GIF89a'],
  ['image/webp', 'RIFF....WEBP'],
  ['image/bmp', 'BM....\0\0\0\0'],
];

/** What a picture is by its bytes, never by its name; null where a draft cannot hold it. */
export function findPictureMime(bytes: Uint8Array): DraftImage['mime'] | null {
  const fits = (start: string) =>
    [...start].every((sign, i) => sign === '.' || sign.charCodeAt(0) === bytes[i]);
  return starts.find(([, start]) => fits(start))?.[0] ?? null;
}
