/** How much of an ordinary working day's remarks is written in each hour, on a Shanghai clock: breakfast, noon, supper, lights-out at eleven. */
const workingHours = [
  0.5, 0.25, 0.12, 0.06, 0.05, 0.08, 0.35, 1.1, 1.0, 0.8, 0.9, 1.3, 2.2, 1.4, 0.8, 0.8, 0.9, 1.5, 2.1, 1.6,
  1.6, 2.0, 2.6, 1.5,
];
/** Later in the morning, longer at night, and less. */
const freeHours = [
  0.9, 0.5, 0.25, 0.12, 0.06, 0.06, 0.12, 0.35, 0.6, 0.9, 1.2, 1.4, 1.7, 1.4, 1.1, 1.0, 1.0, 1.2, 1.5, 1.4,
  1.5, 1.7, 2.1, 1.6,
];

const total = workingHours.reduce((sum, each) => sum + each, 0);

/** @returns a share of an ordinary working day: a free day's twenty-four come to less than 1 */
export function shareOfHour(hour: number, isFree: boolean): number {
  return ((isFree ? freeHours : workingHours)[hour] ?? 0) / total;
}

const most = Math.max(...workingHours) / total;

/** How likely somebody is awake to write, in (0, 1]. */
export function wakefulness(hour: number, isFree: boolean): number {
  return Math.max(0.02, shareOfHour(hour, isFree) / most);
}
