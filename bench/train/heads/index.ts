import type { HeadPlan } from '../head.ts';
import { sentiment } from './sentiment.ts';

/** Every model that is trained and shipped, in the order of the weights file. */
export const headPlans: readonly HeadPlan[] = [sentiment];
