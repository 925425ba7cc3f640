import { GuanlanError, InvalidInput } from '../pipeline/domain/errors.ts';
import { describeForOperator, isLostConnection } from '../pipeline/domain/failure-words.ts';

/** One line for a person at a terminal; a stack only for what nobody foresaw. */
export function describeFailure(error: unknown): string {
  if (error instanceof InvalidInput && error.hint !== undefined && !error.message.includes(error.hint)) {
    return `${error.message} (${error.hint})`;
  }
  if (error instanceof GuanlanError || isLostConnection(error)) return describeForOperator(error);
  if (error instanceof Error) {
    const code = 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') return `${error.message}. Another program uses this port; set GUANLAN_PORT.`;
    if (code === 'EACCES') return `${error.message}. Choose another port or folder.`;
    return error.stack ?? error.message;
  }
  return String(error);
}
