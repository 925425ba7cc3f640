import exifr from 'exifr';
import type { FileFact, FileFactKind } from '../domain/file-fact.ts';
import { findAiMark } from './ai-marks.ts';
import { maskAuthor } from './mask-author.ts';
import { type PictureSegment, readPictureSegments } from './picture-segments.ts';

/** What of EXIF names a person or a thing that belongs to one. */
const owners: Readonly<Record<string, string>> = {
  Artist: '作者',
  XPAuthor: '作者',
  Copyright: '版权人',
  OwnerName: '相机所有者',
  CameraOwnerName: '相机所有者',
  BodySerialNumber: '机身序列号',
  SerialNumber: '机身序列号',
  HostComputer: '设备名称',
};

async function readExif(tiff: Uint8Array): Promise<Record<string, unknown>> {
  const options = { tiff: true, exif: true, gps: true, translateValues: false, mergeOutput: true };
  return (await exifr.parse(Buffer.from(tiff), options)) ?? {};
}

async function findExifFacts(tiff: Uint8Array): Promise<FileFact[]> {
  const exif = await readExif(tiff).catch(() => ({}) as Record<string, unknown>);
  const fact = (kind: FileFactKind, detail: string | null): FileFact => ({ kind, part: null, detail });
  const facts: FileFact[] = [];
  if (typeof exif.latitude === 'number' || exif.GPSLatitude !== undefined) facts.push(fact('position', null));
  for (const [field, called] of Object.entries(owners)) {
    const value = exif[field];
    if (typeof value !== 'string' || value.trim() === '') continue;
    facts.push(fact('device', `${called} ${maskAuthor(value)}`));
  }
  const mark = findAiMark(
    'software',
    `${String(exif.Software ?? '')} ${String(exif.ImageDescription ?? '')}`,
  );
  if (mark !== null) facts.push(fact('ai-made', mark));
  return facts;
}

async function findSegmentFacts({ kind, payload }: PictureSegment): Promise<FileFact[]> {
  if (kind === 'exif') return findExifFacts(payload);
  if (kind !== 'xmp' && kind !== 'text' && kind !== 'label') return [];
  const text = Buffer.from(payload).toString('utf8');
  const facts: FileFact[] = [];
  const mark = findAiMark(kind, text);
  if (mark !== null) facts.push({ kind: 'ai-made', part: null, detail: mark });
  if (kind === 'xmp' && /\bGPS(?:Latitude|Longitude|Position)\b/.test(text))
    facts.push({ kind: 'position', part: null, detail: null });
  return facts;
}

/**
 * What a picture tells of where, with what and by whom it was made; of one that cannot be taken apart, what a reader of such things
 * would find in it. Never throws; names are masked.
 */
export async function findPictureFacts(bytes: Uint8Array): Promise<FileFact[]> {
  const segments = readPictureSegments(bytes);
  const found =
    segments === null
      ? await findExifFacts(bytes)
      : (await Promise.all(segments.map(findSegmentFacts))).flat();
  const seen = new Map(found.map((fact) => [`${fact.kind} ${fact.detail}`, fact]));
  return [...seen.values()];
}
