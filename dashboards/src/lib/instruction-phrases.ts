import { dueAtOf } from './instruction-labels.ts';
import { shanghaiDay } from './shanghai-time.ts';

/** What a leader gives with one tap. It goes to colleagues and into the record, so it is Chinese whatever the screen speaks. */
export interface Phrase {
  text: string;
  /** Calendar days from today to the end of whose office hours the work is due; null for no term. */
  dueInDays: number | null;
}

/** Orders to find out, to answer and to put right; none to keep something quiet (R7, R10). */
export const stockPhrases: readonly Phrase[] = [
  { text: '请责任单位尽快核实情况，明天下班前报告。', dueInDays: 1 },
  { text: '请主管单位牵头解决，三日内办结并公开答复。', dueInDays: 3 },
  { text: '同意下一步安排，请抓紧落实并反馈结果。', dueInDays: null },
  { text: '请主动与师生沟通，把原因和进度讲清楚。', dueInDays: null },
];

const dayMs = 86_400_000;

/** UTC; null where the phrase names no term. */
export function dueAtOfPhrase({ dueInDays }: Phrase, now: string): string | null {
  if (dueInDays === null) return null;
  return dueAtOf(shanghaiDay(new Date(Date.parse(now) + dueInDays * dayMs).toISOString()));
}
