/**
 * Values as the platform writes them into scripts: `'…'`, `"…"`, `JsDecode('\x3cp')`, `htmlDecode("…")`, `'0' * 1`, objects and
 * arrays of them. Read by hand: a page's script is never run.
 */
export type Literal = string | number | boolean | null | Literal[] | { [name: string]: Literal };

const plainEscapes: Record<string, string> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  '0': '\0',
};
const depthLimit = 40;
const valueLimit = 100_000;

const decodings: readonly [RegExp, string][] = [
  [/\\x5c/g, '\\'],
  [/\\x0d/g, '\r'],
  [/\\x22/g, '"'],
  [/\\x26/g, '&'],
  [/\\x27/g, "'"],
  [/\\x3c/g, '<'],
  [/\\x3e/g, '>'],
  [/\\x0a/g, '\n'],
];

/** What the page's own function of that name makes of a text: what was escaped twice. */
function jsDecode(text: string): string {
  if (!text.includes('\\x')) return text;
  return decodings.reduce((decoded, [pattern, sign]) => decoded.replace(pattern, () => sign), text);
}

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  yen: '¥',
};

/** Of titles and names in scripts, which are escaped for markup: those entities only that the platform writes. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|([a-z]{2,4}));/gi, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return entities[name.toLowerCase()] ?? whole;
    const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
  });
}

/** Reads values one after the other from one place of a script on. Never throws: what it cannot read is null. */
export class LiteralReader {
  readonly #code: string;
  #at: number;
  #values = 0;

  constructor(code: string, at: number) {
    this.#code = code;
    this.#at = at;
  }

  #skipBlanks(): void {
    for (;;) {
      while (this.#at < this.#code.length && this.#code.charCodeAt(this.#at) <= 32) this.#at += 1;
      if (this.#code.startsWith('//', this.#at)) this.#at = this.#endOf('\n');
      else if (this.#code.startsWith('/*', this.#at)) this.#at = this.#endOf('*/');
      else return;
    }
  }

  #endOf(mark: string): number {
    const end = this.#code.indexOf(mark, this.#at);
    return end === -1 ? this.#code.length : end + mark.length;
  }

  #takes(sign: string): boolean {
    this.#skipBlanks();
    if (!this.#code.startsWith(sign, this.#at)) return false;
    this.#at += sign.length;
    return true;
  }

  #word(): string {
    this.#skipBlanks();
    const pattern = /[\w$.]{1,200}/y;
    pattern.lastIndex = this.#at;
    const word = pattern.exec(this.#code)?.[0] ?? '';
    this.#at += word.length;
    return word;
  }

  /** A string from its quote on; null when it does not end. */
  #string(): string | null {
    const quote = this.#code[this.#at];
    let text = '';
    let from = this.#at + 1;
    for (let at = from; at < this.#code.length; at += 1) {
      const sign = this.#code[at];
      if (sign === quote) {
        this.#at = at + 1;
        return text + this.#code.slice(from, at);
      }
      if (sign !== '\\') continue;
      text += this.#code.slice(from, at);
      const [meant, length] = this.#escape(at + 1);
      text += meant;
      at += length;
      from = at + 1;
    }
    this.#at = this.#code.length;
    return null;
  }

  /** What follows a backslash, and how many signs that is. */
  #escape(at: number): [string, number] {
    const sign = this.#code[at] ?? '';
    const digits = sign === 'x' ? 2 : sign === 'u' ? 4 : 0;
    if (digits === 0) return sign === '\n' ? ['', 1] : [plainEscapes[sign] ?? sign, 1];
    const hex = this.#code.slice(at + 1, at + 1 + digits);
    if (hex.length !== digits || !/^[0-9a-f]+$/i.test(hex)) return [sign, 1];
    return [String.fromCharCode(Number.parseInt(hex, 16)), 1 + digits];
  }

  /** One value, with what the platform hangs on it: `* 1`, `.html(false)`, `|| '…'` (the first that says something holds). */
  value(depth = 0): Literal {
    let found: Literal = null;
    do {
      const next = this.#operand(depth);
      if (found === null || found === '' || found === 0) found = next ?? found;
    } while (this.#takes('||'));
    return found;
  }

  #operand(depth: number): Literal {
    let found = this.#primary(depth);
    for (;;) {
      if (this.#takes('*')) {
        this.#word();
        found = typeof found === 'string' && found !== '' ? Number(found) : 0;
        if (Number.isNaN(found)) found = null;
      } else if (this.#takes('.html(')) {
        this.#word();
        if (!this.#takes(')')) return found;
        found = typeof found === 'string' ? decodeEntities(found) : found;
      } else return found;
    }
  }

  #primary(depth: number): Literal {
    this.#values += 1;
    if (depth > depthLimit || this.#values > valueLimit) {
      this.#at = this.#code.length;
      return null;
    }
    this.#skipBlanks();
    const sign = this.#code[this.#at];
    if (sign === '"' || sign === "'") return this.#string();
    if (this.#takes('{')) return this.#object(depth);
    if (this.#takes('[')) return this.#array(depth);
    if (this.#takes('(')) {
      const inner = this.value(depth + 1);
      this.#takes(')');
      return inner;
    }
    return this.#named(depth);
  }

  #named(depth: number): Literal {
    const word = this.#word();
    if (word === 'true' || word === 'false') return word === 'true';
    if (/^\d+(?:\.\d+)?$/.test(word)) return Number(word);
    if (this.#takes('(')) {
      const inner = this.#takes(')') ? null : this.value(depth + 1);
      while (this.#takes(',')) this.value(depth + 1);
      this.#takes(')');
      if (typeof inner !== 'string') return null;
      if (word.endsWith('JsDecode')) return jsDecode(inner);
      return word.endsWith('htmlDecode') ? decodeEntities(inner) : null;
    }
    // `xml ? getXmlValue('…') : '…'`: an ordinary page has no such XML.
    if (this.#takes('?')) {
      this.value(depth + 1);
      return this.#takes(':') ? this.value(depth + 1) : null;
    }
    return null;
  }

  #object(depth: number): Literal {
    const found: Record<string, Literal> = Object.create(null);
    while (!this.#takes('}')) {
      this.#skipBlanks();
      const sign = this.#code[this.#at];
      const name = sign === '"' || sign === "'" ? this.#string() : this.#word();
      if (name === null || name === '' || !this.#takes(':')) return found;
      const value = this.value(depth + 1);
      if (!(name in found)) found[name] = value;
      if (!this.#takes(',') && !this.#isAt('}')) return found;
    }
    return found;
  }

  #array(depth: number): Literal {
    const found: Literal[] = [];
    while (!this.#takes(']')) {
      const before = this.#at;
      found.push(this.value(depth + 1));
      if (!this.#takes(',') && !this.#isAt(']')) return found;
      if (this.#at === before) return found;
    }
    return found;
  }

  #isAt(sign: string): boolean {
    this.#skipBlanks();
    return this.#code[this.#at] === sign;
  }
}
