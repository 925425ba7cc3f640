/** Supervisors wait thirty seconds before they kill; better to say what happened before that. */
const graceMs = 25_000;

/**
 * Resolves at Ctrl-C or when a supervisor asks to end. A second signal ends at once, and so does a stop that takes too long.
 * The listeners stay: libraries that watch signals too would otherwise take the first one for unheard and kill the process in
 * the middle of stopping. Until it is asked, the process is kept alive, whatever servers are away.
 */
export function untilAskedToStop(): Promise<void> {
  return new Promise((settle) => {
    const alive = setInterval(() => {}, 2 ** 30);
    let asked = false;
    const onSignal = (signal: NodeJS.Signals) => {
      if (asked) process.exit(signal === 'SIGINT' ? 130 : 143);
      asked = true;
      clearInterval(alive);
      setTimeout(endImpatiently, graceMs).unref();
      settle();
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
}

function endImpatiently(): void {
  process.stderr.write(`guanlan: still not stopped after ${graceMs / 1000} s; ended\n`);
  process.exit(1);
}
