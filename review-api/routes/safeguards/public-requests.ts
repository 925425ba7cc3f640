import {
  answerRequest,
  closeRequest,
  correctForRequest,
  eraseForRequest,
  type HandlePorts,
  listForRequest,
  matchRequest,
  readContact,
} from '../../../pipeline/commands/handle-requests.ts';
import { receiveRequest } from '../../../pipeline/commands/public-requests.ts';
import type { publicRequestRoutes } from '../../contract/public-request-routes.ts';
import { getSignedIn, type Handler, type RouteDeps } from '../../http/call.ts';
import { getOfficial, presentReceipt } from '../../present/docket.ts';
import { listEntries, readEntry, seenOf } from './listing.ts';

const portsOf = (deps: RouteDeps): HandlePorts => ({ ...deps, ...deps.safeguards });

export const publicRequestHandlers: { [N in keyof typeof publicRequestRoutes]: Handler<N> } = {
  enterPublicRequest: async (call) => {
    const { deps } = call;
    const recorded = await receiveRequest(call.body, getSignedIn(call).user.id, portsForReceiving(deps));
    return { ...(await presentReceipt(recorded, deps)), code: recorded.code };
  },
  listPublicRequests: (call) => listEntries('public-request', call.query, call),
  readPublicRequest: (call) => readEntry('public-request', call.params.id, call),
  matchPublicRequest: async (call) => {
    const matched = { ...seenOf(call), postIds: call.body.postIds };
    return presentReceipt(await matchRequest(matched, getOfficial(call), portsOf(call.deps)), call.deps);
  },
  erasePublicRequest: async (call) =>
    presentReceipt(await eraseForRequest(seenOf(call), getOfficial(call), portsOf(call.deps)), call.deps),
  listObjector: async (call) => {
    const listed = { ...seenOf(call), account: call.body.account };
    return presentReceipt(await listForRequest(listed, getOfficial(call), portsOf(call.deps)), call.deps);
  },
  correctForPublic: async (call) => {
    const { text, link, leadId } = call.body;
    const corrected = { ...seenOf(call), text, link, leadId };
    return presentReceipt(
      await correctForRequest(corrected, getOfficial(call), portsOf(call.deps)),
      call.deps,
    );
  },
  answerPublicRequest: async (call) => {
    const { outcome, answer } = call.body;
    const answered = { ...seenOf(call), outcome, answer };
    return presentReceipt(await answerRequest(answered, getOfficial(call), portsOf(call.deps)), call.deps);
  },
  closePublicRequest: async (call) =>
    presentReceipt(await closeRequest(seenOf(call), getOfficial(call), portsOf(call.deps)), call.deps),
  readPublicContact: (call) => readContact(call.params.id, getOfficial(call), portsOf(call.deps)),
};

/** What the public form needs, too. */
export function portsForReceiving({ stores, clock, calendar, digestName, safeguards }: RouteDeps) {
  return { stores, clock, calendar, digestName, contacts: safeguards.contacts };
}
