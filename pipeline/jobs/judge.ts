import { z } from 'zod';
import { type JudgeBatchPorts, judgeBatch } from '../commands/judge-batch.ts';
import type { JobHandler } from '../ports/job-queue.ts';

export const judgeTopic = 'judge';
const Ids = z.array(z.string().min(1)).min(1).max(1000);

/** Judges the posts that a job names; those already judged cost one look. */
export function buildJudgeHandler(ports: JudgeBatchPorts): JobHandler {
  return async (job) => {
    await judgeBatch(Ids.parse(job.ids), ports);
  };
}
