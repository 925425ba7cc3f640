/** FNV-1a over UTF-16 units. */
export function hashUnits(text: string, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let i = from; i < to; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** The same with the unit at `gap` left open. */
function hashWithGap(text: string, { from, to, gap }: { from: number; to: number; gap: number }): number {
  let hash = 0x1e3779b9 ^ ((gap - from) << 8) ^ (to - from);
  for (let i = from; i < to; i += 1) if (i !== gap) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** Lists of words by a hash, in flat arrays, each with one unit. Different keys may share a list: the reader looks again. */
class Buckets {
  readonly heads: Int32Array;
  readonly members: Int32Array;
  readonly units: Uint16Array;
  readonly #mask: number;

  constructor(entries: { keys: readonly number[]; members: readonly number[]; units: readonly number[] }) {
    const { keys, members, units } = entries;
    const size = 2 ** Math.ceil(Math.log2(Math.max(2, keys.length)));
    this.#mask = size - 1;
    this.heads = new Int32Array(size + 1);
    this.members = new Int32Array(keys.length);
    this.units = new Uint16Array(keys.length);
    for (const key of keys) this.heads[this.of(key) + 1] = (this.heads[this.of(key) + 1] as number) + 1;
    for (let i = 0; i < size; i += 1)
      this.heads[i + 1] = (this.heads[i + 1] as number) + (this.heads[i] as number);
    const next = this.heads.slice(0, size);
    keys.forEach((key, i) => {
      const at = next[this.of(key)] as number;
      this.members[at] = members[i] as number;
      this.units[at] = units[i] as number;
      next[this.of(key)] = at + 1;
    });
  }

  of(key: number): number {
    return key & this.#mask;
  }
}

/** The words that are known, by their units, by their units with one left open, and by their sound. */
export class WordTable {
  readonly words: readonly string[];
  readonly longest: number;
  readonly #slots: Int32Array;
  readonly #mask: number;
  readonly #open: Buckets;
  readonly #sounds: Buckets;

  /**
   * @param isName by word: 1 for names of persons, which are read and never meant
   * @param soundOf a number for how the units sound, 0 when that is not known
   */
  constructor(
    { words, isName }: { words: readonly string[]; isName: Uint8Array },
    soundOf: (text: string, from: number, to: number) => number,
  ) {
    this.words = words;
    this.longest = words.reduce((longest, { length }) => Math.max(longest, length), 0);
    const size = 2 ** Math.ceil(Math.log2(Math.max(2, words.length * 2)));
    this.#mask = size - 1;
    this.#slots = new Int32Array(size).fill(-1);
    words.forEach((word, id) => {
      let slot = hashUnits(word, 0, word.length) & this.#mask;
      while (this.#slots[slot] !== -1) slot = (slot + 1) & this.#mask;
      this.#slots[slot] = id;
    });
    const open = { keys: [] as number[], members: [] as number[], units: [] as number[] };
    const sounds = { keys: [] as number[], members: [] as number[], units: [] as number[] };
    words.forEach((word, id) => {
      if (word.length < 2 || isName[id] === 1) return;
      for (let gap = 0; gap < word.length; gap += 1) {
        open.keys.push(hashWithGap(word, { from: 0, to: word.length, gap }));
        open.members.push(id);
        open.units.push(word.charCodeAt(gap));
      }
      const sound = soundOf(word, 0, word.length);
      if (sound === 0) return;
      sounds.keys.push(sound);
      sounds.members.push(id);
      sounds.units.push(0);
    });
    this.#open = new Buckets(open);
    this.#sounds = new Buckets(sounds);
  }

  /** The number of `text.slice(from, to)`, or -1. */
  find(text: string, from: number, to: number): number {
    const { words } = this;
    for (let slot = hashUnits(text, from, to) & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const id = this.#slots[slot] as number;
      if (id === -1) return -1;
      const word = words[id] as string;
      if (word.length === to - from && text.startsWith(word, from)) return id;
    }
  }

  /**
   * Words that differ from `text.slice(from, to)` at `gap` alone.
   * @param like by unit - 0x4E00: 1 for those that may stand there; null for any
   */
  eachExcept(
    text: string,
    place: { from: number; to: number; gap: number; like: Uint8Array | null },
    onWord: (word: number) => void,
  ): void {
    const { from, to, gap, like } = place;
    const { heads, members, units } = this.#open;
    const bucket = this.#open.of(hashWithGap(text, place));
    const written = text.charCodeAt(gap);
    for (let i = heads[bucket] as number; i < (heads[bucket + 1] as number); i += 1) {
      const unit = units[i] as number;
      if (unit === written || (like !== null && like[unit - 0x4e00] !== 1)) continue;
      const word = this.words[members[i] as number] as string;
      if (word.length === to - from && isSameExcept(word, text, place)) onWord(members[i] as number);
    }
  }

  /** Words of this sound; others may be among them. */
  soundingLike(sound: number): Int32Array {
    const { heads, members } = this.#sounds;
    const bucket = this.#sounds.of(sound);
    return members.subarray(heads[bucket], heads[bucket + 1]);
  }
}

function isSameExcept(word: string, text: string, { from, gap }: { from: number; gap: number }): boolean {
  for (let i = 0; i < word.length; i += 1)
    if (from + i !== gap && word.charCodeAt(i) !== text.charCodeAt(from + i)) return false;
  return true;
}
