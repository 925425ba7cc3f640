import pino, { type DestinationStream, type Logger } from 'pino';
import { reportError } from './domain/error-report.ts';

/** Written before the caller goes on: what the relay has told the log must not be lost with a killed process. */
const stderr = () => pino.destination({ dest: 2, sync: true });

/**
 * JSON lines on stderr. An error is logged as `err`, and only what may be told of it is written: never a document, never a
 * text.
 */
export function buildLogger(level: string, destination: DestinationStream = stderr()): Logger {
  // Under `error` stands a name, where it was reported already.
  const report = (value: unknown) => (value instanceof Error ? reportError(value) : value);
  const serializers = { err: (value: unknown) => reportError(value), error: report };
  return pino({ level, base: null, serializers }, destination);
}
