import { readRuleHistory as read } from '../../../pipeline/commands/rule-history.ts';
import { mayEditRule, nextRuleStates } from '../../../pipeline/domain/rule-life.ts';
import { getReader, type Handler } from '../../http/call.ts';

export const readRuleHistory: Handler<'readRuleHistory'> = async (call) => {
  const { directory } = call.deps;
  const { roles } = getReader(call).actor;
  const versions = await read(call.params.id, call.deps);
  const items = await Promise.all(
    versions.map(async ({ actorId, ...version }) => ({
      ...version,
      byName: await directory.colleagueName(actorId),
    })),
  );
  const state = versions[0]?.rule.state;
  return {
    items,
    nextStates: state === undefined ? [] : nextRuleStates(state, roles),
    mayEdit: state !== undefined && mayEditRule(state, roles),
  };
};
