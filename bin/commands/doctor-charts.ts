import { findChartFont } from '../../pipeline/adapters/chart-font.ts';
import { fail, ok, type Result, warn } from './doctor-result.ts';

/** Without it briefs are written all the same, with tables instead of charts in Word files. */
export async function checkChartFont(
  { chartFont }: { chartFont: string | null },
  find: (named: string | null) => Promise<string | null> = findChartFont,
): Promise<Result> {
  const found = await find(chartFont);
  if (found !== null) return ok(found);
  if (chartFont !== null) return fail(`${chartFont} (GUANLAN_CHART_FONT) is not there`);
  return warn(
    'no Chinese font was found: charts stand as tables in Word files; install fonts-noto-cjk, or set GUANLAN_CHART_FONT',
  );
}
