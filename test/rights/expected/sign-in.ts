import type { signInRoutes } from '../../../review-api/contract/sign-in-routes.ts';
import type { Asked, Who } from './expectation.ts';

type Name = keyof typeof signInRoutes;

export const signInWho: { [N in Name]: Who } = {
  listDoors: 'anyone',
  proveSecondStep: 'anyone',
  offerSecondStep: 'anyone',
  confirmSecondStep: 'anyone',
  readSecondFactor: 'signed-in',
  offerSecondFactor: 'signed-in',
  confirmSecondFactor: 'signed-in',
  renewRecoveryCodes: 'signed-in',
  removeSecondFactor: 'signed-in',
  resetSecondFactor: ['account-admin'],
};

export const signInAsked: Asked<Name> = {
  bodies: () => ({
    proveSecondStep: { code: '000000' },
    confirmSecondStep: { offer: 'none', code: '000000' },
    offerSecondFactor: { password: 'not the password' },
    confirmSecondFactor: { offer: 'none', code: '000000' },
    renewRecoveryCodes: { code: '000000' },
    removeSecondFactor: { code: '000000' },
  }),
  queries: {},
};
