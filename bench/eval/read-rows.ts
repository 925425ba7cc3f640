import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';

export interface Row {
  text: string;
  label: string;
}

const Line = z.object({
  text: z.string(),
  label: z.union([z.string(), z.number(), z.array(z.string())]),
});

/** A row that cannot be read: the message names file and line, so that it can be put right. */
export class BadRow extends Error {
  constructor(file: string, line: number, why: string) {
    super(`${file}:${line}: ${why}`);
    this.name = 'BadRow';
  }
}

/** Why, without the text: what is measured may be sensitive and must not land in a log. */
function whyUnread(value: unknown): string {
  const parsed = Line.safeParse(value);
  if (parsed.success) return 'not readable';
  const [issue] = parsed.error.issues;
  const field = issue === undefined ? '' : issue.path.join('.');
  return field === ''
    ? 'not an object with "text" and "label"'
    : `"${field}": ${issue?.message ?? 'not valid'}`;
}

/**
 * One JSON object a line; blank lines are passed over. A label that is a list is joined by commas.
 * @throws BadRow
 */
function parseRow(written: string, file: string, line: number): Row | null {
  const trimmed = written.replace(/^\ufeff/, '').trim();
  if (trimmed === '') return null;
  let value: unknown;
  try {
    value = JSON.parse(trimmed);
  } catch {
    throw new BadRow(file, line, 'not JSON');
  }
  const parsed = Line.safeParse(value);
  if (!parsed.success) throw new BadRow(file, line, whyUnread(value));
  const { text, label } = parsed.data;
  return { text, label: Array.isArray(label) ? label.join(',') : String(label) };
}

/** @throws BadRow, or the file system's own error */
export async function readRows(file: string): Promise<Row[]> {
  const rows: Row[] = [];
  let number = 0;
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity });
  for await (const line of lines) {
    number += 1;
    const row = parseRow(line, file, number);
    if (row !== null) rows.push(row);
  }
  return rows;
}
