/** Processor time of this process, in milliseconds: what other processes do at the same time says nothing about it. */
function processorMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The quickest of several: a pause for garbage says nothing about the growth either. */
function quickestMs(work: () => void, rounds: number): number {
  return Math.min(...Array.from({ length: rounds }, () => processorMs(work)));
}

const shortUnits = 40_000;
const times = 10;
/** Below this, in milliseconds, a figure is mostly noise. */
const leastMs = 5;

/**
 * How many times longer ten times the text takes: about 10 where time is linear, about 100 where it is quadratic.
 * @param work on a text that `shape` makes up by repetition
 */
export function growthOf(shape: string, work: (text: string) => void): number {
  const textOf = (units: number): string => shape.repeat(Math.ceil(units / shape.length));
  const short = textOf(shortUnits);
  const long = textOf(shortUnits * times);
  work(short);
  const shortMs = quickestMs(() => work(short), 3);
  return quickestMs(() => work(long), 2) / Math.max(shortMs, leastMs);
}

/** Between linear and quadratic, nearer to the latter. */
export const mostLinearGrowth = 50;
