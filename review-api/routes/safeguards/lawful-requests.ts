import {
  approveLawfulRequest as approve,
  closeLawfulRequest as close,
  exportLawful,
  fetchLawfulFile as fetchFile,
  refuseLawfulRequest as refuse,
  registerLawful,
} from '../../../pipeline/commands/lawful-requests.ts';
import type { lawfulRequestRoutes } from '../../contract/lawful-request-routes.ts';
import type { Handler } from '../../http/call.ts';
import { getOfficial, presentReceipt } from '../../present/docket.ts';
import { listEntries, readEntry, seenOf } from './listing.ts';

export const lawfulRequestHandlers: { [N in keyof typeof lawfulRequestRoutes]: Handler<N> } = {
  registerLawfulRequest: async (call) =>
    presentReceipt(await registerLawful(call.body, getOfficial(call), call.deps), call.deps),
  listLawfulRequests: (call) => listEntries('lawful-request', call.query, call),
  readLawfulRequest: (call) => readEntry('lawful-request', call.params.id, call),
  approveLawfulRequest: async (call) =>
    presentReceipt(await approve(seenOf(call), getOfficial(call), call.deps), call.deps),
  refuseLawfulRequest: async (call) => {
    const { reason } = call.body;
    return presentReceipt(await refuse({ ...seenOf(call), reason }, getOfficial(call), call.deps), call.deps);
  },
  exportLawfulRequest: async (call) =>
    presentReceipt(await exportLawful(seenOf(call), getOfficial(call), call.deps), call.deps),
  fetchLawfulFile: (call) => fetchFile(call.params.id, getOfficial(call), call.deps),
  closeLawfulRequest: async (call) =>
    presentReceipt(await close(seenOf(call), getOfficial(call), call.deps), call.deps),
};
