import { renewClaim as renew } from '../../../pipeline/commands/release-case.ts';
import { Conflict } from '../../../pipeline/domain/errors.ts';
import { getReader, getSignedIn, type Handler } from '../../http/call.ts';
import { claimToken } from '../../http/sessions.ts';
import { presentClaim } from '../../present/case-summary.ts';

export const renewClaim: Handler<'renewClaim'> = async (call) => {
  const reader = getReader(call);
  const caseId = call.params.id;
  const token = claimToken(getSignedIn(call).session, caseId, call.tabId);
  const renewed = await renew({ caseId, token }, reader, call.deps);
  const claim = await presentClaim(renewed.claim, reader.actor.id, call.deps);
  if (claim === null) throw new Conflict('领取已经到期，请重新打开这条线索。');
  return { claim };
};
