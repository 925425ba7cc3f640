/** Supervisors wait thirty seconds before they kill; better to say what happened before that. */
const graceMs = 25_000;

/**
 * Calls `onFirst` at Ctrl-C or when a supervisor asks to end. A second signal ends at once, and so does a stop that takes too
 * long. The listeners stay: libraries that watch signals too would otherwise take the first one for unheard and kill the
 * process in the middle of stopping. Until then, the process is kept alive, whatever servers are away.
 */
export function onAskedToStop(onFirst: () => void): void {
  const alive = setInterval(() => {}, 2 ** 30);
  let asked = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (asked) process.exit(signal === 'SIGINT' ? 130 : 143);
    asked = true;
    clearInterval(alive);
    const impatient = setTimeout(() => {
      process.stderr.write(`guanlan: still not stopped after ${graceMs / 1000} s; ended\n`);
      process.exit(1);
    }, graceMs);
    impatient.unref();
    onFirst();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}

export function untilAskedToStop(): Promise<void> {
  return new Promise((settle) => onAskedToStop(settle));
}
