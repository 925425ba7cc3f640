/** Aborted with `signal`, or when the time is over. By hand, because `AbortSignal.any` keeps a trace in a long-lived signal. */
export function limitTime(signal: AbortSignal, totalMs: number): { signal: AbortSignal; release(): void } {
  const own = new AbortController();
  const onAbort = () => own.abort(signal.reason);
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  const timer = setTimeout(() => own.abort(new Error('time limit')), totalMs);
  const release = () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  };
  return { signal: own.signal, release };
}

/** Lets go of work that others wait for too: it goes on, the caller does not wait for it. */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  // Let go of before anybody listens, its failure is nobody's; unheard, it would end the process.
  work.catch(() => {});
  signal.throwIfAborted();
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
