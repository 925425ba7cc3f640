import type { Draft } from '../domain/draft.ts';
import { type DraftTraits, readTraits } from '../domain/find-live-draft.ts';
import type { SealedDraft } from '../domain/judge-live.ts';
import { normaliseDraft } from '../domain/normal-form.ts';
import type { Stores } from '../ports/index.ts';

/** A draft that may be live on a channel, ready to be found and compared. */
export interface LiveCandidate extends SealedDraft {
  draft: Draft;
  /** By channel: the address differs. */
  traits: ReadonlyMap<string, readonly DraftTraits[]>;
  /** When it was first approved. */
  firstSealedAt: string;
}

export interface SealedDraftReader {
  /** All that were ever approved for a channel and not denied since. */
  read(channelId: string): Promise<LiveCandidate[]>;
}

const pageSize = 100;
/** Text that went out of force before it went out is not what should be live. */
const neverLive = new Set(['edited', 'denied']);

/**
 * Keeps what it has read: a draft is read again when its revision has grown.
 * @param most so many drafts are kept
 */
export function openSealedDrafts(stores: Pick<Stores, 'drafts'>, most = 2000): SealedDraftReader {
  const known = new Map<string, LiveCandidate | null>();
  const keyOf = ({ id, revision }: Draft) => `${id}:${revision}`;
  const load = async (draft: Draft): Promise<LiveCandidate | null> => {
    const key = keyOf(draft);
    const before = known.get(key);
    if (before !== undefined) return before;
    const candidate = await readCandidate(stores, draft);
    if (known.size >= most) known.clear();
    known.set(key, candidate);
    return candidate;
  };
  return {
    read: async (channelId) => {
      const found: LiveCandidate[] = [];
      for await (const draft of listSealedDrafts(stores, { channelId, changedSince: null })) {
        const candidate = await load(draft);
        if (candidate !== null) found.push(candidate);
      }
      return found;
    },
  };
}

export async function* listSealedDrafts(
  { drafts }: Pick<Stores, 'drafts'>,
  query: { channelId: string | null; changedSince: string | null },
): AsyncGenerator<Draft> {
  for (let cursor: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof drafts.listSealed>> = await drafts.listSealed({
      ...{ ...query, cursor, limit: pageSize },
    });
    yield* page.items;
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
  }
}

async function readCandidate(
  { drafts }: Pick<Stores, 'drafts'>,
  draft: Draft,
): Promise<LiveCandidate | null> {
  const kept = (await drafts.listSeals(draft.id)).filter(
    ({ endedBy }) => endedBy === null || !neverLive.has(endedBy),
  );
  const read = await Promise.all(
    kept.map(async (one) => {
      const version = await drafts.findVersion(draft.id, one.seal.version);
      return version === null ? [] : [{ kept: one, form: normaliseDraft(version.content, 'published') }];
    }),
  );
  const sealed = read.flat();
  const first = sealed[0];
  if (first === undefined) return null;
  const traitsOf = (address: string | null) =>
    sealed.map(({ form }) => readTraits({ draftId: draft.id, address }, form));
  const channels = new Set([...draft.channels, ...draft.publications.map(({ channelId }) => channelId)]);
  const traits = new Map(
    [...channels].map((channelId) => {
      const filled = draft.publications.findLast((one) => one.channelId === channelId && one.url !== null);
      return [channelId, traitsOf(filled?.url ?? null)];
    }),
  );
  return { draft, sealed, traits, firstSealedAt: first.kept.seal.at };
}
