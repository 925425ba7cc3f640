import { readCellStyles } from './cell-format.ts';
import { readEmbedded } from './embedded.ts';
import {
  type ExtractedPart,
  type ExtractJob,
  type ReadFile,
  reasonOf,
  type Unread,
  Unreadable,
} from './extraction.ts';
import { tellPictures } from './pictures.ts';
import { nameSheet, type SheetState } from './sheet-lines.ts';
import { readSheet, type Workbook } from './xlsx-sheet.ts';
import { readRelations, readTexts, readXml, stopReading } from './xml.ts';
import type { ZipContainer } from './zip-container.ts';

/** Of all strings of a workbook together, in code units: a hundred times what is kept. */
const stringsPerText = 100;

interface SheetEntry {
  name: string;
  state: SheetState;
  relation: string;
}

/** Text that a workbook keeps beside its cells. A pivot table carries a copy of its source, a link one of the other file. */
const besides: readonly { pattern: RegExp; name: string; hidden: boolean; of: readonly string[] }[] = [
  { pattern: /^xl\/comments[^/]*\.xml$/i, name: '批注', hidden: true, of: ['t'] },
  { pattern: /^xl\/threadedComments\/[^/]+\.xml$/i, name: '批注', hidden: true, of: ['text'] },
  { pattern: /^xl\/drawings\/drawing\d+\.xml$/i, name: '文本框', hidden: false, of: ['t'] },
  { pattern: /^xl\/charts\/chart\d+\.xml$/i, name: '图表', hidden: false, of: ['t', 'v'] },
  { pattern: /^xl\/externalLinks\/externalLink\d+\.xml$/i, name: '外部链接缓存', hidden: true, of: ['v'] },
];
const lineEnds = new Set(['p', 'comment', 'threadedComment', 'pt', 'cell', 'row']);

function readEntries(zip: ZipContainer): { entries: SheetEntry[]; date1904: boolean } {
  const entries: SheetEntry[] = [];
  let date1904 = false;
  const member = zip.find('xl/workbook.xml');
  if (member === null) return { entries, date1904 };
  const states: Record<string, SheetState> = { hidden: 'hidden', veryHidden: 'very-hidden' };
  readXml(zip, member, {
    open(name, attributes) {
      if (name === 'workbookPr') date1904 = attributes.isTrue('date1904');
      if (name !== 'sheet') return;
      entries.push({
        name: attributes.get('name') ?? '',
        state: states[attributes.get('state') ?? ''] ?? 'shown',
        relation: attributes.get('r:id') ?? attributes.get('id') ?? '',
      });
    },
  });
  return { entries, date1904 };
}

/** @returns null where they are too many to be held */
function readStrings(zip: ZipContainer, maxLength: number): string[] | null {
  const member = zip.find('xl/sharedStrings.xml');
  const strings: string[] = [];
  if (member === null) return strings;
  let length = 0;
  let current = '';
  let isText = false;
  let phonetic = 0;
  const isWhole = readXml(zip, member, {
    open(name) {
      if (name === 'si') current = '';
      else if (name === 't') isText = true;
      else if (name === 'rPh') phonetic += 1;
    },
    text(piece) {
      if (!isText || phonetic > 0) return;
      current += piece;
      length += piece.length;
      if (length > maxLength) stopReading();
    },
    close(name) {
      if (name === 'si') strings.push(current);
      else if (name === 't') isText = false;
      else if (name === 'rPh') phonetic -= 1;
    },
  });
  return isWhole ? strings : null;
}

/** The source rows that a pivot table keeps a copy of, whatever became of their sheet. */
function readPivotCache(zip: ZipContainer, maxLength: number): string {
  const words: string[] = [];
  let length = 0;
  for (const member of zip.matching(/^xl\/pivotCache\/pivotCache(?:Definition|Records)\d+\.xml$/i)) {
    readXml(zip, member, {
      open(name, attributes) {
        const value = name === 's' || name === 'n' || name === 'd' ? attributes.get('v') : null;
        if (value === null) return;
        words.push(value);
        length += value.length + 1;
        if (length > maxLength) stopReading();
      },
    });
  }
  return words.join('\n');
}

function readBesides(zip: ZipContainer, maxLength: number): ExtractedPart[] {
  const parts: ExtractedPart[] = [];
  for (const { pattern, name, hidden, of } of besides) {
    for (const member of zip.matching(pattern)) {
      const { text } = readTexts(zip, member, { of: new Set(of), lineEnds, maxLength });
      parts.push({ name, hidden, text });
    }
  }
  parts.push({ name: '数据透视表缓存', hidden: true, text: readPivotCache(zip, maxLength) });
  return parts;
}

/** An XLSX: every sheet, hidden ones and those that only a program can show as well, and what stands beside the cells. */
export async function readXlsx(zip: ZipContainer, job: ExtractJob): Promise<ReadFile> {
  const { maxTextLength: maxLength, maxMembers } = job.limits;
  const { entries, date1904 } = readEntries(zip);
  const strings = readStrings(zip, maxLength * stringsPerText);
  const workbook: Workbook = { strings: strings ?? [], formats: readCellStyles(zip), date1904 };
  const targets = readRelations(zip, 'xl/workbook.xml');
  const parts: ExtractedPart[] = [];
  const notes: string[] = [];
  const unread: Unread[] = strings === null ? [{ part: '共享字符串', reason: 'too-large' }] : [];
  if (entries.length > maxMembers) unread.push({ part: null, reason: 'too-many' });
  for (const { name, state, relation } of entries.slice(0, maxMembers)) {
    const hidden = state !== 'shown';
    const title = nameSheet(name, state);
    const member = zip.find(targets.get(relation) ?? '');
    try {
      if (member === null) throw new Unreadable('damaged');
      const sheet = readSheet(zip, member, { workbook, name, maxLength });
      parts.push({ name: title, hidden, text: sheet.text });
      parts.push({ name: `${title}：页眉页脚与提示`, hidden: true, text: sheet.around });
      notes.push(...(hidden ? [`有${title}`] : []), ...sheet.notes);
    } catch (error) {
      unread.push({ part: title, reason: reasonOf(error) });
    }
  }
  parts.push(...readBesides(zip, maxLength));
  const embedded = await readEmbedded(zip, job, /^xl\/embeddings\//i);
  const pictures = tellPictures(zip, parts);
  return {
    kind: 'xlsx',
    parts: [...parts, ...embedded.parts],
    notes: [...notes, ...embedded.notes, ...pictures.notes],
    unread: [...unread, ...embedded.unread, ...pictures.unread],
  };
}
