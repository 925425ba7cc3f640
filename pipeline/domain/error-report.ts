import { GuanlanError } from './errors.ts';

/** What may be written down of an error: no text of anybody, wherever the error came from. */
export interface ErrorReport {
  error: string;
  code?: string | number;
  message?: string;
  /** Only our own code's places. */
  stack?: string[];
  cause?: ErrorReport;
}

const messageLength = 300;
const framesKept = 12;
const causesKept = 3;

/** Errors whose message may quote what was being read or written: parsers, and databases that refuse a document. */
const quotingNames = /^(SyntaxError|\$?ZodError|SqliteError|BSON\w*|Mongo\w*|ReplyError)$/;
/** What drivers say of the way to their server quotes nothing but its address, and an operator needs it. */
const connectionNames = /^Mongo(Network|ServerSelection|Topology|PoolCleared|NotConnected)\w*$/;

function mayQuote({ name }: Error): boolean {
  return quotingNames.test(name) && !connectionNames.test(name);
}

function codeOf(error: Error): string | number | undefined {
  const code: unknown = 'code' in error ? error.code : undefined;
  return typeof code === 'string' || typeof code === 'number' ? code : undefined;
}

/** Passwords of addresses in a message, such as a driver's that could not connect. */
function withoutPasswords(message: string): string {
  return message.replace(/(\w+:\/\/)[^\s/@]*@/g, '$1***@');
}

/** In a line, for a person: as little as a report tells. */
export function describeError(error: unknown): string {
  const { error: name, code, message } = reportError(error);
  return message === undefined
    ? [name, code].filter((part) => part !== undefined).join(' ')
    : `${name}: ${message}`;
}

/**
 * Lists what may be told, and leaves out everything else: drivers hang whole documents on their errors (`errInfo`,
 * `writeErrors`), and a parser's message quotes its input.
 */
export function reportError(error: unknown, depth = 0): ErrorReport {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = codeOf(error);
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  const report: ErrorReport = { error: error.name };
  if (code !== undefined) report.code = code;
  if (!mayQuote(error)) report.message = withoutPasswords(error.message).slice(0, messageLength);
  if (!(error instanceof GuanlanError)) report.stack = frames.slice(0, framesKept);
  if (error.cause !== undefined && depth < causesKept) report.cause = reportError(error.cause, depth + 1);
  return report;
}
