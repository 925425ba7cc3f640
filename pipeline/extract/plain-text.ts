import { decodeBytes } from './decode-bytes.ts';
import { type ExtractJob, type ReadFile, Unreadable } from './extraction.ts';

const sampleLength = 65_536;

/** Bytes that are no text have characters in them that nobody types. */
function isText(text: string): boolean {
  const sample = text.slice(0, sampleLength);
  let odd = 0;
  for (const sign of sample) {
    const code = sign.codePointAt(0) ?? 0;
    if ((code < 32 && code !== 9 && code !== 10 && code !== 13 && code !== 12) || code === 0xfffd) odd += 1;
  }
  return odd * 50 <= sample.length;
}

/** TXT, CSV, Markdown in UTF-8, UTF-16 or GBK. @throws Unreadable `unknown-kind` where it is no text */
export function readPlainText({ bytes }: ExtractJob): ReadFile {
  const { text } = decodeBytes(bytes);
  if (!isText(text)) throw new Unreadable('unknown-kind');
  return { kind: 'text', parts: [{ name: '', hidden: false, text }], notes: [], unread: [] };
}
