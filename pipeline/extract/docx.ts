import { readEmbedded } from './embedded.ts';
import type { ExtractedPart, ExtractJob, ReadFile } from './extraction.ts';
import { tellPictures } from './pictures.ts';
import { readHiddenStyles, readWordText } from './word-text.ts';
import type { ZipContainer } from './zip-container.ts';

/** Everything in which a Word document keeps text, in the order in which it is shown. */
const kinds: readonly { pattern: RegExp; name: string; hidden: boolean }[] = [
  { pattern: /^word\/document\d*\.xml$/i, name: '', hidden: false },
  { pattern: /^word\/header\d*\.xml$/i, name: '页眉', hidden: false },
  { pattern: /^word\/footer\d*\.xml$/i, name: '页脚', hidden: false },
  { pattern: /^word\/footnotes\.xml$/i, name: '脚注', hidden: false },
  { pattern: /^word\/endnotes\.xml$/i, name: '尾注', hidden: false },
  { pattern: /^word\/comments\.xml$/i, name: '批注', hidden: true },
  { pattern: /^word\/(?:charts|diagrams)\/[^/]+\.xml$/i, name: '图表', hidden: false },
  { pattern: /^word\/glossary\/document\.xml$/i, name: '文档部件库', hidden: true },
];

/** A DOCX: body, headers, notes, comments, charts, embedded files; deleted and hidden text is marked where it stands. */
export async function readDocx(zip: ZipContainer, job: ExtractJob): Promise<ReadFile> {
  const parts: ExtractedPart[] = [];
  const seen = new Set<string>();
  const notes = new Set<string>();
  const options = { maxLength: job.limits.maxTextLength, hiddenStyles: readHiddenStyles(zip) };
  for (const { pattern, name, hidden } of kinds) {
    for (const member of zip.matching(pattern)) {
      const read = readWordText(zip, member, options);
      for (const note of read.notes) notes.add(note);
      // Word keeps a header for each section, mostly the same one.
      const key = `${name}\n${read.text}`;
      if (!seen.has(key)) parts.push({ name, hidden, text: read.text });
      seen.add(key);
    }
  }
  const embedded = await readEmbedded(zip, job, /^word\/(?:embeddings\/|afchunk)/i);
  parts.push(...embedded.parts);
  const pictures = tellPictures(zip, parts);
  return {
    kind: 'docx',
    parts,
    notes: [...notes, ...embedded.notes, ...pictures.notes],
    unread: [...embedded.unread, ...pictures.unread],
  };
}
