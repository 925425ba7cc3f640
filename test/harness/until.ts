import { setImmediate } from 'node:timers/promises';

/**
 * Lets other work run until `condition` holds. For what has no promise to wait for; real time passes only while
 * something real works.
 * @throws after `timeoutMs`, naming what was waited for
 */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  timeoutMs = 5000,
): Promise<void> {
  const endMs = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > endMs) throw new Error(`Waited ${timeoutMs} ms in vain for: ${what}`);
    await setImmediate();
  }
}
