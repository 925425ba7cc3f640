import { listRules as list } from '../../../pipeline/commands/rule-stats.ts';
import type { Handler } from '../../http/call.ts';

export const listRules: Handler<'listRules'> = async ({ deps }) => {
  const items = (await list(deps)).map(({ rule, ...marks }) => ({ ...rule, ...marks }));
  return { items };
};
