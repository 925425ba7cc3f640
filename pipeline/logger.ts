import pino, { type DestinationStream, type Logger } from 'pino';
import { reportError } from './domain/error-report.ts';

/**
 * JSON lines on stderr. An error is logged as `err`, and only what may be told of it is written: never a document, never a
 * text.
 */
export function buildLogger(level: string, destination: DestinationStream = pino.destination(2)): Logger {
  const report = (value: unknown) => (value instanceof Error ? reportError(value) : value);
  return pino({ level, base: null, serializers: { err: report, error: report } }, destination);
}
