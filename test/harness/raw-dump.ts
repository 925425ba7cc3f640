import { Buffer } from 'node:buffer';
import { openMongo } from '../../pipeline/adapters/mongo/connection.ts';
import type { Place } from './places.ts';
import { readRawFiles } from './raw-bytes.ts';
import { readDocuments } from './raw-documents.ts';

/** One piece of what somebody would find who reads a set-up's disk, or its database past the program. */
interface RawPiece {
  /** A file, or a collection. */
  where: string;
  bytes: Buffer;
}

/** Everything once, so that many values can be looked for. */
export async function dumpPlace(place: Place): Promise<RawPiece[]> {
  if (place.setUp === 'embedded') {
    return [...readRawFiles(place.dataDir)].map(({ path, bytes }) => ({ where: path, bytes }));
  }
  const { client, db } = await openMongo(place.mongoUri, place.database);
  try {
    const pieces: RawPiece[] = [];
    for await (const { name, values } of readDocuments(db))
      pieces.push({ where: name, bytes: Buffer.from(values.join('\n')) });
    return pieces;
  } finally {
    await client.close();
  }
}

/** A number as SQLite keeps one that is too long for four bytes. */
function packedNumber(value: string): Buffer | null {
  if (!/^\d{10,15}$/.test(value)) return null;
  const packed = Buffer.alloc(8);
  packed.writeBigInt64BE(BigInt(value));
  return packed.subarray(2);
}

function formsOf(value: string): Buffer[] {
  const packed = packedNumber(value);
  const forms = [
    Buffer.from(value, 'utf8'),
    Buffer.from(value, 'utf16le'),
    Buffer.from(encodeURIComponent(value), 'utf8'),
    Buffer.from(Buffer.from(value, 'utf8').toString('base64').replace(/=+$/, '')),
  ];
  return packed === null ? forms : [...forms, packed];
}

/** Which runs of four bytes there are at all: hundreds of values need not be looked for in megabytes one by one. */
class FourByteRuns {
  private readonly bits = new Uint8Array(2 ** 24);

  private static slot(run: number): number {
    return Math.imul(run, 0x9e3779b1) >>> 5;
  }

  add(bytes: Buffer): void {
    for (let run = 0, i = 0; i < bytes.length; i += 1) {
      run = (run << 8) | (bytes[i] ?? 0);
      const slot = FourByteRuns.slot(run);
      this.bits[slot >>> 3] = (this.bits[slot >>> 3] ?? 0) | (1 << (slot & 7));
    }
  }

  mayHold(needle: Buffer): boolean {
    for (let i = 0; i + 4 <= needle.length; i += 1) {
      const slot = FourByteRuns.slot(needle.readInt32BE(i));
      if (((this.bits[slot >>> 3] ?? 0) & (1 << (slot & 7))) === 0) return false;
    }
    return true;
  }
}

/** The values that stand somewhere, with the place: as text, in an address, packed as a number. */
export function findValues(pieces: readonly RawPiece[], values: readonly string[]): string[] {
  const runs = new FourByteRuns();
  for (const { bytes } of pieces) runs.add(bytes);
  const found: string[] = [];
  for (const value of new Set(values)) {
    const forms = formsOf(value).filter((form) => runs.mayHold(form));
    const piece =
      forms.length === 0 ? undefined : pieces.find((one) => forms.some((form) => one.bytes.includes(form)));
    if (piece !== undefined) found.push(`${value} in ${piece.where}`);
  }
  return found;
}
