import { gunzipSync } from 'node:zlib';
import type { Db } from 'mongodb';

/** Every string, number and piece of bytes in a document, with gzip unpacked as well. */
function* readValues(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'number' || typeof value === 'bigint') yield String(value);
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

/** Of every document of every collection, those we know of and others. */
export async function* readDocuments(db: Db): AsyncGenerator<{ name: string; values: string[] }> {
  for (const { name } of await db.listCollections({}, { nameOnly: true }).toArray()) {
    for await (const document of db.collection(name).find({}))
      yield { name, values: [...readValues(document)] };
  }
}

/** Those of the texts that stand in any document: all of them in one reading. */
export async function findInAllDocuments(db: Db, texts: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for await (const { values } of readDocuments(db)) {
    for (const text of texts) if (values.some((value) => value.includes(text))) found.add(text);
  }
  return found;
}

/** Collections that hold the text in a document. */
export async function findInDocuments({ db }: { db: Db }, text: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, values } of readDocuments(db))
    if (values.some((value) => value.includes(text))) found.push(name);
  return found;
}
