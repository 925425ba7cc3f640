import { linkAudit } from './commands/link-audit.ts';
import { purgeExpired } from './commands/purge-expired.ts';
import type { Context } from './context.ts';
import type { OutboxEntry } from './domain/outbox.ts';
import { buildJudgeHandler, judgeTopic } from './jobs/judge.ts';
import { relayOutbox } from './jobs/relay-outbox.ts';
import { startRepeating } from './jobs/repeat.ts';
import { sweepDue } from './jobs/sweep.ts';

export interface RunningWorker {
  /** Ends what runs, starts nothing new. */
  stop(): Promise<void>;
}

const idleSessionMs = 30 * 60_000;

/** Judges what comes in, and keeps house: sweeper, audit chains, purge, sessions. Other processes may do the same. */
export async function startWorker(context: Context, owner: string): Promise<RunningWorker> {
  const { stores, queue, clock, logger, anchors } = context;
  // An expired text must not be served once, not even right after a restore.
  await purgeExpired(context);
  // Two at a time: while one batch is being stored, the next one is being judged.
  queue.process(judgeTopic, { concurrency: 2 }, buildJudgeHandler(context));
  const onError = (task: string, error: unknown) =>
    logger.error({ task, err: error }, 'a recurring task failed');
  const tellLog = ({ topic, subject }: OutboxEntry) => logger.info({ topic, subject }, 'outbox');
  const tasks = [
    startRepeating('outbox', 1000, () => relayOutbox(context, tellLog), onError),
    startRepeating('sweep', 2000, () => sweepDue(context), onError),
    startRepeating(
      'link-audit',
      5000,
      () => linkAudit({ audit: stores.audit, leases: stores.leases, clock }, { owner, sign: anchors.sign }),
      onError,
    ),
    startRepeating('purge', 3_600_000, (signal) => purgeExpired(context, signal), onError),
    startRepeating(
      'sessions',
      300_000,
      () => {
        const now = clock.now();
        return stores.sessions.purge(now, new Date(Date.parse(now) - idleSessionMs).toISOString());
      },
      onError,
    ),
  ];
  return {
    stop: async () => {
      await Promise.all(tasks.map((task) => task.stop()));
      await queue.drain();
    },
  };
}
