/** What bytes were decoded with, and why: `declared` names the charset found, as it was written. */
export interface DecodedBytes {
  text: string;
  charset: string;
  evidence: 'bom' | 'utf-8-valid' | 'utf-8-nearly' | 'http' | 'meta' | 'fallback';
  declared: string | null;
}

/** Chinese servers say gb2312 or gbk and send what only gb18030 covers. */
const superset: Record<string, string> = {
  gb2312: 'gb18030',
  'gb-2312': 'gb18030',
  gb_2312: 'gb18030',
  'x-gbk': 'gb18030',
  gbk: 'gb18030',
  cp936: 'gb18030',
  utf8: 'utf-8',
};
const metaWindowBytes = 4096;
const sampleBytes = 262_144;

/**
 * Decodes by evidence: a byte order mark, then bytes that are UTF-8 but for a few broken places (which beats whatever is
 * declared), then the HTTP charset, then the one the page names in its first 4 kB, then gb18030. Never throws: what cannot be
 * decoded becomes U+FFFD.
 */
export function decodeBytes(bytes: Uint8Array, contentType: string | null = null): DecodedBytes {
  const marked = byteOrderMark(bytes);
  if (marked !== null)
    return { text: decodeAs(marked, bytes), charset: marked, evidence: 'bom', declared: null };
  const http = charsetOf(contentType ?? '');
  const meta = charsetOf(latin1(bytes.subarray(0, metaWindowBytes)));
  const declared = http ?? meta;
  const strict = strictUtf8(bytes);
  if (strict !== null) return { text: strict, charset: 'utf-8', evidence: 'utf-8-valid', declared };
  if (nearlyUtf8(bytes) || isMoreLikelyUtf8(bytes, declared))
    return { text: decodeAs('utf-8', bytes), charset: 'utf-8', evidence: 'utf-8-nearly', declared };
  for (const [evidence, label] of [
    ['http', http],
    ['meta', meta],
  ] as const) {
    const charset = label === null ? null : knownCharset(label);
    // Bytes that are not UTF-8 on the whole are not UTF-8 because a header says so.
    if (charset === null || charset === 'utf-8') continue;
    return { text: decodeAs(charset, bytes), charset, evidence, declared };
  }
  return { text: decodeAs('gb18030', bytes), charset: 'gb18030', evidence: 'fallback', declared };
}

function byteOrderMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

function charsetOf(text: string): string | null {
  const match = /(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_:.-]{2,30})/i.exec(text);
  return match?.[1]?.toLowerCase() ?? null;
}

function knownCharset(label: string): string | null {
  try {
    return new TextDecoder(superset[label] ?? label).encoding;
  } catch {
    return null;
  }
}

/** The text if the bytes are UTF-8; a character cut off at the very end (a truncated download) is forgiven. */
function strictUtf8(bytes: Uint8Array): string | null {
  for (let cut = 0; cut <= 3 && cut <= bytes.length; cut += 1) {
    const tail = bytes[bytes.length - cut];
    if (cut > 0 && (tail === undefined || tail < 0x80)) return null;
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, bytes.length - cut));
    } catch {
      // One more byte may belong to the character that was cut off.
    }
  }
  return null;
}

/** Broken in a few places only: a UTF-8 page into which somebody pasted, or cut, some bytes. */
function nearlyUtf8(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, sampleBytes);
  let multibyte = 0;
  let broken = 0;
  for (let i = 0; i < sample.length; i += 1) {
    const lead = sample[i] ?? 0;
    if (lead < 0x80) continue;
    const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
    let follow = 0;
    while (follow + 1 < length && ((sample[i + follow + 1] ?? 0) & 0xc0) === 0x80) follow += 1;
    if (length > 0 && follow === length - 1) multibyte += 1;
    else broken += 1;
    i += follow;
  }
  return multibyte > 0 && broken * 20 < multibyte;
}

/**
 * A page put together from parts in two encodings: read in the one that garbles less of it. Chinese that is read in the
 * wrong encoding turns into characters nobody writes, or into none.
 */
function isMoreLikelyUtf8(bytes: Uint8Array, declared: string | null): boolean {
  const other = declared === null ? 'gb18030' : (knownCharset(declared) ?? 'gb18030');
  if (other !== 'gb18030' && other !== 'gbk' && other !== 'utf-8') return false;
  const sample = bytes.subarray(0, sampleBytes);
  const [asUtf8, asGb] = [decodeAs('utf-8', sample), decodeAs('gb18030', sample)];
  return /[\u4e00-\u9fff]/.test(asUtf8) && garbledShare(asUtf8) < garbledShare(asGb);
}

/** Which share of what is not ASCII is broken, or too rare to be what somebody wrote. */
function garbledShare(text: string): number {
  let wide = 0;
  let garbled = 0;
  for (const sign of text) {
    if (sign < '\x80') continue;
    wide += 1;
    if (sign === '\ufffd' || isRare(sign)) garbled += 1;
  }
  return wide === 0 ? 0 : garbled / wide;
}

/** A Han character outside of those in use. */
function isRare(sign: string): boolean {
  if (sign < '\u3400') return false;
  return sign < '\uff00' ? !common().has(sign) : sign > '\uffee';
}

let commonSigns: Set<string> | null = null;

/** The first level of GB 2312: the 3755 characters in use. */
function common(): Set<string> {
  if (commonSigns !== null) return commonSigns;
  const codes: number[] = [];
  for (let row = 0xb0; row <= 0xd7; row += 1)
    for (let cell = 0xa1; cell <= 0xfe; cell += 1) codes.push(row, cell);
  commonSigns = new Set(decodeAs('gb18030', Uint8Array.from(codes)));
  return commonSigns;
}

function decodeAs(charset: string, bytes: Uint8Array): string {
  return new TextDecoder(charset).decode(bytes);
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
