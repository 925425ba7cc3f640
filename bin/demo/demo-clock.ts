import { systemClock } from '../../pipeline/adapters/system-clock.ts';
import type { Clock } from '../../pipeline/ports/clock.ts';

/** The machine's time, some hours ago: a demo does the last hours' work before anybody looks. Never runs backwards. */
export class DemoClock implements Clock {
  readonly newId = systemClock.newId;
  private behindMs: number;

  constructor(behindMs: number) {
    this.behindMs = behindMs;
  }

  now(): string {
    return new Date(Date.now() - this.behindMs).toISOString();
  }

  /** @param behindMs less than before; 0 is the machine's time */
  catchUp(behindMs: number): void {
    this.behindMs = Math.min(this.behindMs, behindMs);
  }
}
