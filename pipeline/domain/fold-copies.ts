/** One that is repeated says no more after so many times: one person's copies make no wave, and many who agree still weigh. */
const mostOfContent = 3;
/** So many different contents make a wave. */
export const leastContents = 3;

/** @returns how many items of each hour are further copies of what was said before, and how many different things were said */
export function foldCopies(items: readonly { hour: number; content: string }[]): {
  copies: Map<number, number>;
  contents: number;
} {
  const seen = new Map<string, number>();
  const copies = new Map<number, number>();
  for (const { hour, content } of [...items].sort((a, b) => a.hour - b.hour)) {
    const times = (seen.get(content) ?? 0) + 1;
    seen.set(content, times);
    if (times > mostOfContent) copies.set(hour, (copies.get(hour) ?? 0) + 1);
  }
  return { copies, contents: seen.size };
}
