import { createRequire } from 'node:module';
import { setTimeout } from 'node:timers/promises';
import Bull from 'bull';
import { z } from 'zod';
import { NotFound, Permanent } from '../../domain/errors.ts';
import type {
  DeadJob,
  EnqueueOptions,
  Job,
  JobHandler,
  JobQueue,
  OnJobFailure,
  ProcessOptions,
  QueueCounts,
} from '../../ports/job-queue.ts';
import {
  deadKept,
  decideFate,
  type FateOptions,
  type RetryPolicy,
  retryPolicy,
  usualPriority,
} from '../job-fate.ts';
import { openRedis, type RedisConnections } from './connections.ts';
import { Schedules } from './schedules.ts';
import { defineScripts, makeRoom, type QueueScripts } from './scripts.ts';

export interface BullQueueOptions extends FateOptions {
  redisUrl: string;
  /** Names the queues of one deployment, such as its database; deployments can share a server. */
  prefix: string;
  /** How long a job of a killed process stays its own; it runs again within twice as long. */
  lockMs?: number;
  /** Told once an outage. */
  onTrouble?: (message: string) => void;
}

/** Bull leaves a client's command alone that has this name already. */
const addJob = createRequire(import.meta.url)('bull/lib/scripts/addJob-6.js') as {
  name: string;
  keys: number;
  content: string;
};

const JobData = z.object({ ids: z.array(z.string()) });
type JobData = z.infer<typeof JobData>;

/** What Bull does not declare. */
interface Internals {
  /** What each of its loops is about. */
  processing: Record<string, Promise<unknown>>;
  /** Whether a loop may be waiting on the blocking connection. */
  bclientInitialized: boolean;
  setWorkerName(): Promise<void>;
  /** Of what Redis holds of a job; null when none waits. Ours do not repeat, for which it would be a promise. */
  nextJobFromJobData(raw: { stalledCounter?: string } | null, id: string): Bull.Job<JobData> | null;
  _clearTimers(): Promise<void>;
}

interface Topic {
  name: string;
  queue: Bull.Queue<JobData> & Internals;
  /** Ends the wait for a job. */
  disconnect: () => void;
  running: Set<Promise<void>>;
  handled: boolean;
}

/** In the shape in which Bull takes a failure: a reason to keep, and no stack, of which it would keep every one. */
interface Failure {
  message: string;
  /** -1: dead. */
  delayMs: number;
}

/** The job comes back at once, here or elsewhere, and has not failed. */
class PutBack extends Error {}

const endlessly = 1_000_000_000;
/** Kept for a person to look at, not for ever. */
const removeOnFail: Bull.KeepJobsOptions = { count: deadKept, age: 30 * 86_400 };
/** Set when a job runs: whether it is dead is for `decideFate` to say. */
const runOptions: Bull.JobOptions = {
  attempts: endlessly,
  backoff: { type: 'fate' },
  removeOnComplete: true,
  removeOnFail,
};
/**
 * A job whose worker was killed is run again; what ends a process each time must come to an end itself. Handlers that are told
 * how often it was may be careful long before.
 */
const interruptedAtMost = 20;
/** Bull's words for a job beyond that. */
const interruptedReason = 'job stalled more than allowable limit';
const settleMs = 2000;
const longestTurnMs = 30_000;

/**
 * The queue of many processes. Redis may be away, wiped or started anew: workers go on by themselves, and what it lost
 * the sweeper names again. A job of a killed process runs again; delivery is at least once.
 */
export function openBullQueue(options: BullQueueOptions): JobQueue {
  return new BullQueue(options, openRedis(options.redisUrl, options.onTrouble ?? (() => {})));
}

class BullQueue implements JobQueue {
  private readonly topics = new Map<string, Topic>();
  private readonly policy: RetryPolicy;
  private readonly prefix: string;
  private readonly lockMs: number;
  private readonly onFailure: OnJobFailure;
  private readonly connections: RedisConnections;
  private readonly scripts: QueueScripts;
  private readonly schedules: Schedules;
  private readonly draining = new AbortController();
  private readonly stop = new AbortController();
  private closing: Promise<void> | null = null;

  constructor(options: BullQueueOptions, connections: RedisConnections) {
    this.policy = retryPolicy(options);
    // In braces: all keys of a deployment lie in one slot of a cluster, which Bull's scripts need.
    this.prefix = `{guanlan:${options.prefix}}`;
    this.lockMs = options.lockMs ?? 30_000;
    this.onFailure = options.onFailure ?? (() => {});
    this.connections = connections;
    this.scripts = defineScripts(connections.client);
    connections.client.defineCommand(addJob.name, {
      numberOfKeys: addJob.keys,
      lua: makeRoom + addJob.content,
    });
    this.schedules = new Schedules({
      claim: async (job, everyMs, asked) => {
        const key = `${this.prefix}:schedule:${job.topic}:${job.key}`;
        const claim = () => this.scripts.claimTick(key, everyMs, asked ? '1' : '0');
        const [mine, agreedMs, waitMs] = await this.ask(claim);
        return { mine: mine === 1, everyMs: agreedMs, waitMs };
      },
      enqueue: (job) => this.enqueue(job),
    });
  }

  async enqueue(job: Job, options: EnqueueOptions = {}): Promise<void> {
    const { queue } = this.topic(job.topic);
    const jobId = idOf(job.key);
    const data = { ids: [...job.ids] };
    const { delayMs: delay = 0, priority = usualPriority } = options;
    // Stored with each: a job that kills whoever runs it is buried by Bull alone.
    await this.ask(() => queue.add(data, { jobId, delay, priority, removeOnFail }));
  }

  async schedule(job: Job, everyMs: number): Promise<void> {
    this.assertOpen();
    if (!this.draining.signal.aborted) await this.schedules.ask(job, everyMs);
  }

  process(name: string, options: ProcessOptions, handler: JobHandler): void {
    const topic = this.topic(name);
    if (topic.handled) throw new Error(`Topic ${name} already has a handler.`);
    topic.handled = true;
    const run = (bullJob: Bull.Job<JobData>) => {
      const running: Promise<void> = this.run(bullJob, name, options, handler).finally(() =>
        topic.running.delete(running),
      );
      topic.running.add(running);
      return running;
    };
    topic.queue.process(options.concurrency, run).catch(this.connections.tell);
  }

  async counts(name: string): Promise<QueueCounts> {
    const { waiting, delayed, active, failed } = await this.ask(() => this.topic(name).queue.getJobCounts());
    return { waiting, delayed, running: active, dead: failed };
  }

  async listDead(name: string): Promise<DeadJob[]> {
    const newestFirst = await this.ask(() => this.topic(name).queue.getFailed(0, deadKept - 1));
    return newestFirst.reverse().map(({ id, data, failedReason, attemptsMade }) => ({
      key: keyOf(id),
      topic: name,
      ids: JobData.safeParse(data).data?.ids ?? [],
      reason: failedReason ?? '',
      attempts: attemptsMade,
    }));
  }

  async rerun(name: string, key: string): Promise<void> {
    const job = await this.ask(() => this.topic(name).queue.getJob(idOf(key)));
    if (job?.finishedOn === undefined) throw new NotFound(`No dead job ${key} in topic ${name}.`);
    const { priority = usualPriority } = job.opts;
    await this.enqueue({ key, topic: name, ids: JobData.parse(job.data).ids }, { priority });
  }

  async drain(): Promise<void> {
    this.draining.abort();
    this.schedules.stop();
    await Promise.all([...this.topics.values()].map((topic) => drainTopic(topic)));
  }

  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    this.stop.abort();
    await this.drain();
    const queues = [...this.topics.values()].map(({ queue }) => queue);
    await Promise.all(queues.map((queue) => queue.close(true)));
    this.connections.close();
    // Commands that were still under way fail now, and some of Bull's would be tried again by a timer.
    await setTimeout(1);
    await Promise.all(queues.map((queue) => queue._clearTimers()));
  }

  private assertOpen(): void {
    if (this.stop.signal.aborted) throw new Error('The job queue is closed.');
  }

  private async ask<T>(question: () => Promise<T>): Promise<T> {
    this.assertOpen();
    return this.connections.answer(question);
  }

  private topic(name: string): Topic {
    this.assertOpen();
    let topic = this.topics.get(name);
    if (topic === undefined) {
      topic = openTopic(name, this.prefix, this.lockMs, this.connections);
      topic.queue.on('failed', (job: Bull.Job | null, error) => {
        if (job === null || error.message !== interruptedReason) return;
        this.onFailure({ topic: name, key: keyOf(job.id), fate: 'dead', error });
      });
      this.topics.set(name, topic);
    }
    return topic;
  }

  /** Rejects with a `Failure` only. */
  private async run(
    bullJob: Bull.Job<JobData>,
    topic: string,
    { rate }: ProcessOptions,
    handler: JobHandler,
  ): Promise<void> {
    Object.assign(bullJob.opts, runOptions);
    try {
      if (this.draining.signal.aborted) throw new PutBack();
      const data = JobData.safeParse(bullJob.data);
      if (!data.success) throw new Permanent(`not a job: ${data.error.message}`);
      if (rate !== undefined) await this.awaitTurn(`${this.prefix}:${topic}:turns`, rate);
      const interrupted = interruptions.get(bullJob) ?? 0;
      await handler({ key: keyOf(bullJob.id), topic, ids: data.data.ids, interrupted }, this.stop.signal);
    } catch (error) {
      throw this.settleFailure(bullJob, topic, error);
    }
  }

  private async awaitTurn(key: string, { jobs, perMs }: NonNullable<ProcessOptions['rate']>): Promise<void> {
    for (;;) {
      const waitMs = await this.scripts.takeTurn(key, jobs, perMs);
      if (waitMs <= 0) return;
      const { signal } = this.draining;
      await setTimeout(Math.min(waitMs, longestTurnMs), undefined, { signal }).catch(() => undefined);
      if (signal.aborted) throw new PutBack();
    }
  }

  private settleFailure(bullJob: Bull.Job<JobData>, topic: string, error: unknown): Failure {
    const made = bullJob.attemptsMade;
    // A job that was told to stop has not failed. Bull counts every failure when it stores one: what spends no attempt is
    // taken off before.
    if (error instanceof PutBack || this.stop.signal.aborted) {
      bullJob.attemptsMade = made - 1;
      return { message: 'put back', delayMs: 1 };
    }
    const fate = decideFate(error, made, this.policy);
    this.onFailure({ topic, key: keyOf(bullJob.id), fate: fate.kind, error });
    bullJob.attemptsMade = fate.attempts - 1;
    return { message: fate.reason, delayMs: fate.kind === 'dead' ? -1 : fate.delayMs };
  }
}

function openTopic(name: string, prefix: string, lockMs: number, connections: RedisConnections): Topic {
  let disconnect = () => {};
  const queue = new Bull<JobData>(name, {
    prefix,
    createClient: (type) => {
      if (type === 'client') return connections.client;
      if (type === 'subscriber') return connections.subscriber();
      const blocking = connections.openBlocking();
      disconnect = () => blocking.disconnect();
      return blocking;
    },
    settings: {
      lockDuration: lockMs,
      stalledInterval: lockMs / 2,
      maxStalledCount: interruptedAtMost,
      retryProcessDelay: 1000,
      backoffStrategies: { fate: (_made, failure) => (failure as unknown as Failure).delayMs },
    },
  }) as Topic['queue'];
  // Names the connection for lists of workers, and rejects where nobody listens.
  queue.setWorkerName = () => Promise.resolve();
  keepInterruptions(queue);
  queue.on('error', connections.tell);
  return { name, queue, disconnect: () => disconnect(), running: new Set(), handled: false };
}

/** How often a job's holder was killed: Bull reads it with the job, and leaves it out of what it hands over. */
const interruptions = new WeakMap<object, number>();

function keepInterruptions(queue: Internals): void {
  const build = queue.nextJobFromJobData.bind(queue);
  queue.nextJobFromJobData = (raw, id) => {
    const job = build(raw, id);
    if (job !== null) interruptions.set(job, Number(raw?.stalledCounter ?? 0));
    return job;
  };
}

async function drainTopic({ queue, running, disconnect }: Topic): Promise<void> {
  // Bull would wait for its blocking command to end, then connect anew.
  queue.bclientInitialized = false;
  await queue.pause(true);
  disconnect();
  await Promise.all([...running].map((run) => run.catch(() => undefined)));
  // What they came to is being stored. While Redis is away it cannot be, and the job will run again.
  const settled = Promise.all(Object.values(queue.processing));
  const patience = new AbortController();
  await Promise.race([settled, setTimeout(settleMs, undefined, patience).catch(() => undefined)]);
  patience.abort();
}

/** Ids are parts of Redis keys beside Bull's own, and Bull splits at colons. */
function idOf(key: string): string {
  return `k.${key.replace(/[%:]/g, encodeURIComponent)}`;
}

function keyOf(id: Bull.JobId): string {
  return String(id)
    .slice(2)
    .replace(/%3A|%25/g, decodeURIComponent);
}
