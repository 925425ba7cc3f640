import { getReader, type Handler } from '../../http/call.ts';
import { presentEvent } from '../../present/decision.ts';
import { tellingChanges } from './telling-changes.ts';

export const closeCase: Handler<'closeCase'> = async (call) => {
  const { stores, clock } = call.deps;
  const command = { ...call.body, caseId: call.params.id };
  return presentEvent(
    await tellingChanges(call, command, () =>
      stores.cases.recordClose(command, getReader(call).actor, clock.now()),
    ),
  );
};
