import { isUtf8 } from 'node:buffer';
import { z } from 'zod';
import { Metrics, PostKind } from '../domain/post.ts';
import type { Judge } from '../stages/judge.ts';
import { presentVerdict } from './present-verdict.ts';

const maxTextUnits = 2_000_000;
/** A text of that length with every unit escaped, and room for the rest. */
export const maxLineBytes = 16_000_000;

const Line = z.object({
  text: z.string(),
  kind: PostKind.default('comment'),
  metrics: Metrics.default({}),
  publishedAt: z.string().nullish(),
});

export interface JudgedLine {
  /** JSON without line end; null for a blank line. */
  output: string | null;
  failed: boolean;
}

export interface LinePlace {
  /** From 1: for messages. */
  lineNumber: number;
  /** With the whole trail of every finding. */
  explain: boolean;
}

function refuse(id: unknown, code: string, message: string): JudgedLine {
  return { output: JSON.stringify({ id, error: { code, message } }), failed: true };
}

function parseJson(line: string): { value: unknown } | { message: string } {
  try {
    return { value: JSON.parse(line) };
  } catch (error) {
    return { message: error instanceof Error ? error.message : String(error) };
  }
}

function judgeRecord(judge: Judge, record: object, { lineNumber, explain }: LinePlace): JudgedLine {
  const id = 'id' in record ? record.id : undefined;
  const text = 'text' in record ? record.text : undefined;
  if (text === undefined || text === null)
    return refuse(id, 'missing-text', `line ${lineNumber}: "text" is required`);
  if (typeof text === 'string' && text.length > maxTextUnits) {
    const message = `line ${lineNumber}: "text" has ${text.length} UTF-16 units; at most ${maxTextUnits} are judged`;
    return refuse(id, 'too-large', message);
  }
  const parsed = Line.safeParse(record);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue === undefined ? '' : issue.path.join('.');
    return refuse(id, 'invalid-input', `line ${lineNumber}: "${field}": ${issue?.message ?? 'not valid'}`);
  }
  const { kind, metrics } = parsed.data;
  const verdict = judge.decide({ stored: parsed.data.text, kind, metrics, textVersion: 1 });
  return {
    output: JSON.stringify({
      id,
      ...presentVerdict(parsed.data.text, verdict, explain ? judge.explain : undefined),
    }),
    failed: false,
  };
}

/** The answer to a line that was too long to be kept. */
export function refuseLongLine(lineNumber: number): JudgedLine {
  return refuse(undefined, 'too-large', `line ${lineNumber}: longer than ${maxLineBytes} bytes`);
}

/** Judges one line, or says what is wrong with it. Never throws for any bytes. */
export function judgeLine(judge: Judge, line: Buffer, place: LinePlace): JudgedLine {
  const { lineNumber } = place;
  if (!isUtf8(line)) {
    return refuse(undefined, 'invalid-encoding', `line ${lineNumber}: not UTF-8; convert the file first`);
  }
  const written = line
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trim();
  if (written === '') return { output: null, failed: false };
  const parsed = parseJson(written);
  if ('message' in parsed) return refuse(undefined, 'invalid-json', `line ${lineNumber}: ${parsed.message}`);
  if (typeof parsed.value !== 'object' || parsed.value === null || Array.isArray(parsed.value)) {
    return refuse(undefined, 'invalid-json', `line ${lineNumber}: not a JSON object`);
  }
  try {
    return judgeRecord(judge, parsed.value, place);
  } catch (error) {
    const id = 'id' in parsed.value ? parsed.value.id : undefined;
    const message = error instanceof Error ? error.message : String(error);
    return refuse(id, 'judge-failed', `line ${lineNumber}: ${message}`);
  }
}
