const initials = /^(?:zh|ch|sh|[bpmfdtnlgkhjqxzcsryw])/;
const initialKin = [
  ['zh', 'z'],
  ['ch', 'c'],
  ['sh', 's'],
  ['n', 'l', 'r'],
  ['f', 'h'],
];
const nearInitials = [
  ['b', 'p'],
  ['d', 't'],
  ['g', 'k', 'h'],
  ['j', 'q', 'x', 'zh', 'z', 'ch', 'c'],
  ['z', 'c', 's'],
  ['zh', 'ch', 'sh', 'r'],
  ['m', 'n'],
];

function takeApart(syllable: string): { initial: string; final: string } {
  const initial = initials.exec(syllable)?.[0] ?? '';
  return { initial, final: syllable.slice(initial.length) };
}

/** What sounds the same to many: zh and z, n and l, ang and an. */
function foldSyllable(syllable: string): string {
  const { initial, final } = takeApart(syllable);
  const kin = initialKin.find((group) => group.includes(initial));
  return (kin?.[0] ?? initial) + final.replace(/(?<=[aei])ng$/, 'n').replace(/^v/, 'u');
}

function isOneEdit(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at += 1;
  const [restA, restB] = [a.slice(at), b.slice(at)];
  return restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1);
}

function areNear(a: string, b: string): boolean {
  const x = takeApart(a);
  const y = takeApart(b);
  if (x.final === y.final)
    return nearInitials.some((group) => group.includes(x.initial) && group.includes(y.initial));
  return x.initial === y.initial && isOneEdit(x.final, y.final);
}

/** Characters with their readings (`hang2`), and pairs of one shape with how much they look alike (1–100). */
export interface LikenessData {
  readings: Readonly<Record<string, readonly string[]>>;
  shapes: ReadonlyMap<string, number>;
}

const firstUnit = 0x4e00;
const rowUnits = 0x5200;
/** So many rows are kept at once: 10 MB. */
const mostRows = 500;
const noRow = new Uint8Array(rowUnits);

export class Likeness {
  readonly #byBase: number[][] = [];
  readonly #byShape = new Map<number, { unit: number; score: number }[]>();
  readonly #paired = new Map<number, number[]>();
  readonly #rows = new Map<number, Uint8Array>();
  readonly #readings = new Map<number, { base: number; tone: string; fold: number }[]>();
  readonly #bases: string[] = [];
  readonly #folds: string[] = [];
  readonly #kin: Uint8Array;

  /** @param pairs wrong and right characters that are like each other because people have taken them so */
  constructor({ readings, shapes }: LikenessData, pairs: Iterable<string>) {
    const bases = new Map<string, number>();
    const folds = new Map<string, number>();
    const numberOf = (known: Map<string, number>, text: string): number => {
      const number = known.get(text) ?? known.size;
      known.set(text, number);
      return number;
    };
    for (const [character, list] of Object.entries(readings)) {
      this.#readings.set(
        character.charCodeAt(0),
        list.map((reading) => {
          const base = reading.replace(/\d$/, '');
          return {
            base: numberOf(bases, base),
            tone: reading.slice(-1),
            fold: numberOf(folds, foldSyllable(base)),
          };
        }),
      );
    }
    this.#bases.push(...bases.keys());
    this.#folds.push(...folds.keys());
    this.#kin = this.#relate();
    for (const [unit, list] of this.#readings) {
      for (const { base } of list) {
        const same = this.#byBase[base] ?? [];
        this.#byBase[base] = same;
        same.push(unit);
      }
    }
    for (const pair of pairs) this.#addPair(pair);
    for (const [pair, score] of shapes) {
      this.#addShape(pair.charCodeAt(0), pair.charCodeAt(1), score);
      this.#addShape(pair.charCodeAt(1), pair.charCodeAt(0), score);
    }
  }

  #addPair(pair: string): void {
    const list = this.#paired.get(pair.charCodeAt(0)) ?? [];
    this.#paired.set(pair.charCodeAt(0), list);
    list.push(pair.charCodeAt(1));
  }

  #addShape(of: number, unit: number, score: number): void {
    const list = this.#byShape.get(of) ?? [];
    this.#byShape.set(of, list);
    list.push({ unit, score });
  }

  #fillRow(of: number): Uint8Array {
    const row = new Uint8Array(rowUnits);
    for (const { base } of this.#readings.get(of) ?? []) {
      this.#byBase.forEach((units, other) => {
        if (this.#kin[base * this.#bases.length + other] === 0) return;
        for (const unit of units) row[unit - firstUnit] = 1;
      });
    }
    for (const { unit } of this.#byShape.get(of) ?? []) row[unit - firstUnit] = 1;
    for (const unit of this.#paired.get(of) ?? []) row[unit - firstUnit] = 1;
    return row;
  }

  /** By unit - 0x4E00: 1 where it sounds or looks like this one. */
  rowOf(unit: number): Uint8Array {
    if (unit < firstUnit || unit >= firstUnit + rowUnits) return noRow;
    let row = this.#rows.get(unit);
    if (row === undefined) {
      if (this.#rows.size >= mostRows) this.#rows.clear();
      row = this.#fillRow(unit);
      this.#rows.set(unit, row);
    }
    return row;
  }

  #relate(): Uint8Array {
    const count = this.#bases.length;
    const kin = new Uint8Array(count * count);
    this.#bases.forEach((a, i) => {
      this.#bases.forEach((b, k) => {
        if (i === k) kin[i * count + k] = 2;
        else if (foldSyllable(a) === foldSyllable(b)) kin[i * count + k] = 3;
        else if (areNear(a, b)) kin[i * count + k] = 4;
      });
    });
    return kin;
  }

  /** How alike they sound: 1 (the same tone) to 4 (near); 0 for not at all. */
  sound(a: number, b: number): number {
    const ofA = this.#readings.get(a);
    const ofB = this.#readings.get(b);
    if (ofA === undefined || ofB === undefined) return 0;
    let best = 9;
    for (const x of ofA) {
      for (const y of ofB) {
        const kin = this.#kin[x.base * this.#bases.length + y.base] as number;
        if (kin === 0) continue;
        best = Math.min(best, kin === 2 && x.tone === y.tone ? 1 : kin);
      }
    }
    return best === 9 ? 0 : best;
  }

  /** 0–100. */
  shape(a: number, b: number): number {
    return this.#byShape.get(a)?.find(({ unit }) => unit === b)?.score ?? 0;
  }

  /** A number for the sound of a text by the first reading of each character, blurred; 0 when one has none. */
  soundOf(text: string, from: number, to: number): number {
    let hash = 0x7f4a7c15;
    for (let i = from; i < to; i += 1) {
      const reading = this.#readings.get(text.charCodeAt(i))?.[0];
      if (reading === undefined) return 0;
      hash = Math.imul(hash ^ (reading.fold + 1), 0x01000193);
    }
    return ((hash ^ (hash >>> 15)) >>> 0) | 1;
  }
}
