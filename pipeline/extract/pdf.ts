import { createRequire } from 'node:module';
import path from 'node:path';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import {
  type ExtractedPart,
  type ExtractJob,
  type ReadFile,
  reasonOf,
  type Unread,
  Unreadable,
} from './extraction.ts';
import { maskAuthor } from './mask-author.ts';
import { findNameFacts } from './name-facts.ts';
import { type HiddenText, readHiddenText } from './pdf-hidden.ts';
import { writeOutRadicals } from './radicals.ts';

type PdfJs = typeof import('pdfjs-dist/legacy/build/pdf.mjs');

/** Only drawing needs these; where they are missing the library fetches a drawing library for them. */
function standInForDrawing(): void {
  const scope = globalThis as unknown as Record<string, unknown>;
  for (const name of ['DOMMatrix', 'Path2D', 'ImageData']) scope[name] ??= class {};
}

async function loadLibrary(): Promise<PdfJs> {
  standInForDrawing();
  return import('pdfjs-dist/legacy/build/pdf.mjs');
}

/** Fonts of Chinese documents often name a character map that only the library's own files hold. */
function findMaps(): { cMapUrl: string; standardFontDataUrl: string } {
  const root = path.dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  return { cMapUrl: `${root}/cmaps/`, standardFontDataUrl: `${root}/standard_fonts/` };
}

async function openPdf(library: PdfJs, bytes: Uint8Array): Promise<PDFDocumentProxy> {
  const task = library.getDocument({
    // The library keeps what it is given.
    data: new Uint8Array(bytes),
    ...findMaps(),
    cMapPacked: true,
    disableFontFace: true,
    useSystemFonts: false,
    isEvalSupported: false,
    enableXfa: false,
    verbosity: 0,
  });
  try {
    return await task.promise;
  } catch (error) {
    const isLocked = error instanceof Error && error.name === 'PasswordException';
    throw new Unreadable(isLocked ? 'encrypted' : 'damaged');
  }
}

async function readPage(page: PDFPageProxy): Promise<string> {
  const { items } = await page.getTextContent();
  let text = '';
  for (const item of items) if ('str' in item) text += item.hasEOL ? `${item.str}\n` : item.str;
  return writeOutRadicals(text);
}

/** Notes and filled-in fields: they stand on the page, but not in its text. */
async function readAnnotations(page: PDFPageProxy): Promise<string> {
  const annotations: { contentsObj?: { str?: string }; fieldValue?: unknown }[] = await page.getAnnotations();
  return annotations
    .flatMap(({ contentsObj, fieldValue }) => [
      contentsObj?.str ?? '',
      typeof fieldValue === 'string' ? fieldValue : '',
    ])
    .filter((text) => text.trim() !== '')
    .join('\n');
}

/** Signs that stand for nothing: a font without a map from its shapes to characters. */
function isGarbled(text: string): boolean {
  const signs = text.replace(/\s/g, '');
  const odd = signs.match(/[\p{Co}\p{Cn}\p{Cc}\ufffd]/gu)?.length ?? 0;
  return odd * 4 > signs.length;
}

/** Drawing a page costs more than reading it: of a long file only so many pages are looked at for what is hidden. */
const pagesDrawn = 40;

function tellHidden(name: string, hidden: readonly HiddenText[]): ExtractedPart[] {
  return hidden.map(({ because, text }) => ({ name: `${name}的隐藏文字（${because}）`, hidden: true, text }));
}

async function readPages(pdf: PDFDocumentProxy, library: PdfJs, limits: ExtractJob['limits']) {
  const parts: ExtractedPart[] = [];
  const unread: Unread[] = [];
  const undrawn: number[] = [];
  const drawing = { ops: library.OPS, layers: await pdf.getOptionalContentConfig() };
  let length = 0;
  const pages = Math.min(pdf.numPages, limits.maxMembers);
  if (pages < pdf.numPages) unread.push({ part: `第 ${pages + 1} 页起`, reason: 'too-many' });
  for (let number = 1; number <= pages && length <= limits.maxTextLength * 2; number += 1) {
    const name = `第 ${number} 页`;
    try {
      const page = await pdf.getPage(number);
      const text = await readPage(page);
      if (text.trim() === '') unread.push({ part: name, reason: 'scanned' });
      else if (isGarbled(text)) unread.push({ part: name, reason: 'garbled' });
      parts.push({ name, hidden: false, text });
      parts.push({ name: `${name}的批注与表单`, hidden: true, text: await readAnnotations(page) });
      // What cannot be drawn has been read all the same.
      const hidden = number > pagesDrawn ? null : await readHiddenText(page, drawing).catch(() => null);
      if (hidden === null) undrawn.push(number);
      else parts.push(...tellHidden(name, hidden));
      length += text.length;
      page.cleanup();
    } catch (error) {
      unread.push({ part: name, reason: reasonOf(error) });
    }
  }
  return { parts, unread, undrawn };
}

interface EmbeddedFile {
  filename?: string;
  content?: Uint8Array;
}

async function readAttached(
  pdf: PDFDocumentProxy,
  job: ExtractJob,
): Promise<{ parts: ExtractedPart[]; unread: Unread[] }> {
  const attached = Object.values(((await pdf.getAttachments()) ?? {}) as Record<string, EmbeddedFile>);
  const parts: ExtractedPart[] = [];
  const unread: Unread[] = [];
  for (const { filename, content } of attached.slice(0, job.limits.maxMembers)) {
    const name = `嵌入文件：${filename ?? ''}`;
    try {
      job.facts.push(...findNameFacts(filename ?? ''));
      const inner = await job.readInner(content ?? new Uint8Array(), name);
      for (const part of inner.parts)
        parts.push({ ...part, name: `${name} ${part.name}`.trim(), hidden: true });
      unread.push(...inner.unread.map((one) => ({ ...one, part: name })));
    } catch (error) {
      unread.push({ part: name, reason: reasonOf(error) });
    }
  }
  return { parts, unread };
}

/** Where no page has text at all, it is a scan: said once, not for each page. */
function summarise(parts: readonly ExtractedPart[], unread: readonly Unread[]): Unread[] {
  const hasText = parts.some(({ text, hidden }) => !hidden && text.trim() !== '');
  const isScan = !hasText && unread.length > 0 && unread.every(({ reason }) => reason === 'scanned');
  return isScan ? [{ part: null, reason: 'scanned' }] : [...unread];
}

/** Who wrote it, and whether it runs something. */
async function addFacts(pdf: PDFDocumentProxy, { facts, part }: ExtractJob): Promise<void> {
  const { info } = await pdf.getMetadata().catch(() => ({ info: {} }));
  const author: unknown = (info as Record<string, unknown>).Author;
  if (typeof author === 'string' && author.trim() !== '')
    facts.push({ kind: 'author', part, detail: maskAuthor(author) });
  if (await pdf.hasJSActions().catch(() => false)) facts.push({ kind: 'macro', part, detail: 'PDF 脚本' });
}

/** The text layer of a PDF, page by page; what is only a picture of text is not read, and said so. */
export async function readPdf(job: ExtractJob): Promise<ReadFile> {
  const library = await loadLibrary();
  const pdf = await openPdf(library, job.bytes);
  try {
    await addFacts(pdf, job);
    const { parts, unread, undrawn } = await readPages(pdf, library, job.limits);
    const attached = await readAttached(pdf, job);
    return {
      kind: 'pdf',
      parts: [...parts, ...attached.parts],
      notes: [
        ...(attached.parts.length === 0 ? [] : ['有嵌入文件']),
        ...(undrawn.length === 0 ? [] : [`有 ${undrawn.length} 页没有检查隐藏文字`]),
      ],
      unread: [...summarise(parts, unread), ...attached.unread],
    };
  } finally {
    await pdf.loadingTask.destroy();
  }
}
