import { listLeaders as list } from '../../../pipeline/commands/instructions.ts';
import type { Handler } from '../../http/call.ts';

export const listLeaders: Handler<'listLeaders'> = async ({ deps }) => ({ items: await list(deps) });
