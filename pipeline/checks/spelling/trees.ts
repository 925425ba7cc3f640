/** Trees side by side in flat arrays. A node asks one question; below `limit` goes left, the rest goes right. */
export interface Trees {
  /** First node of each tree. */
  roots: Uint16Array;
  /** By node: which number is asked; 255 for a leaf. */
  asks: Uint8Array;
  /** By node: the limit, or the value of a leaf. */
  limits: Float32Array;
  /** By node: the left child; the right one follows it. */
  lefts: Uint16Array;
  bias: number;
}

export const leafMark = 255;

/** Log-odds. */
export function askTrees({ roots, asks, limits, lefts, bias }: Trees, evidence: Float32Array): number {
  let sum = bias;
  for (const root of roots) {
    let node = root;
    while (asks[node] !== leafMark)
      node =
        (lefts[node] as number) +
        ((evidence[asks[node] as number] as number) < (limits[node] as number) ? 0 : 1);
    sum += limits[node] as number;
  }
  return sum;
}
