import type { BulkHindrance, UndoHindrance } from './codes.ts';

/** Why a case that was picked stays as it is. */
export const hindranceLabels: Record<BulkHindrance, string> = {
  'not-found': '已不在您的查看范围',
  referred: '已转安全值班',
  'other-queue': '已不在您的队列',
  'one-by-one': '涉及人身安全或个人隐私，须逐条处理',
  decided: '已处理过',
  changed: '您看过之后又有变化',
  held: '另一位同事正在处理',
  'not-permitted': '您的角色不能作出这个处理意见',
};

export const undoHindranceLabels: Record<UndoHindrance, string> = {
  'not-found': '已不在您的查看范围',
  referred: '已转安全值班',
  'not-in-bulk': '不在这一批',
  superseded: '之后另有处理或已重新打开',
  closed: '已办结',
  'not-permitted': '只有处理人或宣传部负责人可以撤销',
  changed: '刚有变化，请单独处理',
};

/** Counts by their words, the most frequent first. */
export function countWhy<T extends string>(
  whys: readonly (T | null)[],
  labels: Record<T, string>,
): { label: string; count: number }[] {
  const counts = new Map<T, number>();
  for (const why of whys) if (why !== null) counts.set(why, (counts.get(why) ?? 0) + 1);
  return [...counts].map(([why, count]) => ({ label: labels[why], count })).sort((a, b) => b.count - a.count);
}

/**
 * The picked ids after one more click: on `id` alone, or on everything between it and the last one clicked, which then all become
 * what that one is.
 */
export function pick(
  ids: readonly string[],
  picked: ReadonlySet<string>,
  { id, anchor, limit }: { id: string; anchor: string | null; limit: number },
): Set<string> {
  const next = new Set(picked);
  const from = anchor === null ? -1 : ids.indexOf(anchor);
  const to = ids.indexOf(id);
  if (from < 0 || to < 0) {
    if (!next.delete(id) && next.size < limit) next.add(id);
    return next;
  }
  const isOn = picked.has(anchor ?? '');
  for (const one of ids.slice(Math.min(from, to), Math.max(from, to) + 1)) {
    if (!isOn) next.delete(one);
    else if (next.size < limit) next.add(one);
  }
  return next;
}

/** What is sent at once, so that a lost connection costs little and progress is to be seen. */
export function inChunks<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}
