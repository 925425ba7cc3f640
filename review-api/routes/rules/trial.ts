import { getReader, type Handler } from '../../http/call.ts';

export const readTrial: Handler<'readTrial'> = async (call) =>
  call.deps.ruleTrials.read(getReader(call).actor.id, call.params.id);
