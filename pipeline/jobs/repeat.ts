import { setTimeout } from 'node:timers/promises';

const tellEvery = 10;

export interface Repeating {
  /** Waits for the run that is under way. */
  stop(): Promise<void>;
}

/**
 * Runs `task` at once and then again and again, `pauseMs` after each end, whatever became of it.
 * @param onError told of a failure, and of every tenth of a row: a server that is away is not news every second
 */
export function startRepeating(
  name: string,
  pauseMs: number,
  task: (signal: AbortSignal) => Promise<unknown>,
  onError: (name: string, error: unknown) => void,
): Repeating {
  const stopping = new AbortController();
  let failures = 0;
  const loop = async () => {
    while (!stopping.signal.aborted) {
      try {
        await task(stopping.signal);
        failures = 0;
      } catch (error) {
        if (stopping.signal.aborted) break;
        failures += 1;
        if (failures % tellEvery === 1) onError(name, error);
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
