import type { QueueName } from './codes.ts';
import { queueOrder } from './labels.ts';

/** The pages beside the workbench, as the address names them. */
export type Page = { name: 'workbench' } | { name: 'leads' } | { name: 'channels'; channelId: string | null };

/** `#/leads`, `#/channels` or `#/channels/<id>`; anything else is the workbench. */
export function parsePage(hash: string): Page {
  const [, name = '', ...rest] = hash.replace(/^#/, '').split('/');
  if (name === 'leads') return { name };
  if (name !== 'channels') return { name: 'workbench' };
  const id = rest.join('/');
  return { name, channelId: /^[a-z0-9-]+$/.test(id) ? id : null };
}

export function formatPage(page: Page): string {
  if (page.name === 'workbench') return '#/';
  if (page.name === 'leads' || page.channelId === null) return `#/${page.name}`;
  return `#/channels/${page.channelId}`;
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
