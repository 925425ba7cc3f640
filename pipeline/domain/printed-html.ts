import { type Chart, describeFigures, tabulateChart } from './chart.ts';
import { escapeHtml } from './escape-html.ts';
import {
  mostRowsOfOnePage,
  type PrintedBlock,
  type PrintedCell,
  type PrintedDocument,
  type PrintedFigure,
  type PrintedPart,
  type PrintedRow,
  tableOfRows,
} from './printed-document.ts';
import { printedStyle } from './printed-style.ts';

interface Looks {
  /** Charts as SVG that is complete in itself; those that have none stand as tables. */
  drawn?: ReadonlyMap<Chart, string>;
  /** To be printed as it is: nothing waits to be opened. */
  isPaper?: boolean;
}

/** Only into the application or within the page: a link is made by us, and still it is looked at. */
const isOwnLink = (href: string): boolean => /^(?:https?:\/\/[^\s"<>]+\/)?#[\w/?=.&%:-]+$/.test(href);

function writeSourced({ text, href, mark }: { text: string; href?: string; mark?: string }): string {
  const sign = mark === undefined ? '' : `<sup>${escapeHtml(mark)}</sup>`;
  const words = escapeHtml(text);
  if (href === undefined || !isOwnLink(href)) return `${words}${sign}`;
  return `<a href="${escapeHtml(href)}">${words}</a>${sign}`;
}

const writePart = ({ anchor, ...part }: PrintedPart): string =>
  `<span${anchor === undefined ? '' : ` id="${escapeHtml(anchor)}"`}>${writeSourced(part)}</span>`;

function writeCell(cell: PrintedCell): string {
  const { isLabel, span, isNumber, anchor, parts = [] } = cell;
  const tag = isLabel === true ? 'th' : 'td';
  const wide = span === undefined || span === 1 ? '' : ` colspan="${span}"`;
  const right = isNumber === true ? ' class="number"' : '';
  const id = anchor === undefined ? '' : ` id="${escapeHtml(anchor)}"`;
  return `<${tag}${wide}${right}${id}>${writeSourced(cell)}${parts.map(writePart).join('；')}</${tag}>`;
}

const writeRow = ({ cells, isKept }: PrintedRow): string =>
  `<tr${isKept === true ? ' class="kept"' : ''}>${cells.map(writeCell).join('')}</tr>`;

function writeTable({ widths, rows, isSmall, isKept }: Extract<PrintedBlock, { kind: 'table' }>): string {
  const columns = widths.map((width) => `<col style="width:${width}%">`).join('');
  const head = rows.filter(({ isHead }) => isHead).map(writeRow);
  const body = rows.filter(({ isHead }) => isHead !== true).map(writeRow);
  const thead = head.length === 0 ? '' : `<thead>${head.join('')}</thead>`;
  const names = { small: isSmall, kept: isKept, whole: rows.length <= mostRowsOfOnePage };
  const looks = Object.entries(names)
    .flatMap(([name, isSo]) => (isSo === true ? [name] : []))
    .join(' ');
  return `<table${looks === '' ? '' : ` class="${looks}"`}><colgroup>${columns}</colgroup>${thead}<tbody>${body.join('\n')}</tbody></table>`;
}

function writeParagraph({
  text,
  small,
  isWarning,
  isProse,
}: Extract<PrintedBlock, { kind: 'paragraph' }>): string {
  const looks = [small ? 'small' : '', isWarning ? 'warning' : '', isProse ? 'prose' : ''].filter(Boolean);
  const plain = looks.length === 0 ? '' : ` class="${looks.join(' ')}"`;
  if (isProse !== true) return `<p${plain}>${escapeHtml(text)}</p>`;
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => `<p${plain}>${escapeHtml(line)}</p>`)
    .join('\n');
}

const writeFigure = (one: PrintedFigure): string =>
  `<li><b>${writeSourced(one)}</b><span>${escapeHtml(one.label)}</span></li>`;

function writeChart(chart: Chart, { drawn }: Looks): string {
  const svg = drawn?.get(chart);
  const picture = svg ?? writeTable(tableOfRows(tabulateChart(chart)));
  const words = svg === undefined ? '' : `<p class="small">${escapeHtml(describeFigures(chart))}</p>`;
  const caption = `<figcaption>${escapeHtml(chart.title)}</figcaption>`;
  return `<figure><div class="wide">${picture}</div>${caption}${words}</figure>`;
}

function writeBlock(block: PrintedBlock, looks: Looks): string {
  switch (block.kind) {
    case 'heading':
      return block.isMinor ? `<h3>${escapeHtml(block.text)}</h3>` : `<h2>${escapeHtml(block.text)}</h2>`;
    case 'paragraph':
      return writeParagraph(block);
    case 'table':
      return writeTable(block);
    case 'figures':
      return `<ul class="figures">${block.items.map(writeFigure).join('')}</ul>`;
    case 'chart':
      return writeChart(block.chart, looks);
    case 'annex':
      return `<details${looks.isPaper === true ? ' open' : ''}><summary>${escapeHtml(block.title)}</summary>
<div class="annex">${block.blocks.map((one) => writeBlock(one, looks)).join('\n')}</div></details>`;
  }
}

function writeHead({ title, subtitle, cover }: PrintedDocument): string {
  const heading = `<h1>${escapeHtml(title)}</h1>`;
  if (cover === undefined) return `${heading}<p class="subtitle">${escapeHtml(subtitle)}</p>`;
  const mark = cover.mark === '' ? '' : `<p class="mark">${escapeHtml(cover.mark)}</p>`;
  const line = [cover.issuer, cover.number, cover.date].map((part) => `<span>${escapeHtml(part)}</span>`);
  return `${mark}${heading}<p class="cover">${line.join('')}</p>`;
}

/** Pure: one page with its own style and nothing from elsewhere. Several documents begin a new sheet each. */
export function writePrintedHtml(documents: readonly PrintedDocument[], looks: Looks = {}): string {
  const parts = documents.map((one, index) => {
    const sheet = index === 0 ? '' : ' style="break-before:page"';
    const stamp = one.stamp === undefined ? '' : `<div class="stamp">${escapeHtml(one.stamp)}</div>`;
    const header = one.header === undefined ? '' : `<p class="running">${escapeHtml(one.header)}</p>`;
    return `<article${sheet}>${stamp}${header}${writeHead(one)}
${one.blocks.map((block) => writeBlock(block, looks)).join('\n')}
<footer>${escapeHtml(one.footer)}</footer></article>`;
  });
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(documents[0]?.title ?? '')}</title>
<style>${printedStyle}</style></head><body>
${parts.join('\n')}
</body></html>`;
}
