import type { signInRoutes } from '../../contract/sign-in-routes.ts';
import type { Handler } from '../../http/call.ts';
import { listDoors } from './doors.ts';
import {
  confirmSecondFactor,
  offerSecondFactor,
  readSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
  resetSecondFactor,
} from './second-factor.ts';
import { confirmSecondStep, offerSecondStep, proveSecondStep } from './second-step.ts';

export const signInHandlers: { [N in keyof typeof signInRoutes]: Handler<N> } = {
  listDoors,
  proveSecondStep,
  offerSecondStep,
  confirmSecondStep,
  readSecondFactor,
  offerSecondFactor,
  confirmSecondFactor,
  renewRecoveryCodes,
  removeSecondFactor,
  resetSecondFactor,
};
