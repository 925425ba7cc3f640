import type { Transform } from 'node:stream';
import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { Permanent } from '../../pipeline/domain/errors.ts';

const maxEncodings = 2;

function tooLarge(url: string, maxBytes: number): Permanent {
  const mebibytes = (maxBytes / 1_048_576).toFixed(maxBytes < 1_048_576 ? 3 : 0);
  return new Permanent(`${url} is larger than ${mebibytes} MiB when unpacked; nothing of it was kept`);
}

/** `deflate` is sent both with and without the zlib wrapper: the first byte tells. */
async function* inflate(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let decoder: Transform | null = null;
  const iterator = source[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done) return;
  decoder = (first.value[0] ?? 0) % 16 === 8 ? createInflate() : createInflateRaw();
  async function* whole() {
    yield first.value as Uint8Array;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  }
  yield* through(whole(), decoder);
}

function through(source: AsyncIterable<Uint8Array>, decoder: Transform): AsyncIterable<Uint8Array> {
  // The reader of `decoder` gets the error; the callback only keeps it from being unhandled.
  pipeline(source, decoder, () => {});
  return decoder;
}

function decoded(
  source: AsyncIterable<Uint8Array>,
  encoding: string,
  url: string,
): AsyncIterable<Uint8Array> {
  switch (encoding) {
    case 'identity':
      return source;
    case 'gzip':
    case 'x-gzip':
      return through(source, createGunzip());
    case 'br':
      return through(source, createBrotliDecompress());
    case 'deflate':
      return inflate(source);
    default:
      throw new Permanent(`${url} is packed in a way that was not asked for (content-encoding ${encoding})`);
  }
}

/**
 * The unpacked body. Bytes are counted after unpacking, so that neither a small packed bomb nor a lying Content-Length
 * gets past the limit; reading stops at the first byte too many.
 * @throws Permanent when larger than `maxBytes` or packed in an unknown way; network and unpacking errors as they come
 */
export async function readBody(
  body: Readable,
  headers: Readonly<Record<string, string>>,
  limits: { url: string; maxBytes: number },
): Promise<Uint8Array> {
  const { url, maxBytes } = limits;
  try {
    if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge(url, maxBytes);
    const encodings = (headers['content-encoding'] ?? 'identity').toLowerCase().split(',');
    if (encodings.length > maxEncodings)
      throw new Permanent(`${url} is packed ${encodings.length} times over`);
    const source = encodings.reduceRight<AsyncIterable<Uint8Array>>(
      (inner, encoding) => decoded(inner, encoding.trim() || 'identity', url),
      body,
    );
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of source) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(url, maxBytes);
      chunks.push(chunk);
    }
    return new Uint8Array(Buffer.concat(chunks));
  } finally {
    // Not read to the end: the connection is of no more use. Its late error is ours, so nobody else must see it.
    body.on('error', () => {});
    body.destroy();
  }
}
