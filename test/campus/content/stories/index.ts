import { afterOpening } from './after-opening.ts';
import { canteenPrices } from './canteen-prices.ts';
import { dormitoryWater } from './dormitory-water.ts';
import { examSeason } from './exam-season.ts';
import { fireDrill } from './fire-drill.ts';
import { fraudWave } from './fraud-wave.ts';
import { leakedList } from './leaked-list.ts';
import { mailbox } from './mailbox.ts';
import { ordinaryDays } from './ordinary-days.ts';
import type { Story } from './story.ts';

/** What happened at the school in the weeks before the campus opens, and what goes on after. */
export const stories: readonly Story[] = [
  canteenPrices,
  dormitoryWater,
  examSeason,
  fireDrill,
  fraudWave,
  leakedList,
  ordinaryDays,
  mailbox,
  afterOpening,
];
