import type { DocketEntry, DocketFacts, DocketKind, DocketText } from '../../pipeline/domain/docket.ts';
import { openConsents } from '../../pipeline/domain/docket-consent.ts';
import type { Official } from '../../pipeline/domain/official.ts';
import { type Call, getSignedIn, type RouteDeps } from '../http/call.ts';

/** Whose move it is, with the appointments in which they act. */
export function getOfficial(call: Pick<Call, 'signedIn' | 'rights'>): {
  official: Official;
  rights: Call['rights'];
} {
  const { user, appointments } = getSignedIn(call);
  return { official: { id: user.id, appointments }, rights: call.rights };
}

type Directory = Pick<RouteDeps, 'directory'>;

/** Ids of colleagues, wherever they stand in the facts. */
const personKeys = new Set(['actorId', 'onBehalfOf', 'registeredBy', 'proposedBy', 'by', 'settledBy']);

function collectPeople(value: unknown, ids: Set<string>): void {
  if (Array.isArray(value)) for (const one of value) collectPeople(one, ids);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (personKeys.has(key) && typeof inner === 'string') ids.add(inner);
      else collectPeople(inner, ids);
    }
  }
}

export async function presentEntry<K extends DocketKind>(entry: DocketEntry<K>, { directory }: Directory) {
  const { id, number, version, openedAt, facts, moves } = entry;
  const ids = new Set<string>();
  collectPeople([facts, moves], ids);
  const named = [...ids].map(async (one) => ({ id: one, name: await directory.colleagueName(one) }));
  const names = new Map((await Promise.all(named)).map((one) => [one.id, one.name]));
  const nameOf = (one: string | null) => (one === null ? null : (names.get(one) ?? null));
  return {
    ...{ id, number, version, openedAt },
    facts: facts satisfies DocketFacts[K],
    moves: moves.map(({ kind, at, actorId, onBehalfOf }) => ({
      ...{ kind, at, byName: nameOf(actorId), onBehalfOfName: nameOf(onBehalfOf) },
    })),
    people: [...ids].flatMap((one) => {
      const name = nameOf(one);
      return name === null ? [] : [{ id: one, name }];
    }),
  };
}

export async function presentDetail<K extends DocketKind>(
  { entry, texts }: { entry: DocketEntry<K>; texts: readonly DocketText[] },
  official: Official,
  deps: Pick<RouteDeps, 'directory' | 'clock'>,
) {
  const shown = await presentEntry(entry, deps);
  return {
    ...shown,
    texts: texts.map(({ name, text }) => ({ name, text })),
    consents: openConsents(entry.facts, official, deps.clock.now()),
  };
}

export async function presentReceipt<K extends DocketKind>(
  { entry, repeated }: { entry: DocketEntry<K>; repeated: boolean },
  deps: Directory,
) {
  return { entry: await presentEntry(entry, deps), repeated };
}
