import type { HeadPlan } from '../head.ts';
import { fraud } from './fraud.ts';
import { harassment } from './harassment.ts';
import { selfHarm } from './self-harm.ts';
import { sentiment } from './sentiment.ts';
import { serviceKind } from './service-kind.ts';

/** Every model that is trained and shipped, in the order of the weights file. */
export const headPlans: readonly HeadPlan[] = [sentiment, harassment, selfHarm, fraud, serviceKind];
