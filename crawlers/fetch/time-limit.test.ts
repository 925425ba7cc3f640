import { once } from 'node:events';
import { expect, it, vi } from 'vitest';
import { untilAborted } from './time-limit.ts';

it('work let go of by a signal that was aborted before may fail unheard', async () => {
  const unheard = vi.fn();
  process.prependListener('unhandledRejection', unheard);
  try {
    const work = Promise.reject(new Error('late'));
    await expect(untilAborted(work, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
    // Node tells of what nobody heard before it runs what is due next.
    const { port1, port2 } = new MessageChannel();
    port1.postMessage(null);
    await once(port2, 'message');
    port1.close();
    expect(unheard).not.toHaveBeenCalled();
  } finally {
    process.off('unhandledRejection', unheard);
  }
});
