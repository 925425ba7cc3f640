import { isUtf8 } from 'node:buffer';
import { once } from 'node:events';
import { z } from 'zod';
import type { CheckStage } from '../../pipeline/checks/check-stage.ts';
import { runChecks } from '../../pipeline/checks/run-checks.ts';
import type { CheckFinding, CheckInput } from '../../pipeline/domain/check.ts';
import { Declarations, Genre } from '../../pipeline/domain/draft-content.ts';
import { type ByteLine, LineSplitter } from './read-lines.ts';

/** What a check from the command line is told of the draft beside its text. */
export interface CheckSetting {
  /** For which it is judged, YYYY-MM-DD. */
  day: string;
  genre: Genre;
}

const maxTextUnits = 2_000_000;
/** A text of that length with every unit escaped, and room for the rest. */
const maxLineBytes = 16_000_000;

const Line = z.object({ text: z.string(), genre: Genre.optional(), day: z.iso.date().optional() });

/** A text by itself, as if it were the body of a draft about which nothing else is known. */
export function plainInput(body: string, { day, genre }: CheckSetting): CheckInput {
  const source = { kind: 'original' as const, from: null, url: null };
  const nothing = { links: [], linkReports: [], images: [], attachments: [] };
  return { title: '', body, genre, day, source, declarations: Declarations.parse({}), ...nothing };
}

/** One finding as it is printed; offsets count UTF-16 code units of the text that was given. */
export function presentFinding({
  place,
  category,
  level,
  text,
  suggestion,
  message,
  rule,
  stage,
  version,
}: CheckFinding) {
  const { start, end } = place;
  return { category, level, start, end, text, suggestion, message, rule: `${stage}.${rule}`, version };
}

interface CheckedLine {
  /** JSON without line end; null for a blank line. */
  output: string | null;
  failed: boolean;
}

function refuse(id: unknown, code: string, message: string): CheckedLine {
  return { output: JSON.stringify({ id, error: { code, message } }), failed: true };
}

function checkRecord(stages: readonly CheckStage[], record: object, setting: CheckSetting): CheckedLine {
  const id = 'id' in record ? record.id : undefined;
  if (!('text' in record) || record.text === null) return refuse(id, 'missing-text', '"text" is required');
  if (typeof record.text === 'string' && record.text.length > maxTextUnits) {
    const message = `"text" has ${record.text.length} UTF-16 units; at most ${maxTextUnits} are checked`;
    return refuse(id, 'too-large', message);
  }
  const parsed = Line.safeParse(record);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refuse(id, 'invalid-input', `"${issue?.path.join('.') ?? ''}": ${issue?.message ?? 'not valid'}`);
  }
  const { text, genre = setting.genre, day = setting.day } = parsed.data;
  const { findings, unchecked } = runChecks(stages, plainInput(text, { genre, day }));
  // There is no form to fill in, so nothing is asked about it.
  const inText = findings.filter(({ place }) => place.part === 'body');
  const said = { id, findings: inText.map(presentFinding), ...(unchecked.length > 0 ? { unchecked } : {}) };
  return { output: JSON.stringify(said), failed: false };
}

function parseLine(line: ByteLine): { record: object } | { code: string; message: string } | null {
  if ('tooLong' in line) return { code: 'too-large', message: `longer than ${maxLineBytes} bytes` };
  if (!isUtf8(line.bytes)) return { code: 'invalid-encoding', message: 'not UTF-8; convert the file first' };
  const written = line.bytes
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trim();
  if (written === '') return null;
  try {
    const record: unknown = JSON.parse(written);
    if (typeof record === 'object' && record !== null && !Array.isArray(record)) return { record };
    return { code: 'invalid-json', message: 'not a JSON object' };
  } catch (error) {
    return { code: 'invalid-json', message: error instanceof Error ? error.message : String(error) };
  }
}

/** Checks one line, or says what is wrong with it. */
function checkLine(
  stages: readonly CheckStage[],
  line: ByteLine,
  { setting, lineNumber }: { setting: CheckSetting; lineNumber: number },
): CheckedLine {
  const parsed = parseLine(line);
  if (parsed === null) return { output: null, failed: false };
  if ('code' in parsed) return refuse(undefined, parsed.code, `line ${lineNumber}: ${parsed.message}`);
  return checkRecord(stages, parsed.record, setting);
}

interface LineStreams {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
  signal: AbortSignal;
}

/** Checks a stream of lines in the order read, one at a time. @returns how many could not be checked */
export async function checkLines(
  stages: readonly CheckStage[],
  setting: CheckSetting,
  { input, output, signal }: LineStreams,
): Promise<number> {
  const splitter = new LineSplitter(maxLineBytes);
  let lineNumber = 0;
  let failures = 0;
  const write = async (lines: Iterable<ByteLine>): Promise<void> => {
    for (const line of lines) {
      lineNumber += 1;
      const { output: said, failed } = checkLine(stages, line, { setting, lineNumber });
      if (failed) failures += 1;
      if (signal.aborted) return;
      if (said !== null && !output.write(`${said}\n`)) await drained(output, signal);
    }
  };
  for await (const chunk of input) {
    await write(splitter.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk));
    if (signal.aborted) return failures;
  }
  await write(splitter.flush());
  return failures;
}

async function drained(output: NodeJS.WritableStream, signal: AbortSignal): Promise<void> {
  await once(output, 'drain', { signal }).catch((error: unknown) => {
    if (!(error instanceof Error && error.name === 'AbortError')) throw error;
  });
}
