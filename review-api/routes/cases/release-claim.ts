import { releaseCase } from '../../../pipeline/commands/release-case.ts';
import { getSignedIn, type Handler } from '../../http/call.ts';
import { claimToken } from '../../http/sessions.ts';
import { claimed } from './claimed.ts';

export const releaseClaim: Handler<'releaseClaim'> = async (call) => {
  const caseId = call.params.id;
  const token = claimToken(getSignedIn(call).session, caseId, call.tabId);
  await releaseCase({ caseId, token }, call.rights, call.deps);
  call.deps.announcer.announce(claimed(caseId));
  return null;
};
