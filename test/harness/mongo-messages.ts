/** One message of MongoDB's wire protocol, as much of it as a proxy has to know. */
export interface WireMessage {
  bytes: Buffer;
  requestId: number;
  responseTo: number;
}

/** What a client asks for. */
export interface WireCommand {
  /** Such as `insert` or `commitTransaction`. */
  name: string;
  /** What it is about, where that is named first: a collection. */
  target: string | null;
  /** The client's session, hex, for following a transaction. */
  session: string | null;
}

const headerBytes = 16;
const opMsg = 2013;

/** Cuts a stream of bytes into whole messages. */
export class MessageSplitter {
  private rest: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): WireMessage[] {
    this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    const messages: WireMessage[] = [];
    while (this.rest.length >= headerBytes && this.rest.length >= this.rest.readInt32LE(0)) {
      const bytes = this.rest.subarray(0, this.rest.readInt32LE(0));
      this.rest = this.rest.subarray(bytes.length);
      messages.push({ bytes, requestId: bytes.readInt32LE(4), responseTo: bytes.readInt32LE(8) });
    }
    return messages;
  }
}

const readName = (bytes: Buffer, from: number) => bytes.toString('utf8', from, bytes.indexOf(0, from));

/** In BSON: a document `lsid` whose element `id` is a binary of subtype 4, 16 bytes long. */
const sessionMark = Buffer.concat([Buffer.from('\x05id\0', 'latin1'), Buffer.from([16, 0, 0, 0, 4])]);

/** The command of a client's message; null for what is none (the old hello, a reply). */
export function readCommand({ bytes }: WireMessage): WireCommand | null {
  if (bytes.length < 27 || bytes.readInt32LE(12) !== opMsg || bytes[20] !== 0) return null;
  // After the header: four bytes of flags, the section's kind, the document's length, the first element's type and name.
  const firstType = bytes[25];
  const name = readName(bytes, 26);
  const valueAt = 26 + Buffer.byteLength(name) + 1;
  const mark = bytes.indexOf(sessionMark);
  const idAt = mark + sessionMark.length;
  return {
    name,
    target: firstType === 2 ? readName(bytes, valueAt + 4) : null,
    session: mark === -1 ? null : bytes.toString('hex', idAt, idAt + 16),
  };
}
