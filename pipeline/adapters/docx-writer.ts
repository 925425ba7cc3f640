import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  Packer,
  PageNumber,
  Paragraph,
  TabStopType,
  TextRun,
} from 'docx';
import type { PrintedDocument } from '../domain/printed-document.ts';
import {
  type DocxPictures,
  headingFont,
  margin,
  page,
  sizes,
  withoutUnwritable,
  writeBlock,
} from './docx-blocks.ts';

const fonts = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '宋体', cs: 'Times New Roman' };
const textWidth = page.width - margin.left - margin.right;
const rule = { style: BorderStyle.SINGLE, size: 12, color: '000000', space: 4 };

function writeFooter(footer: string): Footer {
  const small = { size: sizes.small };
  const children = [
    new TextRun({ text: `${footer}　第 `, ...small }),
    new TextRun({ children: [PageNumber.CURRENT], ...small }),
    new TextRun({ text: ' 页', ...small }),
  ];
  return new Footer({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children })] });
}

/** What is not approved says so above every page, larger than the rest. */
function writeHeader({ header, stamp }: Pick<PrintedDocument, 'header' | 'stamp'>): Header {
  const stamped =
    stamp === undefined
      ? []
      : [new TextRun({ text: `${stamp}　`, bold: true, size: sizes.heading, color: '595959' })];
  const words = header === undefined ? [] : [new TextRun({ text: header, size: sizes.small })];
  return new Header({
    children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [...stamped, ...words] })],
  });
}

function writeHead({ title, subtitle, cover }: PrintedDocument): Paragraph[] {
  const heading = new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { after: 80 },
    children: [new TextRun({ text: title, bold: true, size: sizes.title })],
  });
  if (cover === undefined) {
    const below = new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { after: 200 },
      children: [new TextRun({ text: subtitle, size: sizes.body })],
    });
    return [heading, below];
  }
  const mark = new Paragraph({
    spacing: { after: 120 },
    children: [new TextRun({ text: cover.mark, bold: true, size: sizes.body, font: headingFont })],
  });
  const line = new Paragraph({
    border: { bottom: rule },
    spacing: { before: 120, after: 240 },
    tabStops: [
      { type: TabStopType.CENTER, position: textWidth / 2 },
      { type: TabStopType.RIGHT, position: textWidth },
    ],
    children: [new TextRun({ text: `${cover.issuer}\t${cover.number}\t${cover.date}`, size: sizes.body })],
  });
  return [...(cover.mark === '' ? [] : [mark]), heading, line];
}

function writeSection(document: PrintedDocument, pictures: DocxPictures) {
  const { blocks, footer, header, stamp } = document;
  const running =
    header === undefined && stamp === undefined ? {} : { headers: { default: writeHeader(document) } };
  return {
    properties: { page: { size: page, margin } },
    footers: { default: writeFooter(footer) },
    ...running,
    children: [...writeHead(document), ...blocks.flatMap((block) => writeBlock(block, pictures))],
  };
}

/** A copy, but for charts: pictures are found by them. */
function clean<T>(value: T): T {
  if (typeof value === 'string') return withoutUnwritable(value) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => clean(one)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, name === 'chart' ? one : clean(one as unknown)]),
  ) as T;
}

/** A section each, on a new sheet. @param pictures of charts; those that have none stand as tables */
export async function writeDocx(
  documents: readonly PrintedDocument[],
  pictures: DocxPictures = new Map(),
): Promise<Uint8Array> {
  const file = new Document({
    styles: { default: { document: { run: { font: fonts, size: sizes.body } } } },
    title: documents[0]?.title ?? '',
    creator: 'Guanlan 观澜',
    sections: documents.map((one) => writeSection(clean(one), pictures)),
  });
  return new Uint8Array(await Packer.toBuffer(file));
}
