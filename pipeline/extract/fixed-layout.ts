import { readEmbedded } from './embedded.ts';
import type { ExtractedPart, ExtractJob, ReadFile } from './extraction.ts';
import { readTexts } from './xml.ts';
import type { ZipContainer } from './zip-container.ts';

/** An OFD (GB/T 33190), the layout format of official documents: pages of text runs, each in its place. */
export async function readOfd(zip: ZipContainer, job: ExtractJob): Promise<ReadFile> {
  const parts: ExtractedPart[] = [];
  const options = {
    of: new Set(['TextCode']),
    lineEnds: new Set(['TextObject']),
    maxLength: job.limits.maxTextLength,
  };
  // Page_0/Content.xml, Page_1/Content.xml: the number stands in the folder.
  const number = (name: string) => Number(/Page_(\d+)/i.exec(name)?.[1] ?? 0);
  const pages = zip
    .matching(/\/Pages\/[^/]+\/Content\.xml$|\/Annots\/.+\.xml$/i)
    .sort((a, b) => number(a.name) - number(b.name));
  for (const member of pages.slice(0, job.limits.maxMembers))
    parts.push({ name: '', hidden: false, text: readTexts(zip, member, options).text });
  const embedded = await readEmbedded(zip, job, /\/Attachs?\/(?!Attachments\.xml)/i);
  const isScanned = parts.every(({ text }) => text.trim() === '');
  if (isScanned) embedded.unread.push({ part: null, reason: 'scanned' });
  return { kind: 'ofd', ...embedded, parts: [...parts, ...embedded.parts] };
}
