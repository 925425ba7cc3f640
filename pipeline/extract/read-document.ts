import type { DraftNode } from '../domain/draft-document.ts';
import { decodeBytes } from './decode-bytes.ts';
import { extractText } from './extract-text.ts';
import {
  defaultExtractLimits,
  type ExtractJob,
  reasonOf,
  Unreadable,
  type UnreadReason,
} from './extraction.ts';
import { findSignature } from './file-kind.ts';
import { guessTitle } from './guess-title.ts';
import { type ImportedDocument, readHtmlDocument } from './html-document.ts';
import { readWordDocument } from './word-document.ts';
import { ZipContainer } from './zip-container.ts';

/** A file as a draft's text, or why it is none. */
export type DocumentRead =
  | { imported: ImportedDocument; problem: null }
  | { imported: null; problem: UnreadReason };

/** Files of which the words are all that can be had. */
const wordsOnly = new Set(['doc', 'rtf', 'odf', 'pdf', 'text']);
const kindNames: Record<string, string> = {
  doc: '旧版 Word（.doc）',
  rtf: 'RTF',
  odf: 'OpenDocument',
  pdf: 'PDF',
};

function paragraphsOf(text: string): DraftNode[] {
  return text
    .replace(/\n+$/, '')
    .split('\n')
    .map((line) => {
      const words = line.replace(/\t/g, '    ').trimEnd();
      return words === ''
        ? { type: 'paragraph' }
        : { type: 'paragraph', content: [{ type: 'text', text: words }] };
    });
}

/** A short first line above a text is its title. */
function titled(read: ImportedDocument): ImportedDocument {
  const [first, ...rest] = read.document.content;
  const line =
    first?.content
      ?.map(({ text }) => text ?? '')
      .join('')
      .trim() ?? '';
  const isTitle = line.length >= 4 && line.length <= 40 && !/[。；：，、]$/.test(line) && rest.length > 0;
  if (!isTitle) return read;
  return {
    ...read,
    title: line,
    document: { type: 'doc', content: rest },
    notes: [`第一行“${line}”作为标题`, ...read.notes],
  };
}

function withGuessedTitle(read: ImportedDocument): ImportedDocument {
  const guessed = guessTitle(read.document);
  if (guessed === null) return { ...read, title: null };
  const { title, rest } = guessed;
  return { ...read, title, document: rest, notes: [`开头的“${title}”作为标题，请核对`, ...read.notes] };
}

async function readWords(bytes: Uint8Array): Promise<ImportedDocument> {
  const { kind, parts, unread, truncated } = await extractText(bytes);
  const [whole] = unread.filter(({ part }) => part === null);
  const text = parts
    .filter(({ hidden }) => !hidden)
    .map((part) => part.text)
    .join('\n');
  if (!wordsOnly.has(kind))
    throw new Unreadable(whole === undefined || whole.reason === 'empty' ? 'unsupported' : whole.reason);
  if (text.trim() === '') throw new Unreadable(whole?.reason ?? 'empty');
  const name = kindNames[kind];
  const notes = [
    ...(name === undefined ? [] : [`${name} 只带来文字，版式、表格和图片请核对补上`]),
    ...(parts.some(({ hidden }) => hidden) ? ['文件里的隐藏内容没有带过来'] : []),
    ...(truncated || unread.length > 0 ? ['文件没有读完，请核对文字是否完整'] : []),
  ];
  return titled({ title: null, document: { type: 'doc', content: paragraphsOf(text) }, images: [], notes });
}

async function readAny(bytes: Uint8Array): Promise<ImportedDocument> {
  const signature = findSignature(bytes);
  if (signature === 'html') return readHtmlDocument(decodeBytes(bytes).text);
  if (signature !== 'zip') return readWords(bytes);
  const job: ExtractJob = {
    ...{ bytes, limits: defaultExtractLimits, depth: 0, spent: { unpackedBytes: 0 }, facts: [], part: null },
    readInner: () => {
      throw new Unreadable('too-deep');
    },
  };
  const zip = new ZipContainer(job);
  const isWord = zip.find('word/document.xml') !== null || zip.find('word/document2.xml') !== null;
  return isWord ? withGuessedTitle(await readWordDocument(zip)) : readWords(bytes);
}

/**
 * A file that a draft's text is made of: DOCX and HTML with their layout, other documents their words. Told by its bytes, never by
 * its name. Never throws. Files of strangers are read in a process of their own: see file-reader.ts.
 * @param as `html`: what was pasted, however it begins
 */
export async function readDocument(bytes: Uint8Array, as: 'file' | 'html'): Promise<DocumentRead> {
  try {
    const imported = as === 'html' ? readHtmlDocument(decodeBytes(bytes).text) : await readAny(bytes);
    return { imported, problem: null };
  } catch (error) {
    return { imported: null, problem: reasonOf(error) };
  }
}

const problems: Partial<Record<UnreadReason, string>> = {
  encrypted: '文件有密码，请去掉密码后重新上传',
  damaged: '文件已损坏，请用 Word 或 WPS 打开后另存为 .docx 再上传',
  empty: '文件里没有文字',
  scanned: '文件里只有图片，没有文字',
  picture: '这是一张图片，请在正文里插入',
  unsupported: '这种文件不能作为正文，请另存为 .docx 再上传',
  'unknown-kind': '认不出这是什么文件，请另存为 .docx 再上传',
  'too-large': '文件太大，或解压后太大，请压缩图片后重新上传',
  'too-deep': '内容嵌套超过 200 层，请用“只保留文字”的方式粘贴',
  'too-slow': '文件用了太长时间没有读完，请拆分后重新上传',
  'too-hungry': '文件占用内存过多，请拆分或压缩图片后重新上传',
  crashed: '文件没有读成，请用 Word 或 WPS 打开后另存为 .docx 再上传',
};

/** What to tell whoever brought the file. */
export function documentProblem(reason: UnreadReason): string {
  return problems[reason] ?? '文件没有读成，请另存为 .docx 再上传';
}
