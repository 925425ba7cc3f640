import { shanghaiClock } from './time.ts';

/** The year on a Shanghai calendar, in which numbers are given without a gap. */
export function draftYear(at: string): number {
  return Number(shanghaiClock(at).slice(0, 4));
}

/** 审核编号: 审2026-0001. */
export function formatDraftNumber(year: number, running: number): string {
  return `审${year}-${String(running).padStart(4, '0')}`;
}
