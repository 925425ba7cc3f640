import { Worker } from 'node:worker_threads';
import type { ChartWork } from './chart-thread.ts';
import { findThreadFile } from './find-thread-file.ts';
import type { ChartPainter, PaintedCharts } from './ports/chart-painter.ts';

const limitMs = 120_000;

/**
 * A thread for each set of charts: nobody asks often, and what the libraries keep (fonts, timers) goes with it.
 * @param font the file that the office names; null for the one that is found
 */
export function openThreadedCharts(font: string | null): ChartPainter {
  return {
    paint: (charts, pngs) => {
      if (charts.length === 0) return Promise.resolve({ charts: [], notice: null });
      const work: ChartWork = { charts, pngs, font };
      const worker = new Worker(findThreadFile('chart-thread'), { workerData: work });
      const late = setTimeout(() => void worker.terminate(), limitMs).unref();
      return new Promise<PaintedCharts>((settle, fail) => {
        worker.once('message', settle);
        worker.once('error', (error) => fail(new Error(`charts: ${error.message}`)));
        worker.once('exit', () => fail(new Error('charts: the thread has ended')));
      }).finally(() => {
        clearTimeout(late);
        // Nothing of ours runs in it any more; the libraries may have left a timer.
        void worker.terminate();
      });
    },
  };
}
