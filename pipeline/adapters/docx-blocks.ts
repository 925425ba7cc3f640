import {
  AlignmentType,
  BorderStyle,
  HeadingLevel,
  ImageRun,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';
import { type Chart, describeChart, describeFigures, tabulateChart } from '../domain/chart.ts';
import {
  mostRowsOfOnePage,
  type PrintedBlock,
  type PrintedCell,
  type PrintedFigure,
  type PrintedRow,
  tableOfRows,
} from '../domain/printed-document.ts';
import type { PaintedChart } from '../ports/chart-painter.ts';

/** A4 with margins of 18 mm at the sides, in twentieths of a point. */
export const page = { width: 11_906, height: 16_838 };
export const margin = { top: 1134, bottom: 1247, left: 1021, right: 1021, header: 567, footer: 567 };
const textWidth = page.width - margin.left - margin.right;
/** Half points. */
export const sizes = { body: 21, small: 18, smallest: 16, minor: 21, heading: 24, figure: 30, title: 36 };
export const headingFont = { ascii: 'Arial', hAnsi: 'Arial', eastAsia: '黑体', cs: 'Arial' };

/** What XML cannot hold; a title that was pasted may have it. */
const unwritable = /(?![\n\t])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu;
export const withoutUnwritable = (text: string): string => text.replace(unwritable, '');

/** Charts as pictures. */
export type DocxPictures = ReadonlyMap<Chart, PaintedChart>;
type Written = (Paragraph | Table)[];

function paragraphs(text: string, size: number): Paragraph[] {
  return text
    .split('\n')
    .map((line) => new Paragraph({ spacing: { after: 60 }, children: [new TextRun({ text: line, size })] }));
}

const sign = (mark: string | undefined, size: number) =>
  mark === undefined ? [] : [new TextRun({ text: mark, size, superScript: true })];

function writeCell(
  { text, isNumber, mark, parts = [] }: PrintedCell,
  size: number,
  keepNext: boolean,
): Paragraph[] {
  const lines = `${text}${parts.map((part) => part.text).join('；')}`.split('\n');
  return lines.map(
    (line, at) =>
      new Paragraph({
        keepNext,
        ...(isNumber === true ? { alignment: AlignmentType.RIGHT } : {}),
        children: [
          new TextRun({ text: line, size }),
          ...sign(at === lines.length - 1 ? mark : undefined, size),
        ],
      }),
  );
}

const padding = { top: 60, bottom: 60, left: 100, right: 100 };

function writeRow(
  { cells, isHead, isKept }: PrintedRow,
  widths: readonly number[],
  size = sizes.body,
): TableRow {
  let column = 0;
  const written = cells.map((cell) => {
    const { isLabel, span = 1 } = cell;
    const share = widths.slice(column, column + span).reduce((sum, width) => sum + width, 0);
    column += span;
    return new TableCell({
      children: writeCell(cell, size, isKept === true),
      columnSpan: span,
      verticalAlign: VerticalAlign.CENTER,
      width: { size: Math.round((textWidth * share) / 100), type: WidthType.DXA },
      margins: padding,
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
const borders = {
  ...{ top: line, bottom: line, left: line, right: line },
  ...{ insideHorizontal: line, insideVertical: line },
};
const afterTable = () => new Paragraph({ spacing: { after: 60 }, children: [] });

function writeTable({ widths, rows, isSmall }: Extract<PrintedBlock, { kind: 'table' }>): Written {
  const table = new Table({
    layout: TableLayoutType.FIXED,
    width: { size: textWidth, type: WidthType.DXA },
    columnWidths: widths.map((share) => Math.round((textWidth * share) / 100)),
    borders,
    rows: rows.map((row, at) => {
      const isKept = row.isKept === true || (rows.length <= mostRowsOfOnePage && at < rows.length - 1);
      return writeRow({ ...row, isKept }, widths, isSmall === true ? sizes.smallest : sizes.body);
    }),
  });
  return [table, afterTable()];
}

function writeHeading(
  { text, isMinor }: Extract<PrintedBlock, { kind: 'heading' }>,
  pageBreakBefore = false,
): Paragraph {
  const size = isMinor === true ? sizes.minor : sizes.heading;
  return new Paragraph({
    heading: isMinor === true ? HeadingLevel.HEADING_3 : HeadingLevel.HEADING_2,
    keepNext: true,
    pageBreakBefore,
    spacing: isMinor === true ? { before: 140, after: 60 } : { before: 240, after: 80 },
    children: [new TextRun({ text, bold: true, size, color: '000000', font: headingFont })],
  });
}

function writeParagraph(block: Extract<PrintedBlock, { kind: 'paragraph' }>): Paragraph[] {
  const size = block.small === true ? sizes.small : sizes.body;
  if (block.isWarning === true) {
    return block.text.split('\n').map(
      (text) =>
        new Paragraph({
          border: { top: line, bottom: line, right: line, left: { ...line, size: 24 } },
          spacing: { before: 60, after: 120 },
          indent: { left: 100, right: 100 },
          children: [new TextRun({ text, size })],
        }),
    );
  }
  if (block.isProse !== true) return paragraphs(block.text, size);
  const lines = block.text.split('\n').filter((text) => text.trim() !== '');
  return lines.map(
    (text) =>
      new Paragraph({
        alignment: AlignmentType.JUSTIFIED,
        indent: { firstLine: size * 20 },
        spacing: { after: 80, line: 340 },
        children: [new TextRun({ text, size })],
      }),
  );
}

const across = 4;

function writeFigure(figure: PrintedFigure | undefined, keepNext: boolean): TableCell {
  const centred = (children: TextRun[]) =>
    new Paragraph({ alignment: AlignmentType.CENTER, keepNext, children });
  const children =
    figure === undefined
      ? [new Paragraph({ children: [] })]
      : [
          centred([
            new TextRun({ text: figure.text, bold: true, size: sizes.figure }),
            ...sign(figure.mark, sizes.heading),
          ]),
          centred([new TextRun({ text: figure.label, size: sizes.small })]),
        ];
  return new TableCell({
    children,
    width: { size: Math.round(textWidth / across), type: WidthType.DXA },
    margins: padding,
  });
}

function writeFigures(items: readonly PrintedFigure[]): Written {
  if (items.length === 0) return [];
  const rows: TableRow[] = [];
  const width = Math.round(textWidth / across);
  for (let at = 0; at < items.length; at += across) {
    const left = Math.min(across, rows.length === 0 ? items.length : across);
    const cells = Array.from({ length: left }, (_, column) =>
      writeFigure(items[at + column], at + across < items.length),
    );
    rows.push(new TableRow({ cantSplit: true, children: cells }));
  }
  const table = new Table({
    layout: TableLayoutType.FIXED,
    width: { size: width * Math.min(across, items.length), type: WidthType.DXA },
    columnWidths: new Array<number>(Math.min(across, items.length)).fill(width),
    borders,
    rows,
  });
  return [table, afterTable()];
}

/** Pixels: as wide as the text. */
const pictureWidth = 650;

function writeChart(chart: Chart, pictures: DocxPictures): Written {
  const painted = pictures.get(chart);
  const title = withoutUnwritable(chart.title);
  const caption = new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { after: 160 },
    children: [new TextRun({ text: title, size: sizes.small, font: headingFont })],
  });
  if (painted === undefined || painted.png === null)
    return [
      ...writeTable(tableOfRows(tabulateChart(chart).map((row) => row.map(withoutUnwritable)))),
      caption,
    ];
  const words = withoutUnwritable(describeChart(chart));
  const image = new ImageRun({
    type: 'png',
    data: painted.png,
    transformation: {
      width: pictureWidth,
      height: Math.round((painted.height * pictureWidth) / painted.width),
    },
    altText: { name: title, title, description: words },
  });
  const below = withoutUnwritable(describeFigures(chart));
  const small = new TextRun({ text: below, size: sizes.small });
  return [
    new Paragraph({
      alignment: AlignmentType.CENTER,
      keepNext: true,
      spacing: { before: 80 },
      children: [image],
    }),
    caption,
    new Paragraph({ spacing: { after: 120 }, children: [small] }),
  ];
}

export function writeBlock(block: PrintedBlock, pictures: DocxPictures): Written {
  switch (block.kind) {
    case 'heading':
      return [writeHeading(block)];
    case 'paragraph':
      return writeParagraph(block);
    case 'table':
      return writeTable(block);
    case 'figures':
      return writeFigures(block.items);
    case 'chart':
      return writeChart(block.chart, pictures);
    case 'annex':
      return [
        writeHeading({ kind: 'heading', text: block.title }, true),
        ...block.blocks.flatMap((one) => writeBlock(one, pictures)),
      ];
  }
}
