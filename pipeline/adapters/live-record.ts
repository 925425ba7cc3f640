import { z } from 'zod';
import {
  type ExplainLive,
  isOpen,
  type LiveMatch,
  LiveResult,
  type MetItem,
  openResults,
} from '../domain/live-match.ts';
import { normaliseLink } from '../domain/normal-link.ts';
import { expiresAt } from '../domain/retention-class.ts';
import { Instant } from '../domain/time.ts';
import type { NewAuditEntry } from '../ports/audit-log.ts';

/** What both stores find a record by. */
export function facetsOf(match: LiveMatch) {
  const { id, channelId, draftId, result, accessClass, changedAt, checkedAt } = match;
  return {
    ...{ id, channelId, draftId, result, accessClass, changedAt, open: isOpen(match) },
    expiresAt: expiresAt('publication', checkedAt) ?? checkedAt,
  };
}

/** What both stores find an item by. */
export function placeOf({ url, publishedAt }: MetItem, metAt: string) {
  return { address: normaliseLink(url), sortAt: publishedAt ?? metAt };
}

/** Whether the page says otherwise than when it was last met. */
export function saysOtherThan(before: MetItem, now: MetItem): boolean {
  const told = ({ contentHash, images, url, publishedAt }: MetItem) =>
    JSON.stringify([contentHash, images, url, publishedAt]);
  return told(before) !== told(now);
}

/** After the row that a page of the list ended with. */
export const LiveCursor = z.tuple([Instant, z.string()]);

export function buildLiveAudit(
  match: LiveMatch,
  command: ExplainLive,
  by: string,
  at: string,
): NewAuditEntry {
  const { id: subject, revision, result, channelId, draftId } = match;
  const payload = { revision, result, channelId, draftId, reason: command.reason };
  return { id: command.commandId, log: 'audit', at, actorId: by, action: 'live.answered', subject, payload };
}

/** By result, those without any included. */
export function fillCounts(found: readonly { result: string; count: number }[]): Record<LiveResult, number> {
  const counts = LiveResult.options.map((result): [LiveResult, number] => [
    result,
    openResults.includes(result) ? (found.find((one) => one.result === result)?.count ?? 0) : 0,
  ]);
  return Object.fromEntries(counts) as Record<LiveResult, number>;
}
