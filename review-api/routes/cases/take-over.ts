import { takeOverCase } from '../../../pipeline/commands/take-over-case.ts';
import { Conflict } from '../../../pipeline/domain/errors.ts';
import { getReader, getSignedIn, type Handler } from '../../http/call.ts';
import { claimToken } from '../../http/sessions.ts';
import { presentClaim } from '../../present/case-summary.ts';

export const takeOverClaim: Handler<'takeOverClaim'> = async (call) => {
  const { actor } = getReader(call);
  const caseId = call.params.id;
  const token = claimToken(getSignedIn(call).session, caseId, call.tabId);
  const { case: taken } = await takeOverCase({ ...call.body, caseId, token }, actor, call.deps);
  const claim = await presentClaim(taken.claim, actor.id, call.deps);
  if (claim === null) throw new Conflict('这条线索已不由您处理，请重新打开。');
  return { claim };
};
