let table: Map<string, number> | undefined;

/** Node decodes GB18030 but does not encode it: every two-byte sequence is decoded once, and the result turned round. */
function buildTable(): Map<string, number> {
  const decoder = new TextDecoder('gb18030');
  const reverse = new Map<string, number>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue;
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (character.length === 1 && character !== '\ufffd') reverse.set(character, (lead << 8) | trail);
    }
  }
  return reverse;
}

/** The bytes of a text in GBK. Throws a RangeError that names the first character GBK does not have. */
export function encodeGbk(text: string): Buffer {
  table ??= buildTable();
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) {
      bytes.push(code);
      continue;
    }
    const pair = table.get(character);
    if (pair === undefined) {
      throw new RangeError(`GBK has no ${character} (U+${code.toString(16).toUpperCase().padStart(4, '0')})`);
    }
    bytes.push(pair >> 8, pair & 0xff);
  }
  return Buffer.from(bytes);
}
