import type { MappedText } from './spans.ts';

const ordinaryUnits = 8192;
const keptUnits = 262_144;

/** Working space for a text under way, reused: judging is synchronous, and what is returned is a copy. */
export class UnitWriter {
  units = new Uint16Array(ordinaryUnits);
  starts = new Int32Array(ordinaryUnits);
  #bytes = Buffer.from(this.units.buffer);

  /** Room for so many units; what one huge text needed is given back with the next ordinary one. */
  reserve(length: number): void {
    if (this.units.length >= length && this.units.length <= Math.max(length, keptUnits)) return;
    const room = Math.max(length, ordinaryUnits);
    this.units = new Uint16Array(room);
    this.starts = new Int32Array(room);
    this.#bytes = Buffer.from(this.units.buffer);
  }

  /** @param moved whether any unit stands elsewhere than in the source */
  made(length: number, moved: boolean): MappedText {
    const text = this.#bytes.toString('utf16le', 0, length * 2);
    return { text, starts: moved ? this.starts.slice(0, length) : null };
  }
}
