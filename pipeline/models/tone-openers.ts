const list = (words: string): readonly string[] => words.trim().split(/\s+/);

/** What follows one of these, where it opens a clause, is what is meant. Words that turn anywhere are in the lexicon. */
export const turnsFirst: ReadonlySet<string> = new Set(
  list('可 只是 就是 结果 可惜 反倒 倒是 其实 实际 实际上 如今 现在 转头 不如 谁知 哪知 没想到 没成想 岂料'),
);

/** Clauses that open so are granted, past, supposed or somebody else's; they weigh this much when something follows. */
const asides: readonly (readonly [number, readonly string[]])[] = [
  [0.25, list('虽 虽然 虽说 尽管 即使 即便 就算 哪怕 固然 纵然')],
  [0.1, list('除了 除去 抛开 撇开')],
  [0.05, list('与其 与其说 与其说是')],
  [0.2, list('要不是 如果 如果不是 要是 假如 只要 若是')],
  [0.25, list('以前 原来 原本 本来 本以为 起初 一开始 刚来 过去 当初 从前 早上 去年')],
  [0.3, list('网上 别人 有人 有些人 宣传 宣传册 标语 说好 说是 说得好听')],
  [-0.5, list('外面 别处 别家 别的')],
];
export const asideOf: ReadonlyMap<string, number> = new Map(
  asides.flatMap(([share, words]) => words.map((word) => [word, share] as const)),
);
