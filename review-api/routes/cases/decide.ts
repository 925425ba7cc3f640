import { recordDecision as record } from '../../../pipeline/commands/record-decision.ts';
import { getReader, type Handler } from '../../http/call.ts';
import { presentDecision } from '../../present/decision.ts';
import { tellingChanges } from './telling-changes.ts';

export const recordDecision: Handler<'recordDecision'> = async (call) => {
  const command = { ...call.body, caseId: call.params.id };
  const { actor } = getReader(call);
  return presentDecision(await tellingChanges(call, command, () => record(command, actor, call.deps)));
};
