import pino, { type DestinationStream, type Logger } from 'pino';
import { reportError } from './domain/error-report.ts';

/**
 * JSON lines on stderr. An error is logged as `err`, and only what may be told of it is written: never a document, never a
 * text.
 */
export function buildLogger(level: string, destination: DestinationStream = pino.destination(2)): Logger {
  // Under `error` stands a name, where it was reported already.
  const report = (value: unknown) => (value instanceof Error ? reportError(value) : value);
  const serializers = { err: (value: unknown) => reportError(value), error: report };
  return pino({ level, base: null, serializers }, destination);
}
