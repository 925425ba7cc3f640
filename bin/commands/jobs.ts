import { Command } from 'commander';
import type { Context } from '../../pipeline/context.ts';
import { InvalidInput } from '../../pipeline/domain/errors.ts';
import { judgeTopic } from '../../pipeline/jobs/judge.ts';

type JobsContext = Pick<Context, 'queue' | 'close'>;

/** Every topic that has a handler. */
const topics = [judgeTopic];

async function listDead({ queue }: JobsContext): Promise<{ topic: string; key: string }[]> {
  const dead = await Promise.all(topics.map((topic) => queue.listDead(topic)));
  for (const job of dead.flat()) process.stdout.write(`${JSON.stringify(job)}\n`);
  return dead.flat();
}

/** @throws NotFound for a key that no dead job has */
async function rerun({ queue }: JobsContext, jobs: readonly { topic: string; key: string }[]): Promise<void> {
  for (const { topic, key } of jobs) await queue.rerun(topic, key);
  process.stderr.write(`guanlan jobs: ${jobs.length} put back\n`);
}

/** `guanlan jobs`: what is dead in the queue, one JSON object a line, and how to run it again. */
export function buildJobsCommand(openContext: () => Promise<JobsContext>): Command {
  return new Command('jobs')
    .description('list dead jobs with their reasons, and run them again; scaled set-up only')
    .option('--rerun <key>', 'put this dead job back, with fresh attempts')
    .option('--rerun-all', 'put all of them back')
    .action(async (options: { rerun?: string; rerunAll?: true }) => {
      if (options.rerun !== undefined && options.rerunAll) {
        throw new InvalidInput('--rerun', '--rerun and --rerun-all: give one of them');
      }
      const context = await openContext();
      try {
        if (options.rerun !== undefined) {
          const key = options.rerun;
          await rerun(
            context,
            topics.map((topic) => ({ topic, key })),
          );
          return;
        }
        const dead = await listDead(context);
        if (options.rerunAll) await rerun(context, dead);
      } finally {
        await context.close();
      }
    });
}
