import { changeLead as change } from '../../../pipeline/commands/register-lead.ts';
import { getReader, type Handler } from '../../http/call.ts';
import { presentLeadFacts } from '../../present/lead.ts';

export const changeLead: Handler<'changeLead'> = async (call) => {
  const command = { ...call.body, postId: call.params.id };
  const { post, repeated } = await change(command, getReader(call), call.deps);
  return { lead: presentLeadFacts(post), repeated };
};
