/**
 * What must stand in a text for a pattern to match: every match holds one of the words. Null when nothing can be said.
 * Read from the pattern's text, generously: whatever isn't understood may match anything.
 */
export function requiredWords(pattern: string): readonly string[] | null {
  const reader = new PatternReader(pattern);
  const whole = reader.alternatives();
  const needed = whole === null || !reader.isAtEnd ? null : bestOf(whole);
  return needed === null || needed.length === 0 || needed.includes('') ? null : needed;
}

/**
 * The same, of every part that the pattern cannot do without (希望.{0,16}公布: 希望, and 公布 as well): a match holds a word of
 * each list. Empty when nothing can be said.
 */
export function requiredParts(pattern: string): readonly (readonly string[])[] {
  const reader = new PatternReader(pattern);
  const whole = reader.alternatives();
  const parts = whole === null || !reader.isAtEnd ? [] : (whole.parts ?? []);
  return parts.filter((words) => words.length > 0 && !words.includes(''));
}

/** `exact`: all that this piece can match, when that is a short list. `needed`: one of these is in every match of it. */
interface Piece {
  exact: readonly string[] | null;
  needed: readonly string[] | null;
  /** Every list of which one is needed, of pieces that stand one after the other. */
  parts?: readonly (readonly string[])[];
}

/** Spelled out in full for one piece; of several pieces as alternatives. */
const mostExact = 64;
const mostNeeded = 1000;
const anything: Piece = { exact: null, needed: null };
const nothing: Piece = { exact: [''], needed: null };

function bestOf({ exact, needed }: Piece): readonly string[] | null {
  if (exact === null || exact.includes('')) return needed;
  return needed === null || worth(exact) > worth(needed) ? exact : needed;
}

/** They stand in nearly every text, and announce little. */
const common = new Set('我你他她的了是在有不就也都这那一');

function lengthOf(word: string): number {
  let length = word.length;
  for (const character of word) if (common.has(character)) length -= 0.5;
  return length;
}

/** Long words are rare in a text; a long list of them is less so. */
function worth(words: readonly string[]): number {
  return Math.min(...words.map(lengthOf)) - words.length / mostNeeded;
}

/** Pieces that stand one after the other; what they spell out together is kept as long as it is short. */
class Sequence {
  #run: readonly string[] = [''];
  #needed: readonly string[] | null = null;
  #isExact = true;
  readonly #parts: (readonly string[])[] = [];

  add(piece: Piece): void {
    const { exact } = piece;
    if (exact !== null && this.#run.length * exact.length <= mostExact) {
      this.#run = this.#run.flatMap((head) => exact.map((tail) => head + tail));
    } else {
      this.#isExact = false;
      this.#need(this.#runWords());
      this.#run = exact ?? [''];
    }
    if (exact === null) this.#need(piece.needed);
    else this.#needed = betterOf(this.#needed, piece.needed);
  }

  #need(words: readonly string[] | null): void {
    this.#needed = betterOf(this.#needed, words);
    if (words !== null) this.#parts.push(words);
  }

  #runWords(): readonly string[] | null {
    return this.#run.includes('') ? null : this.#run;
  }

  whole(): Piece {
    if (this.#isExact) return { exact: this.#run, needed: this.#needed, parts: this.#parts };
    this.#need(this.#runWords());
    return { exact: null, needed: this.#needed, parts: this.#parts };
  }
}

function betterOf(a: readonly string[] | null, b: readonly string[] | null): readonly string[] | null {
  if (a === null || b === null) return a ?? b;
  return worth(b) > worth(a) ? b : a;
}

function either(a: Piece, b: Piece): Piece {
  const exact = a.exact !== null && b.exact !== null ? [...a.exact, ...b.exact] : null;
  const ofA = bestOf(a);
  const ofB = bestOf(b);
  const needed = ofA === null || ofB === null ? null : [...ofA, ...ofB];
  return {
    exact: exact !== null && exact.length <= mostExact ? exact : null,
    needed: needed !== null && needed.length <= mostNeeded ? needed : null,
  };
}

function repeated(piece: Piece, least: number, most: number): Piece {
  if (least === 1 && most === 1) return piece;
  if (least === 0 && most === 1 && piece.exact !== null) return { exact: ['', ...piece.exact], needed: null };
  return least === 0 ? anything : { exact: null, needed: bestOf(piece) };
}

/** A reader of RE2 syntax, one character after the other; null means that it met something it doesn't know. */
class PatternReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  #next(): string {
    const character = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0);
    this.#at += character.length;
    return character;
  }

  #take(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#text);
    if (found !== null) this.#at += found[0].length;
    return found;
  }

  alternatives(): Piece | null {
    let whole = this.#sequence();
    while (whole !== null && this.#take(/\|/y) !== null) {
      const other = this.#sequence();
      whole = other === null ? null : either(whole, other);
    }
    return whole;
  }

  #sequence(): Piece | null {
    const sequence = new Sequence();
    while (!this.isAtEnd && !/[|)]/.test(this.#text.charAt(this.#at))) {
      const piece = this.#atom();
      if (piece === null) return null;
      sequence.add(this.#quantified(piece));
    }
    return sequence.whole();
  }

  #quantified(piece: Piece): Piece {
    const found = this.#take(/([*+?]|\{(\d+)(,(\d*))?\})[?+]?/y);
    if (found === null) return piece;
    const [, mark, least, upTo, most] = found;
    if (mark === '*') return repeated(piece, 0, Number.POSITIVE_INFINITY);
    if (mark === '+') return repeated(piece, 1, Number.POSITIVE_INFINITY);
    if (mark === '?') return repeated(piece, 0, 1);
    const furthest = upTo === undefined ? Number(least) : Number(most || Number.POSITIVE_INFINITY);
    return repeated(piece, Number(least), furthest);
  }

  #atom(): Piece | null {
    const character = this.#next();
    if (character === '(') return this.#group();
    if (character === '[') return this.#class();
    if (character === '\\') return this.#escape();
    if (character === '.') return anything;
    if (character === '^' || character === '$') return nothing;
    return { exact: [character], needed: null };
  }

  #group(): Piece | null {
    if (this.#take(/\?[a-zA-Z-]+\)/y) !== null) return nothing;
    if (this.#text.charAt(this.#at) === '?' && this.#take(/\?(?:P?<\w+>|[a-zA-Z-]*:)/y) === null) return null;
    const inside = this.alternatives();
    return this.#take(/\)/y) === null ? null : inside;
  }

  /** A short class of plain characters is spelled out; any other may be anything. */
  #class(): Piece | null {
    const found = this.#take(/\^?\]?(?:\\[pP]\{[^}]*\}|\\.|\[:\^?\w+:\]|[^\]\\])*\]/suy);
    if (found === null) return null;
    const members = found[0].slice(0, -1);
    if (members === '' || /^\^|[-\\[\]]/.test(members)) return anything;
    return { exact: [...members], needed: null };
  }

  #escape(): Piece | null {
    if (this.#take(/[AzbB]/y) !== null) return nothing;
    if (this.#take(/[pP](?:\{[^}]*\}|\w)|[dDsSwW]/y) !== null) return anything;
    const mark = this.#take(/[^\w\s]/y);
    return mark === null ? null : { exact: [mark[0]], needed: null };
  }
}
