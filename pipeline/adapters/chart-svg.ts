import { BarChart, HeatmapChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, VisualMapContinuousComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { type Chart, describeChart } from '../domain/chart.ts';
import { chartHeight, chartWidth, optionOf } from './chart-option.ts';

use([
  ...[BarChart, HeatmapChart, LineChart, ScatterChart, SVGRenderer],
  ...[GridComponent, LegendComponent, VisualMapContinuousComponent],
]);

/** What the library writes for pages that listen, and for a pointer over them. */
const interactive = / (?:ecmeta_\w+|pointer-events|class)="[^"]*"|<style\b[\s\S]*?<\/style>/g;

function escapeText(text: string): string {
  return text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);
}

/** @param prefix of the ids within, so that several stand on one page */
export function paintSvg(chart: Chart, prefix: string): { svg: string; width: number; height: number } {
  const size = { width: chartWidth, height: chartHeight(chart) };
  const drawing = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    drawing.setOption(optionOf(chart) as EChartsCoreOption);
    const words = `<title>${escapeText(describeChart(chart))}</title>`;
    const svg = drawing
      .renderToSVGString()
      .replaceAll(interactive, '')
      .replaceAll(/\bzr\d+-/g, `${prefix}-`)
      .replace(/^<svg([^>]*)>/, `<svg$1 role="img">${words}`);
    return { svg, ...size };
  } finally {
    drawing.dispose();
  }
}
