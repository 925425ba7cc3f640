import type { Handler } from '../../http/call.ts';

export const checkHealth: Handler<'checkHealth'> = async () => ({ status: 'ok' });

/** Throws, and so answers 5xx, when the store doesn't answer. */
export const checkReady: Handler<'checkReady'> = async ({ deps }) => {
  await deps.stores.settings.readVersion();
  return { status: 'ok' };
};
