import { z } from 'zod';
import { type JudgeBatchPorts, judgeBatch, judgeCarefully } from '../commands/judge-batch.ts';
import type { JobHandler } from '../ports/job-queue.ts';
import { type Metrics, noMetrics } from '../ports/metrics.ts';

export const judgeTopic = 'judge';
/** Workers are killed for many reasons; so often under one job, it is the job's. */
const carefulAfter = 3;
const Ids = z.array(z.string().min(1)).min(1).max(1000);

/** Judges the posts that a job names; those already judged cost one look. */
export function buildJudgeHandler(
  ports: JudgeBatchPorts,
  metrics: Pick<Metrics, 'judged'> = noMetrics,
): JobHandler {
  return async (job) => {
    const startedMs = performance.now();
    const judge = job.interrupted < carefulAfter ? judgeBatch : judgeCarefully;
    const { judged, failed, casesOpened } = await judge(Ids.parse(job.ids), ports);
    const seconds = (performance.now() - startedMs) / 1000;
    metrics.judged({ judged, failed, casesOpened: casesOpened.length, seconds });
  };
}
