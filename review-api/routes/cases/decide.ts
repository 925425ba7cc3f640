import { recordDecision as record } from '../../../pipeline/commands/record-decision.ts';
import { getReader, type Handler } from '../../http/call.ts';
import { presentDecision } from '../../present/decision.ts';

export const recordDecision: Handler<'recordDecision'> = async (call) => {
  const command = { ...call.body, caseId: call.params.id };
  return presentDecision(await record(command, getReader(call).actor, call.deps));
};
