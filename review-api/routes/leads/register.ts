import { registerLead as register } from '../../../pipeline/commands/register-lead.ts';
import { maskNicknames } from '../../../pipeline/domain/mentions.ts';
import { getReader, type Handler } from '../../http/call.ts';
import { presentLead, presentLeadFacts } from '../../present/lead.ts';

export const registerLead: Handler<'registerLead'> = async (call) => {
  const { post, repeated, sameNumber } = await register(call.body, getReader(call), call.deps);
  call.deps.announcer.announce({ topic: 'lead.registered', subject: post.id });
  const { summary } = call.body;
  return {
    lead: presentLeadFacts(post),
    repeated,
    masked: maskNicknames(summary) !== summary,
    sameNumber: await Promise.all(sameNumber.map((one) => presentLead(one, call.deps))),
  };
};
