/** One line of a byte stream, without its end; or the note that it was too long to be kept. */
export type ByteLine = { bytes: Buffer } | { tooLong: true };

const newline = 0x0a;

/** Splits chunks into lines and never holds more than one line of `maxLineBytes`. */
export class LineSplitter {
  readonly #maxLineBytes: number;
  #kept: Buffer[] = [];
  #keptBytes = 0;
  #dropping = false;

  constructor(maxLineBytes: number) {
    this.#maxLineBytes = maxLineBytes;
  }

  /** The lines that this chunk completes. */
  *push(chunk: Buffer): Generator<ByteLine> {
    let start = 0;
    for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, start)) {
      this.#keep(chunk.subarray(start, at));
      yield this.#take();
      start = at + 1;
    }
    this.#keep(chunk.subarray(start));
  }

  /** The last line, if it has no end. */
  *flush(): Generator<ByteLine> {
    if (this.#dropping || this.#keptBytes > 0) yield this.#take();
  }

  #keep(part: Buffer): void {
    if (this.#dropping || part.length === 0) return;
    if (this.#keptBytes + part.length > this.#maxLineBytes) {
      this.#dropping = true;
      this.#kept = [];
      this.#keptBytes = 0;
      return;
    }
    this.#kept.push(part);
    this.#keptBytes += part.length;
  }

  #take(): ByteLine {
    const line: ByteLine = this.#dropping ? { tooLong: true } : { bytes: this.#join() };
    this.#kept = [];
    this.#keptBytes = 0;
    this.#dropping = false;
    return line;
  }

  #join(): Buffer {
    const [only] = this.#kept;
    return this.#kept.length === 1 && only !== undefined ? only : Buffer.concat(this.#kept);
  }
}
