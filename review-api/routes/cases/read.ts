import { openCase } from '../../../pipeline/commands/open-case.ts';
import { getReader, getSignedIn, type Handler } from '../../http/call.ts';
import { presentCaseDetail } from '../../present/case-detail.ts';

export const readCase: Handler<'readCase'> = async (call) => {
  const reader = getReader(call);
  const request = { caseId: call.params.id, purpose: call.query.purpose ?? null, claim: null };
  const opened = await openCase(request, reader, call.deps);
  if (opened.kind === 'referral') return opened;
  return presentCaseDetail(opened, { actor: reader.actor, unitId: getSignedIn(call).user.unitId }, call.deps);
};
