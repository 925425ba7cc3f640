import { acquireServiceLock } from '../../pipeline/adapters/sqlite/service-lock.ts';

/** Holds the service lock of the folder named as argument until it is killed. */
try {
  acquireServiceLock(process.argv[2] ?? '');
  // The caller kept nothing of the lock: it must not be collected for that.
  globalThis.gc?.();
  process.stdout.write('locked\n');
  setInterval(() => {}, 60_000);
} catch (error) {
  process.stdout.write(`${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}\n`);
}
