import { setTimeout } from 'node:timers/promises';

export interface Repeating {
  /** Waits for the run that is under way. */
  stop(): Promise<void>;
}

/** Runs `task` at once and then again and again, `pauseMs` after each end, whatever became of it. */
export function startRepeating(
  name: string,
  pauseMs: number,
  task: (signal: AbortSignal) => Promise<unknown>,
  onError: (name: string, error: unknown) => void,
): Repeating {
  const stopping = new AbortController();
  const loop = async () => {
    while (!stopping.signal.aborted) {
      try {
        await task(stopping.signal);
      } catch (error) {
        if (!stopping.signal.aborted) onError(name, error);
      }
      await setTimeout(pauseMs, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
    }
  };
  const ended = loop();
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}
