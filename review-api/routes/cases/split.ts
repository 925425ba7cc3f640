import { splitCopy as split } from '../../../pipeline/commands/split-copy.ts';
import { getReader, type Handler } from '../../http/call.ts';

export const splitCopy: Handler<'splitCopy'> = async (call) => {
  const command = { ...call.body, caseId: call.params.id };
  const { event, partedCaseId, repeated } = await split(command, getReader(call).actor, call.deps);
  return { caseId: event.caseId, version: event.caseVersion, partedCaseId, at: event.at, repeated };
};
