import { type Chance, pickBy } from './chance.ts';
import type { Growth } from './invented-matter.ts';
import { wakefulness } from './rhythm.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Of a slow one, by the day since it began. */
const slowDays = [0.5, 1, 1.6, 2.3, 3.2, 4.2, 5, 5.4, 5, 2.6, 1.2, 0.6];

const isAwake = (at: number, chance: Chance): boolean =>
  chance() < wakefulness(Math.floor(at / hourMs + 8) % 24, false);

/** Soon after it happened, less at night: a danger or a fault wakes some who would sleep. */
function suddenly(beganAt: number, chance: Chance): number {
  for (;;) {
    const after = -Math.log(1 - chance()) * 7 * hourMs;
    const at = beganAt + after;
    if (after < 2 * dayMs && (isAwake(at, chance) || chance() < 0.25)) return at;
  }
}

function slowly(beganAt: number, chance: Chance): number {
  const days = slowDays.map((weight, day) => ({ day, weight }));
  for (;;) {
    const at = beganAt + (pickBy(days, ({ weight }) => weight, chance).day + chance()) * dayMs;
    if (isAwake(at, chance)) return at;
  }
}

const timeBy: Record<Growth, (beganAt: number, chance: Chance) => number> = {
  sudden: suddenly,
  slow: slowly,
  'two-waves': (beganAt, chance) => suddenly(beganAt + (chance() < 0.55 ? 0 : 5 * dayMs), chance),
  small: (beganAt, chance) => beganAt + chance() * 4 * hourMs,
};

/** When each remark of a matter is written, oldest first, in milliseconds. */
export function matterTimes(
  growth: Growth,
  { beganAt, size }: { beganAt: number; size: number },
  chance: Chance,
): number[] {
  return Array.from({ length: size }, () => timeBy[growth](beganAt, chance)).sort((a, b) => a - b);
}
