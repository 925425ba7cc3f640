import type { Announcement } from '../../../pipeline/ports/announcer.ts';

/** A claim was taken or freed: no fact to keep, so that it goes past the outbox, and whoever misses it sees it at the next look. */
export function claimed(caseId: string): Announcement {
  return { topic: 'case.claimed', subject: caseId };
}
