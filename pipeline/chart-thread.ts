import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { findChartFont } from './adapters/chart-font.ts';
import { paintPng } from './adapters/chart-png.ts';
import { paintSvg } from './adapters/chart-svg.ts';
import type { Chart } from './domain/chart.ts';
import type { PaintedChart, PaintedCharts } from './ports/chart-painter.ts';

/** One thread draws what it was given, and ends by itself. @property font the file that the office names */
export interface ChartWork {
  charts: readonly Chart[];
  pngs: boolean;
  font: string | null;
}

async function readFont({ pngs, font }: ChartWork): Promise<Uint8Array | null> {
  const file = pngs ? await findChartFont(font) : null;
  return file === null ? null : readFile(file);
}

async function paint(work: ChartWork): Promise<PaintedCharts> {
  const font = await readFont(work);
  const charts: PaintedChart[] = [];
  for (const [at, chart] of work.charts.entries()) {
    const drawn = paintSvg(chart, `chart${at + 1}`);
    charts.push({ ...drawn, png: font === null ? null : await paintPng(drawn.svg, font) });
  }
  const missing = work.pngs && font === null;
  const where = work.font === null ? 'no Chinese font was found' : `${work.font} cannot be read`;
  const notice = missing
    ? `${where}: charts stand as tables; install fonts-noto-cjk, or name a font file in GUANLAN_CHART_FONT`
    : null;
  return { charts, notice };
}

parentPort?.postMessage(await paint(workerData as ChartWork));
