import { briefsAsked, briefsWho } from './briefs.ts';
import { burstsAsked, burstsWho } from './bursts.ts';
import { topicsAsked, topicsWho } from './topics.ts';
import { trendsAsked, trendsWho } from './trends.ts';

/** Whatever analysts read and hand in. */
export const figuresWho = { ...trendsWho, ...topicsWho, ...burstsWho, ...briefsWho };
export const figuresAsked = [trendsAsked, topicsAsked, burstsAsked, briefsAsked];
