import { Parser } from 'htmlparser2';
import type { ZipContainer, ZipMember } from './zip-container.ts';

/** Names come without their namespace's prefix, which every writer chooses for himself. */
export interface XmlReader {
  open?(name: string, attributes: XmlAttributes): void;
  text?(text: string): void;
  close?(name: string): void;
}

export class XmlAttributes {
  readonly #raw: Readonly<Record<string, string>>;
  constructor(raw: Readonly<Record<string, string>>) {
    this.#raw = raw;
  }

  /** With the prefix where one is asked for (`r:id`); otherwise with none or, failing that, any. */
  get(name: string): string | null {
    const plain = this.#raw[name];
    if (plain !== undefined) return plain;
    for (const [key, value] of Object.entries(this.#raw)) if (key.endsWith(`:${name}`)) return value;
    return null;
  }

  isTrue(name: string): boolean {
    const value = this.get(name);
    return value === '1' || value === 'true' || value === 'on';
  }
}

/** Thrown by a reader that has enough. */
class Enough extends Error {}

export function stopReading(): never {
  throw new Enough();
}

const local = (name: string) => name.slice(name.indexOf(':') + 1);

function buildParser(reader: XmlReader): Parser {
  // It knows no entities but XML's own, so that none can unfold into millions.
  return new Parser(
    {
      onopentag: (name, attributes) => reader.open?.(local(name), new XmlAttributes(attributes)),
      ontext: (text) => reader.text?.(text),
      onclosetag: (name) => reader.close?.(local(name)),
    },
    { xmlMode: true, decodeEntities: true },
  );
}

/** UTF-8 unless its first bytes say UTF-16. */
function decoderFor(first: Uint8Array): TextDecoder {
  if (first[0] === 0xff && first[1] === 0xfe) return new TextDecoder('utf-16le');
  if (first[0] === 0xfe && first[1] === 0xff) return new TextDecoder('utf-16be');
  return new TextDecoder('utf-8');
}

/**
 * Reads one member as XML, slice by slice.
 * @returns whether it was read to its end
 * @throws Unreadable, see ZipContainer.unpack
 */
export function readXml(zip: ZipContainer, member: ZipMember, reader: XmlReader): boolean {
  const parser = buildParser(reader);
  let decoder: TextDecoder | null = null;
  try {
    zip.unpack(member, (slice) => {
      decoder ??= decoderFor(slice);
      parser.write(decoder.decode(slice, { stream: true }));
    });
    parser.end();
    return true;
  } catch (error) {
    if (error instanceof Enough) return false;
    throw error;
  }
}

/** Targets of a part's relations by their ids, as names of members. */
export function readRelations(zip: ZipContainer, part: string): Map<string, string> {
  const slash = part.lastIndexOf('/');
  const folder = part.slice(0, slash + 1);
  const member = zip.find(`${folder}_rels/${part.slice(slash + 1)}.rels`);
  const targets = new Map<string, string>();
  if (member === null) return targets;
  readXml(zip, member, {
    open(name, attributes) {
      const [id, target] = [attributes.get('Id'), attributes.get('Target')];
      if (name !== 'Relationship' || id === null || target === null) return;
      if (attributes.get('TargetMode') === 'External') return;
      targets.set(id, resolveTarget(folder, target));
    },
  });
  return targets;
}

function resolveTarget(folder: string, target: string): string {
  const steps: string[] = target.startsWith('/') ? [] : folder.split('/').filter((step) => step !== '');
  for (const step of target.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}

/** All text in the elements of one name, a line each: for parts whose order is of no matter. */
export function readTexts(
  zip: ZipContainer,
  member: ZipMember,
  options: {
    of: ReadonlySet<string>;
    lineEnds: ReadonlySet<string>;
    /** Elements that are left out, whatever they stand in. */
    without?: ReadonlySet<string>;
    maxLength: number;
  },
): { text: string; isWhole: boolean } {
  let text = '';
  let inside = 0;
  let outside = 0;
  const isWhole = readXml(zip, member, {
    open: (name) => {
      if (options.of.has(name)) inside += 1;
      if (options.without?.has(name)) outside += 1;
    },
    text: (piece) => {
      if (inside === 0 || outside > 0) return;
      text += piece;
      if (text.length > options.maxLength) stopReading();
    },
    close: (name) => {
      if (options.of.has(name)) inside -= 1;
      if (options.without?.has(name)) outside -= 1;
      if (options.lineEnds.has(name) && text !== '' && !text.endsWith('\n')) text += '\n';
    },
  });
  return { text, isWhole };
}
