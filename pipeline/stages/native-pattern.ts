/** A pattern may try so many ways at each place of a text; one that may try more is left to RE2, which never does. */
const mostWays = 256;

/** What both engines read alike: plain characters, groups, alternatives, short classes, and `?` or a bounded count. */
const token =
  /\(\?:|[()|]|\[\^?[^\]\\[^&~-]+\]|(?<optional>\?)(?![?+*{])|\{(?<least>\d{1,2}),(?<most>\d{1,2})\}(?![?+*{])|[^\\^$.|?*+()[\]{}]/uy;

/** A group under way. */
class Group {
  hasQuantifier = false;
  #isFirst = true;
  /** Alternatives that may begin with any character. */
  #open = 0;
  readonly #firsts = new Map<string, number>();

  next(part: string): void {
    if (part === '|') {
      if (this.#isFirst) this.#open += 1;
      this.#isFirst = true;
    } else if (this.#isFirst) {
      this.#isFirst = false;
      if (/^[[(]/.test(part)) this.#open += 1;
      else this.#firsts.set(part, (this.#firsts.get(part) ?? 0) + 1);
    }
  }

  /** How many of the alternatives may stand at one place: those that begin alike. */
  get ways(): number {
    return Math.max(1, this.#open + Math.max(0, ...this.#firsts.values()) + Number(this.#isFirst));
  }
}

/**
 * The pattern for the engine of the language, which is many times quicker than RE2; null unless both find the same and it
 * can only take so many steps at each place: nothing repeats without bound, and of a group at most `?` is asked.
 * @param pattern in RE2 syntax, as RE2 has accepted it
 */
export function nativePattern(pattern: string): RegExp | null {
  let ways = 1;
  let closed: Group | null = null;
  const open = [new Group()];
  token.lastIndex = 0;
  while (token.lastIndex < pattern.length) {
    const found = token.exec(pattern);
    if (found === null) return null;
    const [part] = found;
    const { optional, least, most } = found.groups ?? {};
    if (optional !== undefined || most !== undefined) {
      if (closed !== null && (optional === undefined || closed.hasQuantifier)) return null;
      ways *= optional === undefined ? Math.max(1, Number(most) - Number(least) + 1) : 2;
      for (const group of open) group.hasQuantifier = true;
      closed = null;
    } else if (part === ')') {
      closed = open.pop() ?? null;
      ways *= closed?.ways ?? 1;
    } else {
      open.at(-1)?.next(part);
      closed = null;
      if (part.startsWith('(')) open.push(new Group());
    }
    if (ways > mostWays) return null;
  }
  for (const group of open) ways *= group.ways;
  return ways > mostWays ? null : new RegExp(pattern, 'gu');
}
