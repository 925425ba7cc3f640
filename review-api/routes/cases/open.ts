import { openCase as open } from '../../../pipeline/commands/open-case.ts';
import { getReader, getSignedIn, type Handler } from '../../http/call.ts';
import { claimToken } from '../../http/sessions.ts';
import { presentCaseDetail } from '../../present/case-detail.ts';
import { claimed } from './claimed.ts';

export const openCase: Handler<'openCase'> = async (call) => {
  const reader = getReader(call);
  const caseId = call.params.id;
  const claim = { token: claimToken(getSignedIn(call).session, caseId, call.tabId) };
  const opened = await open({ caseId, purpose: call.body.purpose ?? null, claim }, reader, call.deps);
  if (opened.kind === 'referral') return opened;
  if (opened.case.claim?.actorId === reader.actor.id) call.deps.announcer.announce(claimed(caseId));
  return presentCaseDetail(opened, { actor: reader.actor, unitId: getSignedIn(call).user.unitId }, call.deps);
};
