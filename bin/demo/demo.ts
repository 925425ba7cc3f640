import type { Context } from '../../pipeline/context.ts';
import type { Campus } from '../../test/campus/campus.ts';
import type { DemoClock } from './demo-clock.ts';
import type { DemoChannels } from './demo-seeds.ts';

/** A context, the campus that stands for the platforms, and the channels that are read. */
export interface Demo {
  context: Context;
  clock: DemoClock;
  campus: Campus;
  channels: DemoChannels;
  /** What people bring in the weeks before, oldest first. */
  leads: readonly { at: string; text: string }[];
  say: (line: string) => void;
}
