import { reportError } from './error-report.ts';
import { RetryLater } from './errors.ts';

const mongoDiskFull = 14031;

/**
 * An error in English for a terminal or a log. A server that is away is named with its driver's reason: what RetryLater says
 * itself is for the office's screens.
 */
export function describeForOperator(error: unknown): string {
  if (error instanceof RetryLater && error.cause instanceof Error) return describeServer(error.cause);
  if (isLostConnection(error)) return describeServer(error);
  return error instanceof Error ? error.message : 'unknown failure';
}

/** A driver's word that nobody has translated, as while a process starts. */
export function isLostConnection(error: unknown): error is Error {
  return (
    error instanceof Error && /^Mongo(Network|ServerSelection|Topology|Pool|NotConnected)/.test(error.name)
  );
}

function describeServer(cause: Error): string {
  const { code, message } = reportError(cause);
  const why = message ?? (code === undefined ? cause.name : `${cause.name} ${code}`);
  if (!cause.name.startsWith('Mongo')) return why;
  return code === mongoDiskFull
    ? 'the disk of MongoDB is full; nothing was saved'
    : `MongoDB does not answer: ${why}`;
}
