import type { QueueName } from './codes.ts';
import type { PageName } from './pages.ts';

/** A page beside the workbench as the address names it, with the one thing that is open on it, if one is. */
export interface Page {
  name: PageName;
  id: string | null;
}

/** @param query filters, a tab, a period: what `useAddressQuery` reads on that page */
export function formatPage({ name, id }: Page, query: Readonly<Record<string, string>> = {}): string {
  if (name === 'workbench') return '#/';
  const asked = new URLSearchParams(query).toString();
  return `#/${name}${id === null ? '' : `/${id}`}${asked === '' ? '' : `?${asked}`}`;
}

/** Where one stands: kept in the address, so that the back key of a phone and a reload work. */
export interface Place {
  queue: QueueName | null;
  caseId: string | null;
}

export function formatPlace(place: Place): string {
  if (place.queue === null) return '#/';
  return place.caseId === null ? `#/${place.queue}` : `#/${place.queue}/${encodeURIComponent(place.caseId)}`;
}

/** The neighbour in a list, `step` places on; null past either end. From outside the list, the first (or last). */
export function findNeighbour(ids: readonly string[], current: string | null, step: 1 | -1): string | null {
  const at = current === null ? -1 : ids.indexOf(current);
  if (at < 0) return (step === 1 ? ids[0] : ids[ids.length - 1]) ?? null;
  return ids[at + step] ?? null;
}

/** What to open when `gone` leaves the list: the one that follows, or the last one before the end. */
export function findSuccessor(ids: readonly string[], gone: string): string | null {
  const at = ids.indexOf(gone);
  if (at < 0) return ids[0] ?? null;
  return ids[at + 1] ?? ids[at - 1] ?? null;
}
