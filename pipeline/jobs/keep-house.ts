import { closeWindows, type GapNews } from '../commands/close-windows.ts';
import { dismissLeavers } from '../commands/dismiss-leavers.ts';
import { openTopicFollower } from '../commands/follow-topics.ts';
import { type KeepPorts, measurePhrases, tidyTopics } from '../commands/keep-topics.ts';
import { linkAudit, type SignAnchor } from '../commands/link-audit.ts';
import { measureBaselines } from '../commands/measure-baselines.ts';
import { purgeOnTime } from '../commands/purge-on-time.ts';
import { refreshRollups } from '../commands/refresh-rollups.ts';
import { findAlarmedRules } from '../commands/rule-stats.ts';
import { scheduleBriefs } from '../commands/schedule-briefs.ts';
import { purgeWebhooks, type SendingPorts, sendWebhooks } from '../commands/send-webhooks.ts';
import { sweepRawPages } from '../commands/sweep-raw-pages.ts';
import { findNewsOfDay, type NoticeOfChannel } from '../commands/tell-notices.ts';
import { openBurstWatch } from '../commands/watch-bursts.ts';
import { type HandoverNews, watchHandovers } from '../commands/watch-handovers.ts';
import { withLease } from '../commands/with-lease.ts';
import { type GovernanceReminder, governanceReminders } from '../domain/comments-gate.ts';
import type { OutboxEntry } from '../domain/outbox.ts';
import { bucketHour } from '../domain/time.ts';
import type { Ports } from '../ports/index.ts';
import { startLiveMatching } from './match-live.ts';
import { mergeIndex } from './merge-index.ts';
import { relayOutbox } from './relay-outbox.ts';
import { type Repeating, startRepeating } from './repeat.ts';

export interface HousePorts
  extends Pick<Ports, 'stores' | 'blobs' | 'clock' | 'queue' | 'calendar'>,
    Partial<Pick<KeepPorts, 'readPhrases' | 'countPhrases'>> {
  sign: SignAnchor;
  /** Is told every fact of the outbox, at least once. */
  deliver(entry: OutboxEntry): void | Promise<void>;
  /** The rules that fire far above their own history, each time that they were looked at. */
  onRuleAlarms?(ruleIds: readonly string[]): void;
  /** What the office should know about its right to gather comments (R21): once a day, and by each new keeper of the house. */
  onReminders?(reminders: readonly GovernanceReminder[]): void;
  /** Besides what governance says: why comments cannot be gathered now; null when they can. */
  whyNoComments?(): Promise<string | null>;
  /** Is told which gaps have opened in the ledger, and which are filled. */
  onGaps?(news: GapNews): void;
  /** Is told once a day what a person must do so that channels are read in full. */
  onNotices?(notices: readonly NoticeOfChannel[]): void;
  /** Is told of slips that nobody has signed for, or that are late: each cause once. */
  onHandovers?(news: readonly HandoverNews[]): void;
  /** Sends what is due to other systems; without it, it waits. */
  webhooks?: Pick<SendingPorts, 'keys' | 'egress'>;
  onError(task: string, error: unknown): void;
}

/** How long the house stands untended when its keeper was killed. */
const leaseMs = 15_000;
const askAgainMs = 5_000;
const idleSessionMs = 30 * 60_000;

/**
 * Tells facts, links the audit chains, erases what has expired, merges the index of words, watches the rules, closes the ledger's windows, compares what is live with what was approved. One process does it at a time; all
 * others ask every few seconds, and one of them goes on when it has died. Two at once, as after a clock that jumped, are
 * harmless: every task finds its work in the store, and what another has done meanwhile is done.
 * @param owner unlike that of any other process
 */
export function startHousekeeping(ports: HousePorts, owner: string): Repeating {
  const { stores, clock, onError } = ports;
  const lease = { name: 'housekeeping', owner, ttlMs: leaseMs };
  const unnamed = new Map<string, string>();
  const told = new Map<string, string>();
  return startRepeating(
    lease.name,
    askAgainMs,
    (signal) =>
      withLease({ leases: stores.leases, clock }, { ...lease, signal }, (_lease, held) =>
        keepHouse(ports, { owner, unnamed, told }, held),
      ),
    onError,
  );
}

/** Until the lease is lost, or the process is to end. */
async function keepHouse(
  ports: HousePorts,
  { owner, unnamed, told }: { owner: string; unnamed: Map<string, string>; told: Map<string, string> },
  held: AbortSignal,
): Promise<void> {
  const { stores, clock, sign, deliver, onError } = ports;
  const audit = { audit: stores.audit, leases: stores.leases, clock };
  const tasks = [
    startRepeating('outbox', 1000, (signal) => relayOutbox(ports, deliver, signal), onError),
    startRepeating('link-audit', 5000, (signal) => linkAudit(audit, { owner, sign, signal }), onError),
    startRepeating('purge', 3_600_000, (signal) => purgeOnTime(ports, signal), onError),
    startRepeating('sweep-raw-pages', 3_600_000, () => sweepRawPages(ports, unnamed), onError),
    startRepeating('baselines', 3_600_000, (signal) => measureBaselines(ports, signal), onError),
    startRepeating('bursts', 120_000, openBurstWatch(ports), onError),
    startRepeating(
      'windows',
      60_000,
      async (signal) => {
        const onFailure = (channelId: string, error: unknown) => onError(`windows of ${channelId}`, error);
        ports.onGaps?.(await closeWindows({ ...ports, onFailure }, signal));
      },
      onError,
    ),
    startRepeating(
      'notices',
      600_000,
      async () => ports.onNotices?.(await findNewsOfDay(ports, told)),
      onError,
    ),
    startRepeating(
      'handovers',
      600_000,
      async (signal) => {
        const news = await watchHandovers(ports, signal);
        if (news.length > 0) ports.onHandovers?.(news);
      },
      onError,
    ),
    startRepeating(
      'briefs',
      60_000,
      async (signal) => {
        const onFailure = (key: string, error: unknown) => onError(`brief ${key}`, error);
        await scheduleBriefs({ ...ports, onFailure }, signal);
      },
      onError,
    ),
    startRepeating('rollups', 2000, (signal) => refreshRollups(ports, signal), onError),
    startRepeating('merge-index', 2000, (signal) => mergeIndex(ports, signal), onError),
    startRepeating('sessions', 300_000, () => purgeSessions(ports), onError),
    startRepeating('leavers', 600_000, (signal) => dismissLeavers(ports, signal), onError),
    startRepeating('rates', 300_000, () => stores.rates.purge(clock.now()), onError),
    startRepeating(
      'rule-alarms',
      600_000,
      async () => ports.onRuleAlarms?.(await findAlarmedRules(ports)),
      onError,
    ),
  ];
  tasks.push(...startLiveMatching(ports, onError));
  tasks.push(...followTopics(ports));
  const { webhooks } = ports;
  if (webhooks !== undefined) {
    const send = (signal: AbortSignal) => sendWebhooks({ stores, clock, ...webhooks }, signal);
    tasks.push(startRepeating('webhooks', 1000, send, onError));
    tasks.push(startRepeating('webhook-log', 3_600_000, () => purgeWebhooks(ports), onError));
  }
  tasks.push(startRepeating('reminders', 3_600_000, buildReminding(ports), onError));
  await new Promise<void>((settle) => {
    if (held.aborted) settle();
    held.addEventListener('abort', () => settle(), { once: true });
  });
  await Promise.all(tasks.map((task) => task.stop()));
}

/** More than comes in a minute: a store that was filled before topics were looked for. */
const manyDue = 300;

/** Where nobody can read phrases, topics wait. */
function followTopics({ stores, clock, readPhrases, countPhrases, onError }: HousePorts): Repeating[] {
  if (readPhrases === undefined || countPhrases === undefined) return [];
  const keeping: KeepPorts = { stores, clock, readPhrases, countPhrases };
  const follow = openTopicFollower(keeping);
  return [
    startRepeating('phrases', 3_600_000, () => measurePhrases(keeping), onError),
    startRepeating(
      'topics',
      60_000,
      async (signal) => {
        // Of weeks that come at once, everyday words would be topics to whoever does not know yet what is usual.
        if ((await stores.topics.listDue(manyDue)).length === manyDue) await measurePhrases(keeping);
        return follow(signal);
      },
      onError,
    ),
    startRepeating('tidy-topics', 3_600_000, () => tidyTopics(keeping), onError),
  ];
}

/** Looked at every hour, told when a Shanghai day has begun. */
function buildReminding({ stores, clock, onReminders }: HousePorts): () => Promise<void> {
  let toldOn: string | null = null;
  return async () => {
    const today = bucketHour(clock.now()).slice(0, 10);
    if (toldOn === today) return;
    const { governance } = await stores.settings.read();
    onReminders?.(governanceReminders(governance, today));
    toldOn = today;
  };
}

function purgeSessions({ stores, clock }: HousePorts): Promise<number> {
  const now = clock.now();
  return stores.sessions.purge(now, new Date(Date.parse(now) - idleSessionMs).toISOString());
}
