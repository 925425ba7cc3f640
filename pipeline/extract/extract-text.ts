import { readArchive } from './archive.ts';
import { addByteFacts } from './byte-facts.ts';
import { composeExtraction } from './compose.ts';
import { readDocx } from './docx.ts';
import {
  defaultExtractLimits,
  type Extraction,
  type ExtractJob,
  type ExtractLimits,
  type FileKind,
  type ReadFile,
  reasonOf,
  Unreadable,
  unreadFile,
} from './extraction.ts';
import { findOleKind, findSignature } from './file-kind.ts';
import { readOfd } from './fixed-layout.ts';
import { readHtml } from './markup.ts';
import { readOdf, readOds } from './odf.ts';
import { readOldSheet } from './old-sheet.ts';
import { readOldWord } from './old-word.ts';
import { addPackageFacts } from './package-facts.ts';
import { readPdf } from './pdf.ts';
import { readPlainText } from './plain-text.ts';
import { readPptx } from './pptx.ts';
import { readRichText } from './rich-text.ts';
import { readXlsx } from './xlsx.ts';
import { ZipContainer } from './zip-container.ts';

/** By what a document that is a ZIP archive is known. */
function findPackageKind(
  zip: ZipContainer,
): 'docx' | 'xlsx' | 'pptx' | 'ofd' | 'odf' | 'ods' | 'sheet' | 'zip' {
  const has = (name: string) => zip.find(name) !== null;
  if (has('word/document.xml') || has('word/document2.xml')) return 'docx';
  if (has('xl/workbook.xml')) return 'xlsx';
  if (has('xl/workbook.bin')) return 'sheet';
  if (has('ppt/presentation.xml')) return 'pptx';
  if (has('OFD.xml')) return 'ofd';
  if (!has('mimetype') || !has('content.xml')) return 'zip';
  const mimetype = zip.find('mimetype');
  const type = mimetype === null ? '' : new TextDecoder().decode(zip.read(mimetype));
  return type.includes('spreadsheet') ? 'ods' : 'odf';
}

function readPackage(job: ExtractJob): Promise<ReadFile> | ReadFile {
  const zip = new ZipContainer(job);
  addPackageFacts(zip, job);
  const kind = findPackageKind(zip);
  switch (kind) {
    case 'docx':
      return readDocx(zip, job);
    case 'xlsx':
      return readXlsx(zip, job);
    case 'pptx':
      return readPptx(zip, job);
    case 'ofd':
      return readOfd(zip, job);
    case 'odf':
      return readOdf(zip, job);
    case 'ods':
      return readOds(zip, job);
    case 'sheet':
      return readOldSheet(job);
    case 'zip':
      if (job.depth >= job.limits.maxDepth) throw new Unreadable('too-deep');
      return readArchive(zip, job);
    default:
      return kind satisfies never;
  }
}

function readOle(job: ExtractJob): ReadFile {
  const { kind, reason } = findOleKind(job.bytes);
  if (reason !== null) return unreadFile(kind, reason);
  return kind === 'sheet' ? readOldSheet(job) : readOldWord(job);
}

function readAny(job: ExtractJob): Promise<ReadFile> | ReadFile {
  if (job.bytes.length === 0) throw new Unreadable('damaged');
  const signature = findSignature(job.bytes);
  switch (signature) {
    case 'zip':
      return readPackage(job);
    case 'ole':
      return readOle(job);
    case 'sheet-xml':
      return readOldSheet(job);
    case 'pdf':
      return readPdf(job);
    case 'rtf':
      return readRichText(job);
    case 'html':
      return readHtml(job);
    case 'text':
      return readPlainText(job);
    case 'picture':
    case 'media':
      return unreadFile(signature, 'picture');
    default:
      return unreadFile(signature, 'unsupported');
  }
}

/** Of a failed file its kind is a guess by the first bytes. */
function guessKind(bytes: Uint8Array): FileKind {
  const signature = findSignature(bytes);
  if (signature === 'ole') return 'unknown';
  return signature === 'sheet-xml' ? 'sheet' : signature;
}

async function readJob(job: ExtractJob): Promise<ReadFile> {
  addByteFacts(job);
  try {
    return await readAny(job);
  } catch (error) {
    return unreadFile(guessKind(job.bytes), reasonOf(error));
  }
}

function openJob(
  bytes: Uint8Array,
  limits: ExtractLimits,
  outer: { job: ExtractJob; part: string } | null,
): ExtractJob {
  const job: ExtractJob = {
    bytes,
    limits,
    depth: outer === null ? 0 : outer.job.depth + 1,
    spent: outer?.job.spent ?? { unpackedBytes: 0 },
    facts: outer?.job.facts ?? [],
    part: outer?.part ?? null,
    readInner: (inner, part) => readJob(openJob(inner, limits, { job, part })),
  };
  return job;
}

/**
 * What a file says, hidden text included. Never throws: what cannot be read is told in `unread`, and a file with anything in there
 * has not been found clean. Files of strangers are read in a process of their own: see file-reader.ts.
 */
export async function extractText(
  bytes: Uint8Array,
  limits: Partial<ExtractLimits> = {},
): Promise<Extraction> {
  const all = { ...defaultExtractLimits, ...limits };
  const job = openJob(bytes, all, null);
  const extraction = composeExtraction(await readJob(job), all.maxTextLength, job.facts);
  // A file in which nothing was found may be one that was not understood.
  const isEmpty = extraction.text === '' && extraction.unread.length === 0;
  return isEmpty ? { ...extraction, unread: [{ part: null, reason: 'empty' }] } : extraction;
}
