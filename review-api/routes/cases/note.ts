import { getReader, type Handler } from '../../http/call.ts';
import { presentEvent } from '../../present/decision.ts';

export const noteCase: Handler<'noteCase'> = async (call) => {
  const { stores, clock } = call.deps;
  const command = { ...call.body, caseId: call.params.id };
  return presentEvent(await stores.cases.recordNote(command, getReader(call).actor, clock.now()));
};
