import type { DraftDocument, DraftNode } from './draft-document.ts';

function replaceIn(nodes: readonly DraftNode[], hashOf: (hash: string) => string | null): DraftNode[] {
  return nodes.flatMap((node): DraftNode[] => {
    if (node.type === 'image') {
      const hash = hashOf(String(node.attrs?.hash));
      return hash === null ? [] : [{ ...node, attrs: { ...node.attrs, hash } }];
    }
    if (node.content === undefined) return [node];
    const content = replaceIn(node.content, hashOf);
    const { content: _, ...rest } = node;
    return [content.length === 0 ? rest : { ...node, content }];
  });
}

/**
 * Placeholders of pictures become the hashes of their bytes.
 * @param found by placeholder; null for one that could not be had, which goes from the text. What is not in there stays as it is.
 */
export function replaceImages(
  document: DraftDocument,
  found: ReadonlyMap<string, string | null>,
): DraftDocument {
  const hashOf = (hash: string) => {
    const replaced = found.get(hash);
    return replaced === undefined ? hash : replaced;
  };
  return { ...document, content: replaceIn(document.content, hashOf) };
}
