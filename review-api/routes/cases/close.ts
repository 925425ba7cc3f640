import { getReader, type Handler } from '../../http/call.ts';

export const closeCase: Handler<'closeCase'> = async (call) => {
  const { stores, clock } = call.deps;
  const command = { ...call.body, caseId: call.params.id };
  const { event, repeated } = await stores.cases.recordClose(command, getReader(call).actor, clock.now());
  return { caseId: event.caseId, version: event.caseVersion, at: event.at, repeated };
};
