import { gunzipSync } from 'node:zlib';
import type { MongoTestDatabase } from './mongo-database.ts';

/** Every string and every piece of bytes in a document, with gzip unpacked as well. */
function* readValues(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (value instanceof Uint8Array) yield readBytes(Buffer.from(value));
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      yield key;
      yield* readValues(inner);
    }
  }
}

function readBytes(bytes: Buffer): string {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return (isGzip ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** Collections of the whole database, those we know of and others, that hold the text in a document. */
export async function findInDocuments({ db }: MongoTestDatabase, text: string): Promise<string[]> {
  const found: string[] = [];
  for (const { name } of await db.listCollections({}, { nameOnly: true }).toArray()) {
    for await (const document of db.collection(name).find({})) {
      if ([...readValues(document)].some((value) => value.includes(text))) found.push(name);
    }
  }
  return found;
}
