/** A bar of a small chart: null was not read at all, and is hatched to the top; `isWhole` false was not read in full. */
export interface Bar {
  label: string;
  count: number | null;
  isWhole: boolean;
  /** What was to be expected of it. */
  expected?: number;
}

export interface DrawnBar {
  x: number;
  width: number;
  y: number;
  height: number;
  isHatched: boolean;
  label: string;
}

/** In percent of the drawing: x from the left, y from the top. */
export function drawBars(bars: readonly Bar[]): { bars: DrawnBar[]; expected: string; most: number } {
  const most = Math.max(1, ...bars.flatMap(({ count, expected }) => [count ?? 0, expected ?? 0]));
  const step = 100 / Math.max(1, bars.length);
  const heightOf = (value: number) => (value === 0 ? 0 : Math.max(2, (value / most) * 100));
  const drawn = bars.flatMap(({ label, count, isWhole }, at): DrawnBar[] => {
    const place = { x: at * step + step * 0.1, width: step * 0.8, label };
    const height = heightOf(count ?? 0);
    const solid = { ...place, y: 100 - height, height, isHatched: false };
    const gap = { ...place, y: 0, height: 100, isHatched: true };
    return [...(isWhole ? [] : [gap]), ...(height === 0 ? [] : [solid])];
  });
  const line = bars.flatMap(({ expected }, at) =>
    expected === undefined ? [] : [`${(at + 0.5) * step},${100 - (expected / most) * 100}`],
  );
  return { bars: drawn, expected: line.join(' '), most };
}

/** Every day from one to another, both included. */
export function daysFrom(first: string, last: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

/** As `2026-03-05` and 6: the day six days before. */
export const dayBefore = (day: string, days: number): string =>
  new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);
