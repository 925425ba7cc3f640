import { leafMark, type Trees } from '../../pipeline/checks/spelling/trees.ts';

/** Rows of evidence one after the other, and which of them are right. */
export interface Samples {
  width: number;
  values: Float32Array;
  labels: Uint8Array;
  weights: Float32Array;
}

export interface BoostOptions {
  trees: number;
  depth: number;
  rate: number;
  /** Sum of weights of the second kind that a leaf must have. */
  leastLeaf: number;
  /** What holds leaf values small. */
  ridge: number;
  /** Part of the samples that each tree is grown from. */
  share: number;
  chance: () => number;
}

const bins = 64;

interface Binned {
  /** By feature, then by sample. */
  codes: Uint8Array[];
  limits: Float32Array[];
}

/** Values in at most `bins` classes of about the same size. */
function binValues({ width, values, labels }: Samples): Binned {
  const count = labels.length;
  const codes: Uint8Array[] = [];
  const limits: Float32Array[] = [];
  for (let feature = 0; feature < width; feature += 1) {
    const column = new Float32Array(count);
    for (let i = 0; i < count; i += 1) column[i] = values[i * width + feature] as number;
    const sorted = column.toSorted();
    const cuts: number[] = [];
    for (let k = 1; k < bins; k += 1) {
      const cut = sorted[Math.floor((k / bins) * count)] as number;
      if (cut > (cuts.at(-1) ?? (sorted[0] as number))) cuts.push(cut);
    }
    const code = new Uint8Array(count);
    for (let i = 0; i < count; i += 1) {
      let low = 0;
      let high = cuts.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((column[i] as number) < (cuts[middle] as number)) high = middle;
        else low = middle + 1;
      }
      code[i] = low;
    }
    codes.push(code);
    limits.push(Float32Array.from(cuts));
  }
  return { codes, limits };
}

interface Split {
  feature: number;
  bin: number;
  worth: number;
}

interface Leaf {
  node: number;
  members: Int32Array;
}

class Grower {
  readonly asks: number[] = [];
  readonly limits: number[] = [];
  readonly lefts: number[] = [];
  readonly roots: number[] = [];
  readonly #bins: number[] = [];
  readonly #binned: Binned;
  readonly #options: BoostOptions;
  readonly #firsts: Float64Array;
  readonly #seconds: Float64Array;

  constructor(binned: Binned, options: BoostOptions, count: number) {
    this.#binned = binned;
    this.#options = options;
    this.#firsts = new Float64Array(count);
    this.#seconds = new Float64Array(count);
  }

  #findSplit(members: Int32Array): Split | null {
    const { ridge, leastLeaf } = this.#options;
    let [allFirst, allSecond] = [0, 0];
    for (const i of members) {
      allFirst += this.#firsts[i] as number;
      allSecond += this.#seconds[i] as number;
    }
    let best: Split | null = null;
    const base = allFirst ** 2 / (allSecond + ridge);
    const first = new Float64Array(bins);
    const second = new Float64Array(bins);
    this.#binned.codes.forEach((codes, feature) => {
      first.fill(0);
      second.fill(0);
      for (const i of members) {
        const code = codes[i] as number;
        first[code] = (first[code] as number) + (this.#firsts[i] as number);
        second[code] = (second[code] as number) + (this.#seconds[i] as number);
      }
      let [leftFirst, leftSecond] = [0, 0];
      const cuts = (this.#binned.limits[feature] as Float32Array).length;
      for (let bin = 0; bin < cuts; bin += 1) {
        leftFirst += first[bin] as number;
        leftSecond += second[bin] as number;
        const rightSecond = allSecond - leftSecond;
        if (leftSecond < leastLeaf || rightSecond < leastLeaf) continue;
        const worth =
          leftFirst ** 2 / (leftSecond + ridge) + (allFirst - leftFirst) ** 2 / (rightSecond + ridge) - base;
        if (worth > (best?.worth ?? 1e-6)) best = { feature, bin, worth };
      }
    });
    return best;
  }

  #addNode(): number {
    this.limits.push(0);
    this.lefts.push(0);
    return this.asks.push(leafMark) - 1;
  }

  /** One tree against what the ones before it got wrong; the scores move along. */
  grow(scores: Float64Array, { labels, weights }: Samples): void {
    const { depth, share, chance } = this.#options;
    const drawn: number[] = [];
    for (let i = 0; i < labels.length; i += 1) {
      if (chance() >= share) continue;
      const likely = 1 / (1 + Math.exp(-(scores[i] as number)));
      this.#firsts[i] = (weights[i] as number) * ((labels[i] as number) - likely);
      this.#seconds[i] = (weights[i] as number) * likely * (1 - likely);
      drawn.push(i);
    }
    const root = this.#addNode();
    this.roots.push(root);
    let leaves: Leaf[] = [{ node: root, members: Int32Array.from(drawn) }];
    for (let level = 0; level <= depth; level += 1) {
      const next: Leaf[] = [];
      for (const leaf of leaves) {
        const split = level === depth ? null : this.#findSplit(leaf.members);
        if (split === null) this.#close(leaf);
        else next.push(...this.#split(leaf, split));
      }
      leaves = next;
    }
    for (let i = 0; i < labels.length; i += 1) scores[i] = (scores[i] as number) + this.#answer(root, i);
  }

  #answer(root: number, sample: number): number {
    let node = root;
    while (this.asks[node] !== leafMark) {
      const code = (this.#binned.codes[this.asks[node] as number] as Uint8Array)[sample] as number;
      node = (this.lefts[node] as number) + (code <= (this.#bins[node] as number) ? 0 : 1);
    }
    return this.limits[node] as number;
  }

  #split({ node, members }: Leaf, { feature, bin }: Split): Leaf[] {
    const codes = this.#binned.codes[feature] as Uint8Array;
    this.asks[node] = feature;
    this.#bins[node] = bin;
    this.limits[node] = (this.#binned.limits[feature] as Float32Array)[bin] as number;
    const left = this.#addNode();
    const right = this.#addNode();
    this.lefts[node] = left;
    return [
      { node: left, members: members.filter((i) => (codes[i] as number) <= bin) },
      { node: right, members: members.filter((i) => (codes[i] as number) > bin) },
    ];
  }

  #close({ node, members }: Leaf): void {
    let [first, second] = [0, 0];
    for (const i of members) {
      first += this.#firsts[i] as number;
      second += this.#seconds[i] as number;
    }
    this.limits[node] = Math.fround((this.#options.rate * first) / (second + this.#options.ridge));
  }
}

/** Boosted trees for a yes or no. No chance in it: the same samples give the same trees. */
export function boost(samples: Samples, options: BoostOptions): Trees {
  const { labels, weights } = samples;
  let [yes, all] = [0, 0];
  for (let i = 0; i < labels.length; i += 1) {
    yes += (weights[i] as number) * (labels[i] as number);
    all += weights[i] as number;
  }
  const bias = Math.fround(Math.log(yes / (all - yes)));
  const grower = new Grower(binValues(samples), options, labels.length);
  const scores = new Float64Array(labels.length).fill(bias);
  for (let tree = 0; tree < options.trees; tree += 1) grower.grow(scores, samples);
  return {
    roots: Uint16Array.from(grower.roots),
    asks: Uint8Array.from(grower.asks),
    limits: Float32Array.from(grower.limits),
    lefts: Uint16Array.from(grower.lefts),
    bias,
  };
}
