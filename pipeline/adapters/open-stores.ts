import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Permanent } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ports, Stores } from '../ports/index.ts';
import type { OnJobFailure } from '../ports/job-queue.ts';
import type { RuleEvidence } from '../ports/rule-evidence.ts';
import type { TopicTexts } from '../ports/topic-store.ts';
import { FileBlobStore } from './files/blob-store.ts';
import { openMemoryAnnouncer } from './memory-announcer.ts';
import { MemoryQueue } from './memory-queue.ts';
import { openAuditLog } from './sqlite/audit-log.ts';
import { openBaselineStore } from './sqlite/baseline-store.ts';
import { openBriefStore } from './sqlite/brief-store.ts';
import { openBurstStore } from './sqlite/burst-store.ts';
import { openCaseStore } from './sqlite/case-store.ts';
import { openCheckMemory } from './sqlite/check-memory.ts';
import { openCredentialStore } from './sqlite/credential-store.ts';
import { openDatabase, openReadOnlyDatabase } from './sqlite/database.ts';
import { openDeskStore } from './sqlite/desk-store.ts';
import { openDocketStore } from './sqlite/docket-store.ts';
import { openDraftComments } from './sqlite/draft-comments.ts';
import { openDraftLinks } from './sqlite/draft-links.ts';
import { openDraftFiles, openDraftStore } from './sqlite/draft-store.ts';
import { openFilterStore } from './sqlite/filter-store.ts';
import { openHandoverStore } from './sqlite/handover-store.ts';
import { openInstructionStore } from './sqlite/instruction-store.ts';
import { openLeadStore } from './sqlite/lead-store.ts';
import { openLeaseStore } from './sqlite/lease-store.ts';
import { openLedgerStore } from './sqlite/ledger-store.ts';
import { openLiveMatchStore } from './sqlite/live-match-store.ts';
import { openObjectionList } from './sqlite/objection-list.ts';
import { openOutbox } from './sqlite/outbox.ts';
import { openOversight } from './sqlite/oversight.ts';
import { openPostStore } from './sqlite/post-store.ts';
import { openRateStore } from './sqlite/rate-store.ts';
import { openReadLog } from './sqlite/read-log.ts';
import { openReplyStore } from './sqlite/reply-store.ts';
import { openRetentionStore } from './sqlite/retention-store.ts';
import { openRollupStore } from './sqlite/rollup-store.ts';
import { openRuleEvidence } from './sqlite/rule-evidence.ts';
import { openSessionStore } from './sqlite/session-store.ts';
import { openSettingsStore } from './sqlite/settings-store.ts';
import { openSetupStore } from './sqlite/setup-store.ts';
import { openStandInStore } from './sqlite/stand-in-store.ts';
import { openStockAnswerStore } from './sqlite/stock-answer-store.ts';
import { openTopicStore, openTopicTexts } from './sqlite/topic-store.ts';
import { openUserStore } from './sqlite/user-store.ts';
import { openWebhookStore } from './sqlite/webhook-store.ts';

/** One level at a time: asked to make several at once, Node never comes back from some special file systems. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

/** @throws Permanent when the folder cannot be made or written to */
export function makeDataDir(dataDir: string): void {
  try {
    makeFolder(dataDir);
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Permanent(
      `The data folder ${dataDir} cannot be written by this user (${reason}). Set GUANLAN_DATA to another one.`,
    );
  }
}

/** The stores of the embedded set-up: one file in the data folder. */
export function openStores(dataDir: string, clock: Clock): Stores {
  makeDataDir(dataDir);
  const db = openDatabase(join(dataDir, 'guanlan.db'));
  return {
    posts: openPostStore(db, clock),
    cases: openCaseStore(db, clock),
    leads: openLeadStore(db),
    handovers: openHandoverStore(db),
    answers: openStockAnswerStore(db),
    replies: openReplyStore(db),
    settings: openSettingsStore(db),
    setup: openSetupStore(db),
    users: openUserStore(db),
    sessions: openSessionStore(db),
    standIns: openStandInStore(db),
    webhooks: openWebhookStore(db),
    instructions: openInstructionStore(db),
    credentials: openCredentialStore(db),
    objections: openObjectionList(db),
    docket: openDocketStore(db),
    oversight: openOversight(db),
    ledger: openLedgerStore(db),
    audit: openAuditLog(db),
    reads: openReadLog(db),
    outbox: openOutbox(db),
    leases: openLeaseStore(db),
    rates: openRateStore(db),
    retention: openRetentionStore(db),
    evidence: openRuleEvidence(db),
    baselines: openBaselineStore(db),
    bursts: openBurstStore(db),
    rollups: openRollupStore(db),
    topics: openTopicStore(db),
    briefs: openBriefStore(db),
    desk: openDeskStore(db),
    filters: openFilterStore(db),
    checkMemory: openCheckMemory(db),
    drafts: openDraftStore(db),
    draftLinks: openDraftLinks(db),
    draftFiles: openDraftFiles(db),
    draftComments: openDraftComments(db),
    live: openLiveMatchStore(db),
    close: async () => {
      if (db.open) db.close();
    },
  };
}

/** Where a deployment keeps its data; plain, so that it can be told to a thread. */
export type DataPlace = Pick<SetUp, 'dataDir' | 'connections'>;

/** For a thread that only reads: a connection of its own, through which nothing can be written where the store can promise it. */
export async function openEvidence({
  dataDir,
  connections,
}: DataPlace): Promise<{ evidence: RuleEvidence; close(): Promise<void> }> {
  if (connections === null) {
    const db = openReadOnlyDatabase(join(dataDir, 'guanlan.db'));
    return { evidence: openRuleEvidence(db), close: async () => void db.close() };
  }
  const { openMongo } = await import('./mongo/connection.ts');
  const { openMongoRuleEvidence } = await import('./mongo/rule-evidence.ts');
  const connection = await openMongo(connections.mongodbUri, connections.database);
  return { evidence: openMongoRuleEvidence(connection), close: () => connection.client.close() };
}

/** For key phrases and what is usual at the school: reads alone, in a thread. */
export async function openTopicReading({
  dataDir,
  connections,
}: DataPlace): Promise<{ texts: TopicTexts; close(): Promise<void> }> {
  if (connections === null) {
    const db = openReadOnlyDatabase(join(dataDir, 'guanlan.db'));
    return { texts: openTopicTexts(db), close: async () => void db.close() };
  }
  const { openMongo } = await import('./mongo/connection.ts');
  const { openMongoTopicTexts } = await import('./mongo/topic-store.ts');
  const connection = await openMongo(connections.mongodbUri, connections.database);
  return { texts: openMongoTopicTexts(connection), close: () => connection.client.close() };
}

type Opened = Pick<Ports, 'stores' | 'blobs' | 'queue' | 'announcer'>;
export type OpenedPorts = Opened & {
  /** The queue before the stores that its jobs write to. Twice is harmless. */
  close(): Promise<void>;
};

export interface SetUp {
  dataDir: string;
  clock: Clock;
  /** The servers of the scaled set-up; null for everything in one process and one folder. */
  connections: { mongodbUri: string; redisUrl: string; database: string } | null;
  /** Told once an outage of the queue's server, in words. */
  onTrouble(message: string): void;
  /** Told every failure of a job in this process. */
  onJobFailure?: OnJobFailure | undefined;
}

/**
 * The one place that knows what a deployment keeps its data in.
 * @param brought what a test, or another set-up, brings along instead; it is closed with the rest
 * @throws Permanent when the data folder cannot be written, or MongoDB cannot be reached
 */
export async function openPorts(setUp: SetUp, brought: Partial<Opened> = {}): Promise<OpenedPorts> {
  const { connections } = setUp;
  return connections === null ? openEmbedded(setUp, brought) : openScaled({ ...setUp, connections }, brought);
}

async function openEmbedded(
  { dataDir, clock, onJobFailure }: SetUp,
  brought: Partial<OpenedPorts>,
): Promise<OpenedPorts> {
  const stores = brought.stores ?? openStores(dataDir, clock);
  const queue = brought.queue ?? new MemoryQueue({ onFailure: onJobFailure });
  const blobs = brought.blobs ?? (await FileBlobStore.open(join(dataDir, 'blobs')));
  const announcer = brought.announcer ?? openMemoryAnnouncer();
  return { stores, blobs, queue, announcer, close: () => closeAll(queue, announcer, stores) };
}

/** Its drivers are loaded when asked for: the embedded set-up has no use for them. */
async function openScaled(
  { clock, connections, onTrouble, onJobFailure }: SetUp & { connections: NonNullable<SetUp['connections']> },
  brought: Partial<OpenedPorts>,
): Promise<OpenedPorts> {
  const { mongodbUri, redisUrl, database } = connections;
  const { openMongoStores } = await import('./mongo/open-mongo-stores.ts');
  const { collections } = await import('./mongo/collections.ts');
  const { ensureSchema } = await import('./mongo/schema.ts');
  const { openMongo } = await import('./mongo/connection.ts');
  const { openGridFsBlobStore } = await import('./mongo/blob-store.ts');
  const connection = await openMongo(mongodbUri, database);
  try {
    await ensureSchema(connection.db, collections);
    const stores = brought.stores ?? openMongoStores(connection, clock);
    const queue =
      brought.queue ??
      (await openRedisQueue({ redisUrl, prefix: database, onTrouble, onFailure: onJobFailure }));
    const blobs = brought.blobs ?? openGridFsBlobStore(connection);
    const announcer = brought.announcer ?? (await openRedisTelling({ redisUrl, prefix: database }));
    const close = () => closeAll(queue, announcer, stores, connection.client);
    return { stores, blobs, queue, announcer, close };
  } catch (error) {
    await connection.client.close();
    throw error;
  }
}

async function openRedisQueue(options: {
  redisUrl: string;
  prefix: string;
  onTrouble(message: string): void;
  onFailure: OnJobFailure | undefined;
}) {
  const { openBullQueue } = await import('./redis/bull-queue.ts');
  return openBullQueue(options);
}

async function openRedisTelling(options: { redisUrl: string; prefix: string }) {
  const { openRedisAnnouncer } = await import('./redis/announcer.ts');
  return openRedisAnnouncer(options);
}

/** All of them, in this order, whatever becomes of one. @throws what the first of them threw */
async function closeAll(...opened: { close(): Promise<void> }[]): Promise<void> {
  const failures: unknown[] = [];
  for (const one of opened) await one.close().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
