import { t } from '../i18n/t.ts';
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
  if (ms < hourMs) return t('app.spanMinutes', { n: Math.max(1, Math.floor(ms / 60_000)) });
  return ms < 2 * dayMs
    ? t('app.spanHours', { n: Math.floor(ms / hourMs) })
    : t('app.spanDays', { n: Math.floor(ms / dayMs) });
}

/** How far off a superior's deadline is. The words say it; the tone only repeats them. */
export function describeDeadline(deadline: string, now: string): DeadlineWords {
  const leftMs = Date.parse(deadline) - Date.parse(now);
  const text =
    leftMs < 0 ? t('app.overdueBy', { span: span(-leftMs) }) : t('app.timeLeft', { span: span(leftMs) });
  const tone = leftMs < 0 ? 'late' : leftMs < nearMs ? 'near' : 'far';
  return { text, whole: t('app.momentWithText', { moment: formatMoment(deadline), text }), tone };
}
