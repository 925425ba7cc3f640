import { readDocketEntry } from '../../../pipeline/commands/read-docket.ts';
import type { DocketKind } from '../../../pipeline/domain/docket.ts';
import { type Call, getSignedIn } from '../../http/call.ts';
import { getOfficial, presentDetail, presentEntry } from '../../present/docket.ts';

/** One page of a register. */
export async function listEntries<K extends DocketKind>(
  kind: K,
  {
    state,
    cursor = null,
    limit,
  }: { state?: string | undefined; cursor?: string | null | undefined; limit: number },
  { deps }: Pick<Call, 'deps'>,
) {
  const states = state === undefined ? [] : [state];
  const { items, nextCursor } = await deps.stores.docket.list({ kind, states, cursor, limit });
  return { items: await Promise.all(items.map((one) => presentEntry(one, deps))), nextCursor };
}

/** One entry with its texts; what may quote a post is logged. */
export async function readEntry<K extends DocketKind>(
  kind: K,
  entryId: string,
  call: Pick<Call, 'deps' | 'signedIn' | 'rights'>,
) {
  const reader = { actorId: getSignedIn(call).user.id, rights: call.rights };
  const read = await readDocketEntry({ kind, entryId }, reader, call.deps);
  return presentDetail(read, getOfficial(call).official, call.deps);
}

/** The entry, the version that was seen, and the intention. */
export const seenOf = (call: { params: { id: string }; body: { commandId: string; version: number } }) => ({
  ...{ entryId: call.params.id, commandId: call.body.commandId, version: call.body.version },
});
