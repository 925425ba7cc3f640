import type { caseRoutes } from '../../contract/case-routes.ts';
import type { Handler } from '../../http/call.ts';
import { decideBulk, previewBulk, undoBulk } from './bulk.ts';
import { noteCase } from './note.ts';
import { readClaim } from './read-claim.ts';
import { reopenCase } from './reopen.ts';
import { takeOverClaim } from './take-over.ts';

export const caseHandlers: { [N in keyof typeof caseRoutes]: Handler<N> } = {
  reopenCase,
  noteCase,
  readClaim,
  takeOverClaim,
  previewBulk,
  decideBulk,
  undoBulk,
};
