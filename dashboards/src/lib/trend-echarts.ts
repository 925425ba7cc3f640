import { BarChart, HeatmapChart, LineChart, ScatterChart } from 'echarts/charts';
import {
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TitleComponent,
  VisualMapContinuousComponent,
} from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { bytesOfBase64 } from './save-file.ts';
import { fontFamily } from './trend-option.ts';
import { onPaper } from './trend-paint.ts';

use([
  ...[BarChart, HeatmapChart, LineChart, ScatterChart, CanvasRenderer],
  ...[GridComponent, LegendComponent, MarkLineComponent, TitleComponent, VisualMapContinuousComponent],
]);

export type DrawnChart = EChartsType;
export const openChart = (element: HTMLElement): DrawnChart => init(element, null, { renderer: 'canvas' });

export interface Printed {
  title: string;
  /** What was asked: period, source, filters. */
  question: string;
  /** What is missing, and when it was drawn. */
  notes: readonly string[];
}

const width = 1200;
const edge = 28;
const lineHeight = 19;

/** A picture that says by itself what it shows and what it does not know. @param height of the chart alone, in CSS px */
export function paintPicture(
  option: Record<string, unknown>,
  printed: Printed,
  height: number,
): Uint8Array<ArrayBuffer> {
  const notes = printed.notes.join('\n');
  // About as many characters as go into a line of this size.
  const lines = printed.notes.reduce((sum, note) => sum + Math.ceil(note.length / 92), 0);
  const [top, bottom] = [84, lines * lineHeight + 24];
  const whole = height + top + bottom;
  const chart = init(document.createElement('div'), null, { renderer: 'canvas', width, height: whole });
  const grid = option.grid as { top: number; bottom: number };
  const legend = option.legend as Record<string, unknown> | undefined;
  const words = { fontFamily, color: onPaper.soft, fontSize: 13, lineHeight, width: width - 2 * edge };
  try {
    chart.setOption({
      ...option,
      backgroundColor: onPaper.sheet,
      ...(legend === undefined ? {} : { legend: { ...legend, type: 'plain', bottom: bottom + 4 } }),
      grid: { ...grid, left: edge, right: edge + 20, top: top + grid.top, bottom: bottom + grid.bottom + 16 },
      title: [
        {
          ...{ text: printed.title, subtext: printed.question, left: edge, top: 18 },
          textStyle: { fontFamily, color: onPaper.ink, fontSize: 20 },
          subtextStyle: { ...words, overflow: 'break' },
        },
        {
          ...{ text: notes, left: edge, bottom: 12, padding: 0 },
          textStyle: { ...words, fontWeight: 'normal', overflow: 'break' },
        },
      ],
    });
    const url = chart.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: onPaper.sheet });
    return bytesOfBase64(url.slice(url.indexOf(',') + 1));
  } finally {
    chart.dispose();
  }
}
