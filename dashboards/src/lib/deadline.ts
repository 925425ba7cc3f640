import { formatMoment } from './shanghai-time.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** As the queue's filter has it. */
const nearMs = 3 * dayMs;

export interface DeadlineWords {
  /** Short, for a list. */
  text: string;
  /** With the moment itself. */
  whole: string;
  tone: 'late' | 'near' | 'far';
}

function span(ms: number): string {
  if (ms < hourMs) return `${Math.max(1, Math.floor(ms / 60_000))} 分钟`;
  return ms < 2 * dayMs ? `${Math.floor(ms / hourMs)} 小时` : `${Math.floor(ms / dayMs)} 天`;
}

/** How far off a superior's deadline is. The words say it; the tone only repeats them. */
export function describeDeadline(deadline: string, now: string): DeadlineWords {
  const leftMs = Date.parse(deadline) - Date.parse(now);
  const text = leftMs < 0 ? `已逾期 ${span(-leftMs)}` : `期限还剩 ${span(leftMs)}`;
  const tone = leftMs < 0 ? 'late' : leftMs < nearMs ? 'near' : 'far';
  return { text, whole: `${formatMoment(deadline)}（${text}）`, tone };
}
