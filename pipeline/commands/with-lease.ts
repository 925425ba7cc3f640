import type { Clock } from '../ports/clock.ts';
import type { Lease, LeaseStore } from '../ports/lease.ts';

export interface WithLeasePorts {
  leases: LeaseStore;
  clock: Pick<Clock, 'now'>;
  /** Calls `run` once after `delayMs`. @returns cancels it. Real time unless a test brings its own. */
  after?: (delayMs: number, run: () => void) => () => void;
}

export interface WithLeaseOptions {
  name: string;
  /** Unlike any other that may ask at the same time: the holder gets its own lease again, and would work twice. */
  owner: string;
  /** How long others wait for a holder that died; renewed three times as often. */
  ttlMs: number;
  /** Stops the work from outside. */
  signal?: AbortSignal;
}

const realAfter = (delayMs: number, run: () => void) => {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
};

/**
 * Does `work` while holding a lease, which is renewed meanwhile and given back at the end, also after a failure. The work's
 * signal is aborted when the lease was lost: another took it, or it ran out on our clock because no renewal came through.
 * What the work writes should be fenced by `lease.token` all the same: a process may stand still between two instructions.
 * @returns what the work returns, also after a loss; null while another holds the lease
 */
export async function withLease<T>(
  ports: WithLeasePorts,
  { name, owner, ttlMs, signal }: WithLeaseOptions,
  work: (lease: Lease, signal: AbortSignal) => Promise<T>,
): Promise<T | null> {
  const { leases, clock } = ports;
  const lease = await leases.acquire(name, owner, clock.now(), ttlMs);
  if (lease === null) return null;
  const stop = new AbortController();
  // By hand: `AbortSignal.any` keeps a trace in a signal that lives as long as the process.
  const onAbort = () => stop.abort(signal?.reason);
  if (signal?.aborted === true) onAbort();
  signal?.addEventListener('abort', onAbort, { once: true });
  const stopKeeping = keepLease(ports, { lease, owner, ttlMs }, (why) =>
    stop.abort(new Error(`the lease ${name} was lost: ${why}`)),
  );
  try {
    return await work(lease, stop.signal);
  } finally {
    signal?.removeEventListener('abort', onAbort);
    stopKeeping();
    // What cannot be given back runs out by itself, and must not hide what became of the work.
    await leases.release(lease, owner).catch(() => {});
  }
}

/** Renews until stopped or lost. An answer that never comes is no renewal: the end is watched apart. @returns stops it */
function keepLease(
  { leases, clock, after = realAfter }: WithLeasePorts,
  { lease, owner, ttlMs }: { lease: Lease; owner: string; ttlMs: number },
  onLost: (why: string) => void,
): () => void {
  let held = true;
  let cancelEnd = () => {};
  let cancelRenewal = () => {};
  const stop = () => {
    held = false;
    cancelEnd();
    cancelRenewal();
  };
  const lose = (why: string) => {
    if (!held) return;
    stop();
    onLost(why);
  };
  const watchEnd = ({ expiresAt }: Lease) => {
    cancelEnd();
    const leftMs = Math.max(0, Date.parse(expiresAt) - Date.parse(clock.now()));
    cancelEnd = after(leftMs, () => lose('it ran out before it could be renewed'));
  };
  const renewLater = () => {
    cancelRenewal = after(ttlMs / 3, () => void renew());
  };
  const renew = async () => {
    try {
      const renewed = await leases.renew(lease, owner, clock.now(), ttlMs);
      if (!held) return;
      if (renewed === null) return lose('another holds it, or it ran out');
      watchEnd(renewed);
    } catch {
      // A store that cannot be reached just now is no loss: the lease still runs, and its end is watched.
    }
    if (held) renewLater();
  };
  watchEnd(lease);
  renewLater();
  return stop;
}
