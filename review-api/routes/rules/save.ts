import { saveRule as save } from '../../../pipeline/commands/save-rule.ts';
import { getReader, type Handler } from '../../http/call.ts';
import { presentRule } from '../../present/rule.ts';

export const saveRule: Handler<'saveRule'> = async (call) => {
  const { rule: content, seenVersion } = call.body;
  const saved = await save({ content, seenVersion }, getReader(call).actor, call.deps);
  return presentRule(saved, call.deps.clock.now());
};
