import { compareIds } from './id-time.ts';

/** Of an address in the ledger, as much as tells which statuses are known. */
export interface KnownPage {
  url: string;
  role: string;
  state: string;
  fetchedAt: string | null;
}

export interface StatusFacts {
  /** When it was last asked for by itself; null if never. */
  askedAt: string | null;
}

/** The account's statuses that the ledger knows and that are not gone, newest first. */
export function knownStatuses(pages: readonly KnownPage[]): Map<string, StatusFacts> {
  const known = new Map<string, StatusFacts>();
  const gone = new Set<string>();
  for (const { url, role, state, fetchedAt } of pages) {
    const id = /[?&]id=(\d{10,20})(?:&|$)/.exec(url)?.[1];
    if (id === undefined || (role !== 'status' && role !== 'comments')) continue;
    if (state === 'gone') gone.add(id);
    const askedAt = role === 'status' ? fetchedAt : null;
    known.set(id, { askedAt: askedAt ?? known.get(id)?.askedAt ?? null });
  }
  for (const id of gone) known.delete(id);
  return new Map([...known].sort(([a], [b]) => compareIds(b, a)));
}
