import { createDraft as create } from '../../../pipeline/commands/create-draft.ts';
import { saveDraft as save } from '../../../pipeline/commands/save-draft.ts';
import type { Draft } from '../../../pipeline/domain/draft.ts';
import { Conflict } from '../../../pipeline/domain/errors.ts';
import type { Call, Handler } from '../../http/call.ts';
import { StaleDraft } from '../../http/errors.ts';
import { nameOf } from '../../present/draft-detail.ts';
import { moverOf, readOwn } from './sight.ts';

function answer({ id, revision, contentVersion, changedAt }: Draft) {
  return { id, revision, contentVersion, savedAt: changedAt };
}

export const createDraft: Handler<'createDraft'> = async (call) =>
  answer(await create(call.body, moverOf(call), call.deps));

/** A refused save says who was faster, and what stands now. */
async function tellStale(call: Call<'saveDraft'>, conflict: Conflict): Promise<never> {
  const draft = await readOwn(call);
  const version = await call.deps.stores.drafts.findVersion(draft.id);
  const { revision, changedAt, state } = draft;
  const by = version === null ? null : (await nameOf(version.writtenBy, call.deps)).name;
  throw new StaleDraft(conflict.message, { revision, changedAt, state, savedByName: by });
}

export const saveDraft: Handler<'saveDraft'> = async (call) => {
  try {
    return answer(await save({ ...call.body, draftId: call.params.id }, moverOf(call), call.deps));
  } catch (error) {
    if (error instanceof Conflict) return tellStale(call, error);
    throw error;
  }
};
