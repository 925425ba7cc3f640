import { Worker } from 'node:worker_threads';
import type { ChartWork } from './chart-thread.ts';
import type { ChartPainter, PaintedCharts } from './ports/chart-painter.ts';

/** The compiled thread; in a checkout its source, whose loader a thread does not inherit from the process. */
function findThreadFile(): URL {
  if (!import.meta.url.endsWith('.ts')) return new URL('./chart-thread.js', import.meta.url);
  const loader = import.meta.resolve('tsx/esm/api');
  const source = new URL('./chart-thread.ts', import.meta.url).href;
  const script = `import { register } from '${loader}'; register(); await import('${source}');`;
  return new URL(`data:text/javascript,${encodeURIComponent(script)}`);
}

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
      const worker = new Worker(findThreadFile(), { workerData: work });
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
