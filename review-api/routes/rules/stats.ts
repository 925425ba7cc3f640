import { readRuleStats as read } from '../../../pipeline/commands/rule-stats.ts';
import type { Handler } from '../../http/call.ts';
import { presentStats } from '../../present/rule.ts';

export const readRuleStats: Handler<'readRuleStats'> = async ({ query, rights, deps }) => {
  const stats = await read({ days: query.days, accessClasses: rights.accessClasses }, deps);
  return { items: stats.map(presentStats) };
};
