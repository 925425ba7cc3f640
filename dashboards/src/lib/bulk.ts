import { t } from '../i18n/t.ts';
import type { BulkHindrance, UndoHindrance } from './codes.ts';

/** Why a case that was picked stays as it is. */
export const hindranceLabels: Record<BulkHindrance, string> = {
  'not-found': t('queue.notYours'),
  referred: t('queue.referredToSafety'),
  'other-queue': t('queue.notInQueue'),
  'one-by-one': t('queue.oneByOne'),
  decided: t('queue.alreadyDecided'),
  changed: t('queue.changedSince'),
  held: t('queue.held'),
  'not-permitted': t('queue.roleNotPermitted'),
};

export const undoHindranceLabels: Record<UndoHindrance, string> = {
  'not-found': t('queue.notYours'),
  referred: t('queue.referredToSafety'),
  'not-in-bulk': t('queue.notInBulk'),
  superseded: t('queue.superseded'),
  closed: t('app.closedState'),
  'not-permitted': t('queue.undoNotPermitted'),
  changed: t('queue.justChanged'),
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
