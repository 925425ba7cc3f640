import type { GapNews } from './commands/close-windows.ts';
import { purgeOnTime } from './commands/purge-on-time.ts';
import { openFanOut } from './commands/send-webhooks.ts';
import type { NoticeOfChannel } from './commands/tell-notices.ts';
import type { HandoverNews } from './commands/watch-handovers.ts';
import type { Context } from './context.ts';
import type { GovernanceReminder } from './domain/comments-gate.ts';
import type { OutboxEntry } from './domain/outbox.ts';
import { buildJudgeHandler, judgeTopic } from './jobs/judge.ts';
import { startHousekeeping } from './jobs/keep-house.ts';
import { startRepeating } from './jobs/repeat.ts';
import { sweepDue } from './jobs/sweep.ts';
import type { Egress } from './ports/egress.ts';

export interface RunningWorker {
  /** Ends what runs, starts nothing new. */
  stop(): Promise<void>;
}

/** `signal` cuts the first purge short: what it leaves, the next one finds. Without `egress` no other system is told anything. */
export interface WorkerOptions {
  signal?: AbortSignal | undefined;
  egress?: Pick<Egress, 'fetch'>;
}

/**
 * While one batch is being stored, the next one is being judged; where storing is a round trip to a server, one more is on
 * its way.
 */
export const batchesAtOnce = { embedded: 2, scaled: 3 } as const;

/**
 * Judges what comes in, sweeps, and keeps house when nobody else does. Any number of processes may do the same.
 * @param owner names this process in the leases: unlike any other that runs at the same time
 */
export async function startWorker(
  context: Context,
  owner: string,
  { signal, egress }: WorkerOptions = {},
): Promise<RunningWorker> {
  const { config, queue, announcer, logger, anchors, metrics } = context;
  // An expired text must not be served once, not even right after a restore. Reads leave out what has expired; embedded it is
  // gone from the bytes too before anything opens. Scaled, other processes serve already: there the keeper of the house begins
  // with the purge.
  if (config.setUp === 'embedded') await purgeOnTime(context, signal);
  const concurrency = batchesAtOnce[config.setUp];
  queue.process(judgeTopic, { concurrency }, buildJudgeHandler(context, metrics));
  const onError = (task: string, error: unknown) =>
    logger.error({ task, err: error }, 'a recurring task failed; it is tried again');
  const fanOut = openFanOut(context);
  const deliver = async (entry: OutboxEntry) => {
    const { topic, subject } = entry;
    logger.info({ topic, subject }, 'outbox');
    announcer.announce({ topic, subject });
    await fanOut(entry);
  };
  const webhooks = egress === undefined ? {} : { webhooks: { egress, keys: context.connectorKeys } };
  const onReminders = (reminders: readonly GovernanceReminder[]) => {
    for (const { code, daysLeft, says } of reminders) logger.warn({ code, daysLeft }, says);
  };
  const whyNoComments = async () => (await context.objections.read()).problem;
  const onGaps = ({ opened, filled }: GapNews) => {
    for (const { id, cause, reason, nextStep } of opened)
      logger.warn({ id, cause, reason, nextStep }, 'a gap has opened');
    for (const { id, from, to, filledByRun } of filled)
      logger.info({ id, from, to, filledByRun }, 'a gap is filled');
  };
  const onNotices = (notices: readonly NoticeOfChannel[]) => {
    for (const { channelId, code, says } of notices)
      logger.warn({ channelId, code }, `${channelId}: ${says}`);
  };
  const onHandovers = (news: readonly HandoverNews[]) => {
    for (const { number, kind, level } of news) logger.warn({ number, kind, level }, 'a slip waits too long');
  };
  const alarmed = new Set<string>();
  // Of a rule for danger even a count says something of those who wrote: the log has its name only (R19).
  const onRuleAlarms = (ruleIds: readonly string[]) => {
    metrics.ruleAlarms(ruleIds.length);
    for (const rule of ruleIds) {
      if (!alarmed.has(rule)) logger.warn({ rule }, 'a rule fires far above its own history');
    }
    alarmed.clear();
    for (const rule of ruleIds) alarmed.add(rule);
  };
  const tasks = [
    // Not left to the housekeeper: whoever can judge finds what is due.
    startRepeating('sweep', 2000, () => sweepDue(context), onError),
    startHousekeeping(
      {
        ...{ ...context, sign: anchors.sign, deliver, whyNoComments },
        ...{ onRuleAlarms, onReminders, onGaps, onNotices, onHandovers, onError, ...webhooks },
      },
      owner,
    ),
  ];
  return {
    stop: async () => {
      await Promise.all(tasks.map((task) => task.stop()));
      await queue.drain();
    },
  };
}
