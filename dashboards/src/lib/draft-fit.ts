import type { DraftDocument, DraftMark, DraftNode } from '../../../review-api/contract/draft-text.ts';

const inlines = new Set(['text', 'hardBreak', 'image']);
const textBlocks = new Set(['paragraph', 'heading']);
/** What these hold, and nothing else; in anything else they are no block. */
const parts: Record<string, readonly string[]> = {
  bulletList: ['listItem'],
  orderedList: ['listItem'],
  table: ['tableRow'],
  tableRow: ['tableCell', 'tableHeader'],
};
const isPart = new Set(Object.values(parts).flat());
/** What may not stand empty. */
const neverEmpty = new Set(['blockquote', 'listItem', 'tableCell', 'tableHeader']);

const paragraph = (content: DraftNode[] = []): DraftNode =>
  content.length === 0 ? { type: 'paragraph' } : { type: 'paragraph', content };

/** A text has each kind of mark once: of two styles both hold. */
function fitMarks(marks: readonly DraftMark[]): DraftMark[] {
  const kept = new Map<string, DraftMark>();
  for (const mark of marks) {
    const before = kept.get(mark.type);
    if (mark.type === 'textStyle' && before?.type === 'textStyle') {
      const styles = [before.attrs.style, mark.attrs.style].filter((one) => one !== null);
      kept.set(mark.type, { type: 'textStyle', attrs: { style: styles.join('; ').slice(0, 1000) || null } });
    } else kept.set(mark.type, mark);
  }
  return [...kept.values()];
}

function fitInline(node: DraftNode): DraftNode {
  const { marks } = node;
  if (marks === undefined) return node;
  const fitted = fitMarks(marks);
  return fitted.length === marks.length ? node : { ...node, marks: fitted };
}

/** Inline nodes that stand by themselves get a paragraph; the rest is fitted, and may become several blocks or none. */
function fitBlocks(nodes: readonly DraftNode[], inText: DraftNode | null = null): DraftNode[] {
  const blocks: DraftNode[] = [];
  let run: DraftNode[] = [];
  const endRun = () => {
    if (run.length > 0) blocks.push(inText === null ? paragraph(run) : { ...inText, content: run });
    run = [];
  };
  for (const node of nodes) {
    if (inlines.has(node.type)) {
      run.push(fitInline(node));
      continue;
    }
    endRun();
    blocks.push(...fitBlock(node));
  }
  endRun();
  return blocks;
}

function fitParts(node: DraftNode, wanted: readonly string[]): DraftNode[] {
  const [first = ''] = wanted;
  const content = (node.content ?? []).flatMap((child): DraftNode[] => {
    const own = wanted.includes(child.type) ? child : { type: first, content: [child] };
    return own.type === 'tableRow' ? fitParts(own, parts.tableRow ?? []) : [fillPart(own)];
  });
  return content.length === 0 ? [] : [{ ...node, content }];
}

function fillPart(node: DraftNode): DraftNode {
  const content = fitBlocks(node.content ?? []);
  return { ...node, content: content.length === 0 ? [paragraph()] : content };
}

function fitTextBlock(node: DraftNode): DraftNode[] {
  const content = node.content ?? [];
  if (content.some((child) => !inlines.has(child.type))) return fitBlocks(content, node);
  return content.length === 0 ? [node] : [{ ...node, content: content.map(fitInline) }];
}

function fitBlock(node: DraftNode): DraftNode[] {
  if (node.type === 'horizontalRule') return [node];
  if (textBlocks.has(node.type)) return fitTextBlock(node);
  if (isPart.has(node.type)) return fitBlocks(node.content ?? []);
  const wanted = parts[node.type];
  if (wanted !== undefined) return fitParts(node, wanted);
  const content = fitBlocks(node.content ?? []);
  if (content.length === 0 && neverEmpty.has(node.type)) return [{ ...node, content: [paragraph()] }];
  return node.content === undefined && content.length === 0 ? [node] : [{ ...node, content }];
}

/**
 * The document in the form that the editor holds: an editor drops in silence what stands where it expects something else. What
 * stands right stays as it is, and no text or picture is ever left out.
 */
export function fitDocument(document: DraftDocument): DraftDocument {
  const content = fitBlocks(document.content);
  return { type: 'doc', content: content.length === 0 ? [paragraph()] : content };
}
