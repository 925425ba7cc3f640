import {
  approveRemovalProposal,
  proposeRemoval as propose,
  recordRemoval,
  refuseRemovalProposal,
  registerAppeal,
  settleRemovalAppeal as settle,
} from '../../../pipeline/commands/removals.ts';
import type { removalRoutes } from '../../contract/removal-routes.ts';
import type { Handler } from '../../http/call.ts';
import { getOfficial, presentReceipt } from '../../present/docket.ts';
import { listEntries, readEntry, seenOf } from './listing.ts';

export const removalHandlers: { [N in keyof typeof removalRoutes]: Handler<N> } = {
  proposeRemoval: async (call) =>
    presentReceipt(await propose(call.body, getOfficial(call), call.deps), call.deps),
  listRemovals: (call) => listEntries('removal', call.query, call),
  readRemoval: (call) => readEntry('removal', call.params.id, call),
  approveRemoval: async (call) =>
    presentReceipt(await approveRemovalProposal(seenOf(call), getOfficial(call), call.deps), call.deps),
  refuseRemoval: async (call) => {
    const refusal = { ...seenOf(call), reason: call.body.reason };
    return presentReceipt(await refuseRemovalProposal(refusal, getOfficial(call), call.deps), call.deps);
  },
  recordRemovalDone: async (call) => {
    const { doneAt, toldThere } = call.body;
    const done = { ...seenOf(call), doneAt, toldThere };
    return presentReceipt(await recordRemoval(done, getOfficial(call), call.deps), call.deps);
  },
  registerRemovalAppeal: async (call) => {
    const { receivedAt, appeal } = call.body;
    const received = { ...seenOf(call), receivedAt, appeal };
    return presentReceipt(await registerAppeal(received, getOfficial(call), call.deps), call.deps);
  },
  settleRemovalAppeal: async (call) => {
    const { outcome, reason } = call.body;
    const settled = { ...seenOf(call), outcome, reason };
    return presentReceipt(await settle(settled, getOfficial(call), call.deps), call.deps);
  },
};
