/** Supervisors wait thirty seconds before they kill; better to say what happened before that. */
const graceMs = 25_000;

export interface StopWatch {
  /** Aborted by the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  /** What a shell expects of a command that was cut off; null while nobody asked. */
  exitCode(): 130 | 143 | null;
  /** From now on a signal ends the process at once. */
  release(): void;
}

/**
 * Watches for Ctrl-C and for a supervisor that asks to end. A second signal ends at once, and so does a stop that takes too
 * long. The listeners stay until released: libraries that watch signals too would otherwise take the first one for unheard and
 * kill the process in the middle of stopping.
 */
export function watchStopSignals(): StopWatch {
  const stop = new AbortController();
  let exitCode: 130 | 143 | null = null;
  let impatience: NodeJS.Timeout | undefined;
  const onSignal = (signal: NodeJS.Signals) => {
    if (exitCode !== null) process.exit(exitCode);
    exitCode = signal === 'SIGINT' ? 130 : 143;
    impatience = setTimeout(endImpatiently, graceMs).unref();
    stop.abort(new Error('stopped by hand'));
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: stop.signal,
    exitCode: () => exitCode,
    release: () => {
      clearTimeout(impatience);
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}

/** Resolves when the process is asked to end. Until then it is kept alive, whatever servers are away. */
export function untilAskedToStop({ signal } = watchStopSignals()): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((settle) => {
    const alive = setInterval(() => {}, 2 ** 30);
    signal.addEventListener('abort', () => {
      clearInterval(alive);
      settle();
    });
  });
}

function endImpatiently(): void {
  process.stderr.write(`guanlan: still not stopped after ${graceMs / 1000} s; ended\n`);
  process.exit(1);
}
