import { createHash, type Hash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Labelled rows as they lie in the folder: one JSON object a line. */
const Row = z.looseObject({ text: z.string() });
export type Row = z.infer<typeof Row>;

export class BadData extends Error {
  override readonly name = 'BadData';
}

/** Labelled data by name; remembers a digest of everything that was read, in the order of first reading. */
export class DataFolder {
  readonly #path: string;
  readonly #read = new Map<string, Row[]>();
  readonly #hash: Hash = createHash('sha256');

  constructor(path: string) {
    this.#path = path;
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true)
      throw new BadData(`${path} is no folder; give the folder of the labelled data with --data`);
  }

  /** @param name without `.jsonl`. @throws BadData naming file and line */
  rows(name: string): readonly Row[] {
    const known = this.#read.get(name);
    if (known !== undefined) return known;
    const file = join(this.#path, `${name}.jsonl`);
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch {
      throw new BadData(`${file} cannot be read`);
    }
    this.#hash.update(name).update(text);
    const rows = text
      .split('\n')
      .flatMap((line, i) => (line.trim() === '' ? [] : [parseRow(line, `${file}:${i + 1}`)]));
    this.#read.set(name, rows);
    return rows;
  }

  digest(): string {
    return this.#hash.copy().digest('hex').slice(0, 16);
  }
}

function parseRow(line: string, where: string): Row {
  try {
    return Row.parse(JSON.parse(line));
  } catch {
    throw new BadData(`${where}: not a JSON object with a text`);
  }
}
