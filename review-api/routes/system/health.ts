import { askInTime } from '../../../pipeline/commands/ask-in-time.ts';
import { RetryLater } from '../../../pipeline/domain/errors.ts';
import type { Handler } from '../../http/call.ts';

const askAgainMs = 5000;

export const checkHealth: Handler<'checkHealth'> = async () => ({ status: 'ok' });

/**
 * What the pages need: the store. Without the queue they work on.
 * @throws RetryLater when the store doesn't answer within two seconds
 */
export const checkReady: Handler<'checkReady'> = async ({ deps }) => {
  if ((await askInTime(() => deps.stores.settings.readVersion())) === null) {
    throw new RetryLater(askAgainMs, 'the store does not answer');
  }
  return { status: 'ok' };
};
