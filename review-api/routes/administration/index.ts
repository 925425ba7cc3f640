import type { administrationRoutes } from '../../contract/administration-routes.ts';
import type { Handler } from '../../http/call.ts';
import { listAudit, listAuditChains, listAuditPeople } from './audit.ts';
import { readNotice } from './notice.ts';
import { readRetention } from './retention.ts';
import { readRights } from './rights.ts';
import { listSettingsChanges } from './settings-changes.ts';

export const administrationHandlers: { [N in keyof typeof administrationRoutes]: Handler<N> } = {
  ...{ readRights, readNotice, listSettingsChanges, readRetention },
  ...{ listAudit, listAuditPeople, listAuditChains },
};
