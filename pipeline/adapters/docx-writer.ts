import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { PrintedBlock, PrintedDocument, PrintedRow } from '../domain/printed-document.ts';

const fonts = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '宋体', cs: 'Times New Roman' };
/** A4 with margins of 18 mm at the sides, in twentieths of a point. */
const page = { width: 11_906, height: 16_838 };
const margin = { top: 1134, bottom: 1247, left: 1021, right: 1021 };
const textWidth = page.width - margin.left - margin.right;
/** Half points. */
const sizes = { body: 21, small: 18, heading: 24, title: 36 };

function paragraphs(text: string, size: number): Paragraph[] {
  return text.split('\n').map((line) => new Paragraph({ children: [new TextRun({ text: line, size })] }));
}

function writeRow({ cells, isHead }: PrintedRow, widths: readonly number[]): TableRow {
  let column = 0;
  const written = cells.map(({ text, isLabel, span = 1 }) => {
    const share = widths.slice(column, column + span).reduce((sum, width) => sum + width, 0);
    column += span;
    return new TableCell({
      children: paragraphs(text, sizes.body),
      columnSpan: span,
      width: { size: Math.round((textWidth * share) / 100), type: WidthType.DXA },
      margins: { top: 60, bottom: 60, left: 100, right: 100 },
      ...(isLabel === true ? { shading: { type: ShadingType.CLEAR, fill: 'F2F2F2' } } : {}),
    });
  });
  return new TableRow({
    children: written,
    cantSplit: true,
    ...(isHead === true ? { tableHeader: true } : {}),
  });
}

const line = { style: BorderStyle.SINGLE, size: 4, color: '000000' };

function writeBlock(block: PrintedBlock): (Paragraph | Table)[] {
  if (block.kind === 'heading')
    return [
      new Paragraph({
        heading: HeadingLevel.HEADING_2,
        keepNext: true,
        spacing: { before: 240, after: 80 },
        children: [new TextRun({ text: block.text, bold: true, size: sizes.heading, color: '000000' })],
      }),
    ];
  if (block.kind === 'paragraph')
    return paragraphs(block.text, block.small === true ? sizes.small : sizes.body);
  const { widths, rows } = block;
  const table = new Table({
    layout: TableLayoutType.FIXED,
    width: { size: textWidth, type: WidthType.DXA },
    columnWidths: widths.map((share) => Math.round((textWidth * share) / 100)),
    borders: {
      top: line,
      bottom: line,
      left: line,
      right: line,
      insideHorizontal: line,
      insideVertical: line,
    },
    rows: rows.map((row) => writeRow(row, widths)),
  });
  return [table, new Paragraph({ spacing: { after: 60 }, children: [] })];
}

function writeSection({ title, subtitle, blocks, footer }: PrintedDocument) {
  const footing = new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [
      new TextRun({ text: `${footer}　第 `, size: sizes.small }),
      new TextRun({ children: [PageNumber.CURRENT], size: sizes.small }),
      new TextRun({ text: ' 页', size: sizes.small }),
    ],
  });
  return {
    properties: { page: { size: page, margin } },
    footers: { default: new Footer({ children: [footing] }) },
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        spacing: { after: 80 },
        children: [new TextRun({ text: title, bold: true, size: sizes.title })],
      }),
      new Paragraph({
        alignment: AlignmentType.CENTER,
        spacing: { after: 200 },
        children: [new TextRun({ text: subtitle, size: sizes.body })],
      }),
      ...blocks.flatMap(writeBlock),
    ],
  };
}

/** What XML cannot hold; a title that was pasted may have it. */
const unwritable = /(?![\n\t])\p{Cc}|[\ufffe\uffff]/gu;

function clean<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (_, inner) => (typeof inner === 'string' ? inner.replace(unwritable, '') : inner)),
  );
}

/** A section each, on a new sheet. */
export async function writeDocx(documents: readonly PrintedDocument[]): Promise<Uint8Array> {
  const file = new Document({
    styles: { default: { document: { run: { font: fonts, size: sizes.body } } } },
    title: documents[0]?.title ?? '',
    creator: 'Guanlan 观澜',
    sections: documents.map((one) => writeSection(clean(one))),
  });
  return new Uint8Array(await Packer.toBuffer(file));
}
