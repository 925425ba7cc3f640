import type { Case, CaseEvent, CaseEventKind } from './case.ts';

/** What says nothing about the matter itself: whoever decides on the version before has still seen what there is to see. */
const harmless: readonly CaseEventKind[] = ['joined', 'reply-seen', 'noted', 'taken-over'];

/**
 * The version that a person may be taken to have seen: copies that joined since say nothing that the case did not say, nor does
 * a reply of our own, a colleague's note or another holder. Otherwise nobody could decide while people hand something on. A copy
 * that brought another queue has to be seen.
 * @param since events after the version seen, oldest first
 */
export function seenVersion(current: Case, version: number, since: readonly CaseEvent[]): number {
  const onlyHarmless = since.length > 0 && since.every(({ kind }) => harmless.includes(kind));
  const before = since[0]?.before;
  const sameQueues = before !== undefined && before.queues.length === current.queues.length;
  return onlyHarmless && sameQueues ? current.version : version;
}
