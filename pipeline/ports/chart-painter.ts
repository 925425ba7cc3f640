import type { Chart } from '../domain/chart.ts';

export interface PaintedChart {
  /** Complete in itself, no script; ids differ from those of other charts painted together. */
  svg: string;
  /** In CSS pixels. */
  width: number;
  height: number;
  /** At two and a half times that size; null where its words could not be written. */
  png: Uint8Array | null;
}

export interface PaintedCharts {
  /** In the order asked. */
  charts: PaintedChart[];
  /** Why there are no PNGs, in English for operators; null when there are. */
  notice: string | null;
}

/** Draws charts away from the thread that answers. */
export interface ChartPainter {
  /** @param pngs are pictures wanted too? SVG costs little, PNG a fifth of a second each */
  paint(charts: readonly Chart[], pngs: boolean): Promise<PaintedCharts>;
}
