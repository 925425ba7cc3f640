import { canteenPrices } from './canteen-prices.ts';
import type { Story } from './story.ts';

/** What happened at the school in the weeks before the campus opens, and what goes on after. */
export const stories: readonly Story[] = [canteenPrices];
