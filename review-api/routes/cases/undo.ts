import { undoDecision as undo } from '../../../pipeline/commands/undo-decision.ts';
import { getReader, type Handler } from '../../http/call.ts';
import { presentDecision } from '../../present/decision.ts';
import { tellingChanges } from './telling-changes.ts';

export const undoDecision: Handler<'undoDecision'> = async (call) => {
  const command = { ...call.body, caseId: call.params.id };
  const { actor } = getReader(call);
  return presentDecision(await tellingChanges(call, command, () => undo(command, actor, call.deps)));
};
