import { isHan, isLatin } from './han.ts';

/** By offset: 1 where a word begins or ends. */
export type WordEdges = Uint8Array;

/** @param length of the text that the words join to */
export function edgesOf(words: readonly string[], length: number): WordEdges {
  const edges = new Uint8Array(length + 1);
  let at = 0;
  edges[0] = 1;
  for (const word of words) {
    at += word.length;
    edges[at] = 1;
  }
  return edges;
}

/** Does a boundary here cut a word in two? A run of letters and digits is cut only between letters: `vx123` is vx and a number. */
export function cutsWordAt(edges: WordEdges, text: string, at: number): boolean {
  if (edges[at] === 1) return false;
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  return (isHan(before) && isHan(after)) || (isLatin(before) && isLatin(after));
}
