import type { DraftDocument, DraftNode } from '../domain/draft-document.ts';

/** A title may stand on so many lines. */
const mostLines = 3;
const longest = 120;

function textIn(node: DraftNode): string {
  return (node.text ?? (node.type === 'hardBreak' ? ' ' : '')) + (node.content ?? []).map(textIn).join('');
}

const isBlank = (node: DraftNode) => textIn(node).trim() === '' && !JSON.stringify(node).includes('"image"');

function isTitle(node: DraftNode): boolean {
  const text = textIn(node).trim();
  if (text === '' || text.length > longest || /[。；：，]$/.test(text)) return false;
  if (node.type === 'heading') return Number(node.attrs?.level) === 1 || node.attrs?.textAlign === 'center';
  return node.type === 'paragraph' && node.attrs?.textAlign === 'center';
}

/** What makes lines lines of one title: they look alike. */
const look = ({ type, attrs, content }: DraftNode) => JSON.stringify([type, attrs, content?.[0]?.marks]);

/**
 * The title that a text begins with, and the text without it; null where it begins otherwise. Several lines that look alike are one.
 */
export function guessTitle(document: DraftDocument): { title: string; rest: DraftDocument } | null {
  const start = document.content.findIndex((node) => !isBlank(node));
  const first = document.content[start];
  if (first === undefined || !isTitle(first)) return null;
  const lines = [first];
  for (const node of document.content.slice(start + 1, start + mostLines)) {
    if (!isTitle(node) || look(node) !== look(first)) break;
    lines.push(node);
  }
  const title = lines.map((node) => textIn(node).trim().replace(/\s+/g, ' ')).join('');
  const rest = document.content.slice(start + lines.length);
  const from = rest.findIndex((node) => !isBlank(node));
  if (title.length > 200 || from < 0) return null;
  return { title, rest: { type: 'doc', content: rest.slice(from) } };
}
