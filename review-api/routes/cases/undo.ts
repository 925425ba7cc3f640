import { undoDecision as undo } from '../../../pipeline/commands/undo-decision.ts';
import { getReader, type Handler } from '../../http/call.ts';
import { presentDecision } from '../../present/decision.ts';

export const undoDecision: Handler<'undoDecision'> = async (call) => {
  const command = { ...call.body, caseId: call.params.id };
  return presentDecision(await undo(command, getReader(call).actor, call.deps));
};
