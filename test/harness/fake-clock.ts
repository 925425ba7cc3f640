import type { Clock } from '../../pipeline/ports/clock.ts';

interface Alarm {
  atMs: number;
  run: () => void;
}

/**
 * Time that stands still until told otherwise, with ids that repeat from run to run: valid UUIDv7, growing, unique
 * within one clock. Two clocks of one test need different `seed`s, or their ids collide.
 */
export class FakeClock implements Clock {
  private nowMs: number;
  private issued = 0;
  private readonly seed: string;
  private readonly alarms = new Set<Alarm>();

  /** @param start ISO UTC @param seed 0–4095 */
  constructor(start = '2026-03-02T00:00:00.000Z', seed = 0) {
    this.nowMs = Date.parse(start);
    this.seed = seed.toString(16).padStart(3, '0').slice(-3);
  }

  now(): string {
    return new Date(this.nowMs).toISOString();
  }

  newId(): string {
    const time = this.nowMs.toString(16).padStart(12, '0');
    const count = (this.issued++).toString(16).padStart(15, '0');
    const tail = `${this.seed}-${count.slice(3)}`;
    return `${time.slice(0, 8)}-${time.slice(8)}-7${count.slice(0, 3)}-8${tail}`;
  }

  /** In the shape of the queue's timers: calls `run` when time has been moved so far. @returns cancels it */
  after(delayMs: number, run: () => void): () => void {
    const alarm = { atMs: this.nowMs + delayMs, run };
    this.alarms.add(alarm);
    return () => void this.alarms.delete(alarm);
  }

  /** Moves time on; alarms ring on the way, in their order. @returns the new now */
  advance(ms: number): string {
    const endMs = this.nowMs + ms;
    for (;;) {
      const next = [...this.alarms].sort((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined || next.atMs > endMs) break;
      this.alarms.delete(next);
      this.nowMs = Math.max(this.nowMs, next.atMs);
      next.run();
    }
    this.nowMs = endMs;
    return this.now();
  }
}
