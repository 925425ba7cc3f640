import { withdrawLead as withdraw } from '../../../pipeline/commands/register-lead.ts';
import { getReader, type Handler } from '../../http/call.ts';
import { presentLeadFacts } from '../../present/lead.ts';

export const withdrawLead: Handler<'withdrawLead'> = async (call) => {
  const command = { ...call.body, postId: call.params.id };
  const { post, repeated } = await withdraw(command, getReader(call), call.deps);
  return { lead: presentLeadFacts(post), repeated };
};
