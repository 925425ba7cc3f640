import { createHash } from 'node:crypto';

/** Weibo's numbers hold the second they were given in, counted from here, above 22 bits of sequence. */
const epochSeconds = 515_483_463;
const digits = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Sixteen digits, growing with time; the same for the same key and instant. */
export function weiboId(key: string, at: Date): string {
  const sequence = createHash('sha256').update(key).digest().readUInt32BE(0) & 0x3f_ffff;
  const seconds = BigInt(Math.floor(at.getTime() / 1000) - epochSeconds);
  return String((seconds << 22n) | BigInt(sequence));
}

function toBase62(value: number): string {
  let text = '';
  for (let rest = value; rest > 0; rest = Math.floor(rest / 62)) text = (digits[rest % 62] ?? '') + text;
  return text;
}

/** The short form in addresses: seven decimal digits at a time, from the end. */
export function weiboShortId(id: string): string {
  let text = '';
  for (let end = id.length; end > 0; end -= 7) {
    const part = toBase62(Number(id.slice(Math.max(0, end - 7), end)));
    text = (end > 7 ? part.padStart(4, '0') : part) + text;
  }
  return text;
}
