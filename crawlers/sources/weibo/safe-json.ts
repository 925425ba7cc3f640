/** Sixteen digits and more may pass what a double counts exactly; the platform's ids have that many. */
const longest = 15;

/**
 * JSON as the platform sends it: whole numbers of 16 digits and more become strings, so that no id loses digits.
 * @throws SyntaxError
 */
export function parseSafeJson(text: string): unknown {
  return JSON.parse(quoteLongNumbers(text));
}

/** Walks over strings as a whole, so that digits within them stay what they are. Linear in the text's length. */
function quoteLongNumbers(text: string): string {
  const parts: string[] = [];
  let kept = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (isDigit(code) || code === minus) {
      const end = endOfNumber(text, at);
      const number = text.slice(at, end);
      if (number.length > longest && /^-?\d+$/.test(number)) {
        parts.push(text.slice(kept, at), `"${number}"`);
        kept = end;
      }
      at = end;
    } else at += 1;
  }
  return kept === 0 ? text : parts.join('') + text.slice(kept);
}

const quote = 0x22;
const backslash = 0x5c;
const minus = 0x2d;

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === backslash) at += 1;
    else if (code === quote) return at + 1;
  }
  return text.length;
}

/** Sign, fraction and exponent belong to it, so that a long fraction is not taken for an id. */
function endOfNumber(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && /[\d.eE+-]/.test(text.charAt(at))) at += 1;
  return at;
}
