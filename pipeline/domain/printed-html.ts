import { escapeHtml } from './escape-html.ts';
import type { PrintedBlock, PrintedDocument, PrintedRow } from './printed-document.ts';

const style = `@page{size:A4;margin:20mm 18mm 22mm}
body{font:10.5pt/1.55 "Noto Serif CJK SC","Source Han Serif SC",SimSun,serif;color:#000;margin:0 auto;max-width:180mm}
h1{font-size:18pt;text-align:center;margin:0 0 2mm;font-weight:700}
.subtitle{text-align:center;margin:0 0 5mm}
h2{font-size:12pt;margin:6mm 0 2mm;break-after:avoid}
p{margin:0 0 2mm;white-space:pre-wrap;overflow-wrap:anywhere}
.small{font-size:9pt}
table{width:100%;border-collapse:collapse;table-layout:fixed;margin:0 0 3mm}
th,td{border:.6pt solid #000;padding:1.2mm 1.8mm;text-align:left;vertical-align:top;font-weight:400;white-space:pre-wrap;overflow-wrap:anywhere}
th{background:#f2f2f2}
thead{display:table-header-group}
tr{break-inside:avoid}
footer{margin-top:6mm;font-size:9pt;text-align:center}
@media print{footer{display:none}}`;

function writeRow({ cells }: PrintedRow): string {
  const written = cells.map(({ text, isLabel, span }) => {
    const tag = isLabel === true ? 'th' : 'td';
    const wide = span === undefined || span === 1 ? '' : ` colspan="${span}"`;
    return `<${tag}${wide}>${escapeHtml(text)}</${tag}>`;
  });
  return `<tr>${written.join('')}</tr>`;
}

function writeBlock(block: PrintedBlock): string {
  if (block.kind === 'heading') return `<h2>${escapeHtml(block.text)}</h2>`;
  if (block.kind === 'paragraph')
    return `<p${block.small === true ? ' class="small"' : ''}>${escapeHtml(block.text)}</p>`;
  const columns = block.widths.map((width) => `<col style="width:${width}%">`).join('');
  const head = block.rows.filter(({ isHead }) => isHead).map(writeRow);
  const body = block.rows.filter(({ isHead }) => isHead !== true).map(writeRow);
  const thead = head.length === 0 ? '' : `<thead>${head.join('')}</thead>`;
  return `<table><colgroup>${columns}</colgroup>${thead}<tbody>${body.join('\n')}</tbody></table>`;
}

/** Pure: one page with its own style and nothing from elsewhere. Several documents begin a new sheet each. */
export function writePrintedHtml(documents: readonly PrintedDocument[]): string {
  const parts = documents.map(({ title, subtitle, blocks, footer }, index) => {
    const sheet = index === 0 ? '' : ' style="break-before:page"';
    return `<article${sheet}><h1>${escapeHtml(title)}</h1><p class="subtitle">${escapeHtml(subtitle)}</p>
${blocks.map(writeBlock).join('\n')}
<footer>${escapeHtml(footer)}</footer></article>`;
  });
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${escapeHtml(documents[0]?.title ?? '')}</title>
<style>${style}</style></head><body>
${parts.join('\n')}
</body></html>`;
}
