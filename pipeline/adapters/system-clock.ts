import { v7 } from 'uuid';
import type { Clock } from '../ports/clock.ts';

/** The machine's time. Ids grow within a process, also within one millisecond. */
export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  newId: () => v7(),
};
