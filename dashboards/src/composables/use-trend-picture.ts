import { t } from '../i18n/t.ts';
import { formatMoment } from '../lib/shanghai-time.ts';
import { onPaper, type Paint } from '../lib/trend-paint.ts';
import { wholeEvidence } from '../lib/trend-place.ts';
import { describeEvidence, type Standing } from '../lib/trend-words.ts';
import type { TrendDesk } from './use-trend-desk.ts';

/** A picture of what is to be seen, with what was asked and what is missing printed in it. @param height in CSS px */
export async function paintTrend(
  desk: TrendDesk,
  title: string,
  drawn: {
    draw: (paint: Paint) => Record<string, unknown>;
    height: number;
    /** What is said under it of what is missing. */
    notes: readonly string[];
    standing: Standing;
  },
): Promise<Uint8Array<ArrayBuffer>> {
  const { paintPicture } = await import('../lib/trend-echarts.ts');
  const { countedTo } = drawn.standing.behind;
  const counted =
    countedTo === null
      ? t('trends.countingAnew')
      : t('trends.countedTo', { moment: formatMoment(countedTo) });
  const question = describeEvidence(wholeEvidence(desk.place.value), desk.nameOf).join(' · ');
  return paintPicture(
    drawn.draw(onPaper),
    { title, question, notes: [...drawn.notes, counted] },
    drawn.height,
  );
}
