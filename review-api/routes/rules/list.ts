import { listLastRuleChanges } from '../../../pipeline/commands/rule-history.ts';
import { listRules as list } from '../../../pipeline/commands/rule-stats.ts';
import type { Handler } from '../../http/call.ts';

export const listRules: Handler<'listRules'> = async ({ deps }) => {
  const [rules, changes] = await Promise.all([list(deps), listLastRuleChanges(deps)]);
  const items = rules.map(({ rule, ...marks }) => ({ ...rule, ...marks }));
  const actors = [...new Set(changes.map(({ actorId }) => actorId))];
  const names = new Map(
    await Promise.all(actors.map(async (id) => [id, await deps.directory.colleagueName(id)] as const)),
  );
  const lastChanges = changes.map(({ ruleId, at, actorId }) => ({
    ruleId,
    at,
    byName: names.get(actorId) ?? null,
  }));
  return { items, lastChanges };
};
