import { getReader, type Handler } from '../../http/call.ts';
import { presentEvent } from '../../present/decision.ts';
import { tellingChanges } from './telling-changes.ts';

export const reopenCase: Handler<'reopenCase'> = async (call) => {
  const { stores, clock } = call.deps;
  const command = { ...call.body, caseId: call.params.id };
  return presentEvent(
    await tellingChanges(call, command, () =>
      stores.cases.recordReopening(command, getReader(call).actor, clock.now()),
    ),
  );
};
