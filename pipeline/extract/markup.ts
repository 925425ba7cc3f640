import { Parser } from 'htmlparser2';
import { decodeBytes } from './decode-bytes.ts';
import type { ExtractJob, ReadFile } from './extraction.ts';

const silent = new Set(['script', 'style', 'head', 'noscript', 'template']);
const cells = new Set(['td', 'th']);
const lines = new Set([
  'p',
  'div',
  'br',
  'li',
  'tr',
  'table',
  'section',
  'article',
  'blockquote',
  'pre',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'dt',
  'dd',
  'caption',
  'hr',
]);

/** An HTML file, or a table that was saved under the name of a spreadsheet. */
export function readHtml({ bytes, limits }: ExtractJob): ReadFile {
  let text = '';
  let silence = 0;
  const parser = new Parser(
    {
      onopentag(name) {
        if (silent.has(name)) silence += 1;
        else if (lines.has(name) && text !== '' && !text.endsWith('\n')) text += '\n';
      },
      ontext(piece) {
        if (silence > 0 || text.length > limits.maxTextLength) return;
        const flat = piece.replace(/\s+/g, ' ');
        text += /\s$/.test(text) ? flat.trimStart() : flat;
      },
      onclosetag(name) {
        if (silent.has(name)) silence -= 1;
        else if (cells.has(name)) text += '\t';
        else if (lines.has(name) && !text.endsWith('\n')) text = `${text.trimEnd()}\n`;
      },
    },
    { decodeEntities: true },
  );
  const { text: html } = decodeBytes(bytes);
  parser.write(html);
  parser.end();
  return { kind: 'html', parts: [{ name: '', hidden: false, text }], notes: [], unread: [] };
}
