import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { InvalidInput } from '../pipeline/domain/errors.ts';

/** A seed file that was refused: file, line, field, what is wrong, and how to put it right. */
class InvalidSeed extends InvalidInput {
  readonly file: string;
  readonly line: number;
  constructor(at: { file: string; line: number; field: string }, message: string, hint?: string) {
    const tail = hint === undefined ? '' : ` (${hint})`;
    super(at.field, `${at.file}:${at.line}: ${at.field}: ${message}${tail}`, hint);
    this.file = at.file;
    this.line = at.line;
  }
}

type Issue = z.core.$ZodIssue;

function hintFor(issue: Issue): string | undefined {
  if (issue.code === 'unrecognized_keys') return 'no such field; check its spelling';
  if (issue.code === 'invalid_value') return `one of: ${issue.values.join(', ')}`;
  if (issue.code === 'invalid_union') return unionHint(issue);
  if (issue.code === 'invalid_format' && issue.format === 'date')
    return 'a day as 2026-09-01, in quotes or plain';
  if (issue.code === 'invalid_format' && issue.format === 'url')
    return 'a full address with http:// or https://';
  if (issue.code === 'invalid_type') return typeHints[issue.expected];
  if (issue.code === 'too_small')
    return `at least ${issue.minimum}${issue.origin === 'array' ? ' of them' : ''}`;
  if (issue.code === 'too_big') return `at most ${issue.maximum}`;
  return undefined;
}

const typeHints: Record<string, string> = {
  boolean: 'true or false',
  array: 'a list: in [ ], or on lines that begin with -',
  object: 'fields with a colon, indented below this one',
  string: 'a text; put it in quotes if it looks like a number',
  int: 'a whole number',
};

/** Of several forms that a value may take, the values that one of them would have allowed. */
function unionHint(issue: Extract<Issue, { code: 'invalid_union' }>): string {
  const wanted = issue.errors.flat().find((inner) => inner.code === 'invalid_value');
  if (wanted?.code === 'invalid_value') return `${wanted.path.join('.')}: one of ${wanted.values.join(', ')}`;
  return 'the value of `kind` or `target` decides which fields are needed';
}

export interface SeedFile<T> {
  name: string;
  body: T;
  /** For a complaint about something that the schema cannot see. */
  refuse(path: readonly PropertyKey[], message: string, hint?: string): never;
  /** Of the deepest field on the path that exists. */
  lineOf(path: readonly PropertyKey[]): number;
}

/**
 * Reads one YAML file and checks it.
 * @param name how messages call the file, relative to the seed folder
 * @throws InvalidSeed for the first thing that is wrong
 */
export function parseSeedFile<T>(path: string, name: string, schema: z.ZodType<T>): SeedFile<T> {
  const lines = new LineCounter();
  const document = parseDocument(readText(path, name), {
    lineCounter: lines,
    prettyErrors: false,
    schema: 'core',
  });
  const [broken] = document.errors;
  if (broken !== undefined) {
    const line = lines.linePos(broken.pos[0]).line;
    throw new InvalidSeed(
      { file: name, line, field: 'YAML' },
      broken.message,
      'check indentation and quotes',
    );
  }
  const refuse = (field: readonly PropertyKey[], message: string, hint?: string): never => {
    const line = findLine(document, lines, field);
    throw new InvalidSeed({ file: name, line, field: field.join('.') || 'file' }, message, hint);
  };
  const parsed = schema.safeParse(toValue(document, name) ?? {});
  const lineOf = (field: readonly PropertyKey[]) => findLine(document, lines, field);
  if (parsed.success) return { name, body: parsed.data, refuse, lineOf };
  // A misspelt field is reported as such, not as the one that is missing for it.
  const { issues } = parsed.error;
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  if (issue === undefined) return refuse([], 'not valid');
  const field = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
  return refuse(field, issue.message, hintFor(issue));
}

/** @throws InvalidSeed for an alias that leads nowhere or round in a circle */
function toValue(document: ReturnType<typeof parseDocument>, name: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    const at = { file: name, line: 1, field: 'YAML' };
    throw new InvalidSeed(at, messageOf(error), 'write the value out instead of using & and *');
  }
}

function readText(path: string, name: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new InvalidSeed({ file: name, line: 1, field: 'file' }, `cannot be read: ${messageOf(error)}`);
  }
  if (isUtf8(bytes)) return bytes.toString('utf8').replace(/^\ufeff/, '');
  const lines = bytes.toString('latin1').split('\n');
  const line = lines.findIndex((text) => !isUtf8(Buffer.from(text, 'latin1'))) + 1;
  throw new InvalidSeed({ file: name, line, field: 'file' }, 'is not UTF-8', 'save the file as UTF-8');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The line of the deepest field on the path that exists: a missing field is reported at its parent. */
function findLine(
  document: ReturnType<typeof parseDocument>,
  lines: LineCounter,
  path: readonly PropertyKey[],
): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = document.getIn(path.slice(0, length - 1), true);
    const last = path[length - 1];
    const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && key.value === last) : null;
    const node = pair?.key ?? document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range != null) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
