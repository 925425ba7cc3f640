import { changeRuleState as change } from '../../../pipeline/commands/change-rule-state.ts';
import { getReader, type Handler } from '../../http/call.ts';
import { presentRule } from '../../present/rule.ts';

export const changeRuleState: Handler<'changeRuleState'> = async (call) => {
  const request = { ...call.body, ruleId: call.params.id };
  const changed = await change(request, getReader(call).actor, call.deps);
  return presentRule(changed, call.deps.clock.now());
};
