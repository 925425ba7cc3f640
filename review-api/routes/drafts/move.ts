import { moveDraft as move } from '../../../pipeline/commands/move-draft.ts';
import type { Handler } from '../../http/call.ts';
import { moverOf } from './sight.ts';

export const moveDraft: Handler<'moveDraft'> = async (call) => {
  const command = { ...call.body, draftId: call.params.id };
  const { draft, event, repeated } = await move(command, moverOf(call), call.deps);
  return { id: draft.id, revision: event.revision, number: draft.number, state: event.to, repeated };
};
