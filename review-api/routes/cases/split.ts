import { splitCopy as split } from '../../../pipeline/commands/split-copy.ts';
import { getReader, type Handler } from '../../http/call.ts';
import { tellingChanges } from './telling-changes.ts';

export const splitCopy: Handler<'splitCopy'> = async (call) => {
  const command = { ...call.body, caseId: call.params.id };
  const { event, partedCaseId, repeated } = await tellingChanges(call, command, () =>
    split(command, getReader(call).actor, call.deps),
  );
  return { caseId: event.caseId, version: event.caseVersion, partedCaseId, at: event.at, repeated };
};
