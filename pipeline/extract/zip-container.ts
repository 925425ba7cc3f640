import { Inflate } from 'fflate';
import { type ExtractJob, Unreadable } from './extraction.ts';

/** One member, as the directory at the end of the archive names it. Nothing it says of sizes is believed. */
export interface ZipMember {
  name: string;
  isFolder: boolean;
  isEncrypted: boolean;
  method: number;
  packedBytes: number;
  /** Where its own header begins. */
  start: number;
}

const endSign = 0x06054b50;
const end64Sign = 0x06064b50;
const locator64Sign = 0x07064b50;
const lineSign = 0x02014b50;
const headerSign = 0x04034b50;
const endBytes = 22;
const longestComment = 65_535;
const unknown32 = 0xffff_ffff;
/** A slice unpacks to a thousand times its size at the most. */
const sliceBytes = 16_384;
/** Text that is packed better than this, and large, was made to be unpacked by fools. */
const bombRatio = 200;
const bombBytes = 16 * 1_048_576;

function findEnd(view: DataView): number {
  const first = Math.max(0, view.byteLength - endBytes - longestComment);
  for (let at = view.byteLength - endBytes; at >= first; at -= 1)
    if (view.getUint32(at, true) === endSign) return at;
  throw new Unreadable('damaged');
}

/** Where the directory begins and how many lines it has; in the form for large archives, if there is one. */
function findDirectory(view: DataView): { start: number; count: number } {
  const end = findEnd(view);
  const locator = end - 20;
  if (locator >= 0 && view.getUint32(locator, true) === locator64Sign) {
    const at = Number(view.getBigUint64(locator + 8, true));
    if (at + 56 <= view.byteLength && view.getUint32(at, true) === end64Sign)
      return {
        start: Number(view.getBigUint64(at + 48, true)),
        count: Number(view.getBigUint64(at + 32, true)),
      };
  }
  return { start: view.getUint32(end + 16, true), count: view.getUint16(end + 10, true) };
}

/** Windows packs Chinese names in GBK and does not say so; a valid UTF-8 name is one whatever the flag says. */
function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** Sizes that do not fit in four bytes stand in an extra field, in this order, each only where it is needed. */
function largeSizes(extra: DataView, wanted: { size: number; packed: number; start: number }) {
  const found = { packed: wanted.packed, start: wanted.start };
  for (let at = 0; at + 4 <= extra.byteLength; at += 4 + extra.getUint16(at + 2, true)) {
    if (extra.getUint16(at, true) !== 1) continue;
    let field = at + 4;
    const next = () => {
      if (field + 8 > extra.byteLength) throw new Unreadable('damaged');
      const value = Number(extra.getBigUint64(field, true));
      field += 8;
      return value;
    };
    if (wanted.size === unknown32) next();
    if (wanted.packed === unknown32) found.packed = next();
    if (wanted.start === unknown32) found.start = next();
  }
  return found;
}

function readLine(bytes: Uint8Array, view: DataView, at: number): { member: ZipMember; next: number } {
  if (at + 46 > view.byteLength || view.getUint32(at, true) !== lineSign) throw new Unreadable('damaged');
  const u16 = (offset: number) => view.getUint16(at + offset, true);
  const u32 = (offset: number) => view.getUint32(at + offset, true);
  const [nameLength, extraLength, commentLength] = [u16(28), u16(30), u16(32)];
  const extraStart = at + 46 + nameLength;
  if (extraStart + extraLength > view.byteLength) throw new Unreadable('damaged');
  const extra = new DataView(view.buffer, view.byteOffset + extraStart, extraLength);
  const { packed, start } = largeSizes(extra, { packed: u32(20), size: u32(24), start: u32(42) });
  const name = decodeName(bytes.subarray(at + 46, extraStart)).replaceAll('\\', '/');
  return {
    member: {
      name,
      isFolder: name.endsWith('/'),
      isEncrypted: (u16(8) & 1) === 1,
      method: u16(10),
      packedBytes: packed,
      start,
    },
    next: extraStart + extraLength + commentLength,
  };
}

/** A ZIP archive, or a document that is one. Members are unpacked one at a time and in slices. */
export class ZipContainer {
  readonly members: readonly ZipMember[];
  readonly #job: ExtractJob;
  readonly #byName = new Map<string, ZipMember>();

  /** @throws Unreadable `damaged` where the directory is missing or no directory, `too-many` */
  constructor(job: ExtractJob) {
    this.#job = job;
    const { bytes } = job;
    if (bytes.byteLength < endBytes) throw new Unreadable('damaged');
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const { start, count } = findDirectory(view);
    if (count > job.limits.maxMembers * 20) throw new Unreadable('too-many');
    const members: ZipMember[] = [];
    for (let at = start; members.length < count; ) {
      const { member, next } = readLine(bytes, view, at);
      members.push(member);
      at = next;
    }
    this.members = members;
    for (const member of members) this.#byName.set(member.name.toLowerCase(), member);
  }

  find(name: string): ZipMember | null {
    return this.#byName.get(name.toLowerCase().replace(/^\//, '')) ?? null;
  }

  /** In the order of the numbers in their names: sheet2 before sheet10. */
  matching(pattern: RegExp): ZipMember[] {
    const number = (name: string) => Number(/(\d+)\.\w+$/.exec(name)?.[1] ?? 0);
    return this.members
      .filter(({ name }) => pattern.test(name))
      .sort((a, b) => number(a.name) - number(b.name));
  }

  /**
   * Hands over the unpacked bytes slice by slice, so that one who has enough can stop by throwing.
   * @throws Unreadable `encrypted`, `unsupported` (method), `damaged`, `too-large`
   */
  unpack(member: ZipMember, onSlice: (slice: Uint8Array) => void): void {
    const packed = this.#packed(member);
    let unpacked = 0;
    const take = (slice: Uint8Array) => {
      unpacked += slice.length;
      this.#spend(slice.length, unpacked, packed.length);
      onSlice(slice);
    };
    if (member.method === 0) {
      for (let at = 0; at < packed.length; at += sliceBytes) take(packed.subarray(at, at + sliceBytes));
      return;
    }
    if (member.method !== 8) throw new Unreadable('unsupported');
    inflateSlices(packed, take);
  }

  /** @throws like `unpack` */
  read(member: ZipMember): Uint8Array {
    const slices: Uint8Array[] = [];
    this.unpack(member, (slice) => slices.push(slice.slice()));
    return new Uint8Array(Buffer.concat(slices));
  }

  #packed(member: ZipMember): Uint8Array {
    const { bytes } = this.#job;
    if (member.isEncrypted) throw new Unreadable('encrypted');
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const { start } = member;
    if (start + 30 > bytes.length || view.getUint32(start, true) !== headerSign)
      throw new Unreadable('damaged');
    const data = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
    if (data + member.packedBytes > bytes.length) throw new Unreadable('damaged');
    return bytes.subarray(data, data + member.packedBytes);
  }

  #spend(more: number, unpacked: number, packed: number): void {
    const { limits, spent } = this.#job;
    spent.unpackedBytes += more;
    const isBomb = unpacked > bombBytes && unpacked > packed * bombRatio;
    if (isBomb || unpacked > limits.maxMemberBytes || spent.unpackedBytes > limits.maxUnpackedBytes)
      throw new Unreadable('too-large');
  }
}

/** What the receiver throws goes through; what the packed bytes are to blame for is `damaged`. */
function inflateSlices(packed: Uint8Array, take: (slice: Uint8Array) => void): void {
  let thrown: { error: unknown } | null = null;
  const inflate = new Inflate((slice) => {
    try {
      take(slice);
    } catch (error) {
      thrown = { error };
      throw error;
    }
  });
  try {
    for (let at = 0; at < packed.length; at += sliceBytes)
      inflate.push(packed.subarray(at, at + sliceBytes), at + sliceBytes >= packed.length);
  } catch {
    const by = thrown as { error: unknown } | null;
    if (by !== null) throw by.error;
    throw new Unreadable('damaged');
  }
}
