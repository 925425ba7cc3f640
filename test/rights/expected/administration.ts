import type { Role } from '../../../pipeline/domain/role.ts';
import type { administrationRoutes } from '../../../review-api/contract/administration-routes.ts';
import type { Asked, Who } from './expectation.ts';

type Name = keyof typeof administrationRoutes;

const answerable: readonly Role[] = ['director', 'operator', 'account-admin', 'auditor'];

export const administrationWho: { [N in Name]: Who } = {
  readRights: 'signed-in',
  readNotice: answerable,
  listSettingsChanges: answerable,
  readRetention: answerable,
  listAudit: ['auditor'],
  listAuditPeople: ['auditor'],
  listAuditChains: ['auditor'],
};

export const administrationAsked: Asked<Name> = {
  bodies: () => ({}),
  queries: { listAudit: '?family=case', listSettingsChanges: '?kind=rules' },
};
