import type { Role } from '../../../pipeline/domain/role.ts';
import type { setupRoutes } from '../../../review-api/contract/setup-routes.ts';
import type { Asked, Who } from './expectation.ts';

type Name = keyof typeof setupRoutes;

const admin: readonly Role[] = ['account-admin'];

export const setupWho: { [N in Name]: Who } = {
  readSetup: admin,
  readSetupTemplate: admin,
  checkSetup: admin,
  importSetup: admin,
  readRoster: ['reviewer', 'director', 'leader', 'principal', 'safety', 'operator', 'account-admin'],
  listChains: ['reviewer', 'director', 'account-admin'],
};

export const setupAsked: Asked<Name> = {
  bodies: () => ({}),
  queries: {
    checkSetup: '?fileName=x.xlsx',
    importSetup: `?fileName=x.xlsx&digest=${'0'.repeat(64)}&commandId=01890000-0000-7000-8000-000000000000`,
    readRoster: '?day=2026-11-23',
  },
};
