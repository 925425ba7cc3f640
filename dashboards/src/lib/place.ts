import type { Action, QueueName } from './codes.ts';
import { queueOrder } from './labels.ts';
import { isPageName, mayOpen, type PageName } from './pages.ts';

/** A page beside the workbench as the address names it, with the one thing that is open on it, if one is. */
export interface Page {
  name: PageName;
  id: string | null;
}

/** `#/leads`, `#/channels/<id>`, what stands after a `?` aside; anything else is the workbench, which reads the rest of the address itself (`parsePlace`). */
export function parsePage(hash: string): Page {
  const [path = ''] = hash.replace(/^#/, '').split('?');
  const [, name = '', ...rest] = path.split('/');
  if (!isPageName(name) || name === 'workbench') return { name: 'workbench', id: null };
  const id = rest.join('/');
  return { name, id: /^[\w.:-]+$/.test(id) ? id : null };
}

export function formatPage({ name, id }: Page): string {
  if (name === 'workbench') return '#/';
  return id === null ? `#/${name}` : `#/${name}/${id}`;
}

/** Whether the address names something, and nothing that whoever has these rights can open. The bare one is where one starts. */
export function isAstray(hash: string, actions: readonly Action[]): boolean {
  const [, name = ''] = hash.replace(/^#/, '').split('/');
  if (name === '') return false;
  const page = queueOrder.some((one) => one === name) ? 'workbench' : name;
  return !isPageName(page) || !mayOpen(page, actions);
}

/** Where one stands: kept in the address, so that the back key of a phone and a reload work. */
export interface Place {
  queue: QueueName | null;
  caseId: string | null;
}

/** `#/review` or `#/review/<case>`; anything else is nowhere. */
export function parsePlace(hash: string): Place {
  const [, queueText = '', ...rest] = hash.replace(/^#/, '').split('/');
  const queue = queueOrder.find((one) => one === queueText) ?? null;
  const caseText = rest.join('/');
  if (queue === null || caseText === '') return { queue, caseId: null };
  try {
    return { queue, caseId: decodeURIComponent(caseText) };
  } catch {
    return { queue, caseId: null };
  }
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
