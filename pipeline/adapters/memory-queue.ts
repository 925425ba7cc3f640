import { NotFound } from '../domain/errors.ts';
import type {
  DeadJob,
  EnqueueOptions,
  Job,
  JobHandler,
  JobQueue,
  OnJobFailure,
  ProcessOptions,
  QueueCounts,
} from '../ports/job-queue.ts';
import {
  deadKept,
  decideFate,
  type FateOptions,
  type RetryPolicy,
  retryPolicy,
  usualPriority,
} from './job-fate.ts';

/** Calls `run` once after `delayMs`. @returns cancels it */
export type After = (delayMs: number, run: () => void) => () => void;

export interface MemoryQueueOptions extends FateOptions {
  after?: After;
}

interface Entry {
  job: Job;
  priority: number;
  attempts: number;
}

/** First in, first out. `Array.shift` moves every entry behind it; here the taken front is cut off now and then. */
class Line {
  private entries: Entry[] = [];
  private head = 0;

  get length(): number {
    return this.entries.length - this.head;
  }

  push(entry: Entry): void {
    this.entries.push(entry);
  }

  shift(): Entry | undefined {
    const first = this.entries[this.head];
    if (first === undefined) return undefined;
    this.head += 1;
    if (this.head > 1024 && this.head * 2 > this.entries.length) {
      this.entries = this.entries.slice(this.head);
      this.head = 0;
    }
    return first;
  }
}

interface Topic {
  /** Waiting or running, by key. */
  known: Map<string, Entry>;
  /** Waiting, first in first out, one list a priority. */
  waiting: Map<number, Line>;
  delayed: Map<string, () => void>;
  running: Set<Promise<void>>;
  dead: Map<string, DeadJob>;
  handler: JobHandler | null;
  options: ProcessOptions;
  /** How many began within the last `rate.perMs`. */
  begun: number;
}

interface Schedule {
  everyMs: number;
  /** Of the timer that runs. */
  cancel: () => void;
}

/** A timer of Node's rings at once beyond this. */
const longestTimerMs = 2_147_483_647;

function systemAfter(delayMs: number, run: () => void): () => void {
  let timer: NodeJS.Timeout;
  const arm = (restMs: number) => {
    const stepMs = Math.min(restMs, longestTimerMs);
    timer = setTimeout(() => (restMs > stepMs ? arm(restMs - stepMs) : run()), stepMs);
    timer.unref();
  };
  arm(delayMs);
  return () => clearTimeout(timer);
}

/**
 * The embedded queue: lives and dies with its process. Nothing is lost with it, because the store knows what is due.
 * Waiting jobs never keep a process alive.
 */
export class MemoryQueue implements JobQueue {
  private readonly topics = new Map<string, Topic>();
  private readonly stop = new AbortController();
  private readonly schedules = new Map<string, Schedule>();
  private readonly policy: RetryPolicy;
  private readonly after: After;
  private readonly onFailure: OnJobFailure;
  private draining = false;

  constructor(options: MemoryQueueOptions = {}) {
    this.policy = retryPolicy(options);
    this.after = options.after ?? systemAfter;
    this.onFailure = options.onFailure ?? (() => {});
  }

  async enqueue(job: Job, options: EnqueueOptions = {}): Promise<void> {
    if (this.stop.signal.aborted) throw new Error('The job queue is closed.');
    const topic = this.topic(job.topic);
    if (topic.known.has(job.key)) return;
    topic.dead.delete(job.key);
    const copy = { key: job.key, topic: job.topic, ids: [...job.ids] };
    this.admit(
      topic,
      { job: copy, priority: options.priority ?? usualPriority, attempts: 0 },
      options.delayMs,
    );
  }

  async schedule(job: Job, everyMs: number): Promise<void> {
    if (this.stop.signal.aborted) throw new Error('The job queue is closed.');
    const name = JSON.stringify([job.topic, job.key]);
    const known = this.schedules.get(name);
    if (this.draining || known?.everyMs === everyMs) return;
    known?.cancel();
    const schedule: Schedule = { everyMs, cancel: () => {} };
    const ring = () => {
      schedule.cancel = this.after(everyMs, ring);
      void this.enqueue(job);
    };
    this.schedules.set(name, schedule);
    if (known === undefined) ring();
    else schedule.cancel = this.after(everyMs, ring);
  }

  process(name: string, options: ProcessOptions, handler: JobHandler): void {
    const topic = this.topic(name);
    if (topic.handler !== null) throw new Error(`Topic ${name} already has a handler.`);
    topic.handler = handler;
    topic.options = options;
    this.startNext(topic);
  }

  async counts(name: string): Promise<QueueCounts> {
    const { waiting, delayed, running, dead } = this.topic(name);
    let count = 0;
    for (const line of waiting.values()) count += line.length;
    return { waiting: count, delayed: delayed.size, running: running.size, dead: dead.size };
  }

  async listDead(name: string): Promise<DeadJob[]> {
    return [...this.topic(name).dead.values()].map((dead) => ({ ...dead, ids: [...dead.ids] }));
  }

  async rerun(name: string, key: string): Promise<void> {
    const dead = this.topic(name).dead.get(key);
    if (dead === undefined) throw new NotFound(`No dead job ${key} in topic ${name}.`);
    await this.enqueue({ key, topic: name, ids: dead.ids });
  }

  async drain(): Promise<void> {
    this.draining = true;
    for (const schedule of this.schedules.values()) schedule.cancel();
    this.schedules.clear();
    await Promise.all([...this.topics.values()].flatMap((topic) => [...topic.running]));
  }

  async close(): Promise<void> {
    this.stop.abort();
    for (const topic of this.topics.values()) {
      for (const cancel of topic.delayed.values()) cancel();
      topic.delayed.clear();
    }
    await this.drain();
    this.topics.clear();
  }

  private topic(name: string): Topic {
    let topic = this.topics.get(name);
    if (topic === undefined) {
      topic = {
        known: new Map(),
        waiting: new Map(),
        delayed: new Map(),
        running: new Set(),
        dead: new Map(),
        handler: null,
        options: { concurrency: 0 },
        begun: 0,
      };
      this.topics.set(name, topic);
    }
    return topic;
  }

  private admit(topic: Topic, entry: Entry, delayMs = 0): void {
    const { key } = entry.job;
    topic.known.set(key, entry);
    if (delayMs > 0) {
      const ring = () => {
        topic.delayed.delete(key);
        this.admit(topic, entry);
      };
      topic.delayed.set(key, this.after(delayMs, ring));
      return;
    }
    const line = topic.waiting.get(entry.priority) ?? new Line();
    line.push(entry);
    topic.waiting.set(entry.priority, line);
    this.startNext(topic);
  }

  private startNext(topic: Topic): void {
    while (topic.handler !== null && this.mayStart(topic)) {
      const entry = takeFirst(topic.waiting);
      if (entry === null) return;
      this.spendRate(topic);
      const run: Promise<void> = this.run(topic, topic.handler, entry).finally(() => {
        topic.running.delete(run);
        this.startNext(topic);
      });
      topic.running.add(run);
    }
  }

  private mayStart({ options, running, begun }: Topic): boolean {
    return (
      !this.draining &&
      running.size < options.concurrency &&
      (options.rate === undefined || begun < options.rate.jobs)
    );
  }

  private spendRate(topic: Topic): void {
    const { rate } = topic.options;
    if (rate === undefined) return;
    topic.begun += 1;
    this.after(rate.perMs, () => {
      topic.begun -= 1;
      this.startNext(topic);
    });
  }

  /** Never rejects: what a handler throws becomes the job's fate. */
  private async run(topic: Topic, handler: JobHandler, entry: Entry): Promise<void> {
    const { job } = entry;
    try {
      // Nothing outlives its process here, so that no job can have been interrupted before.
      await handler({ ...job, ids: [...job.ids], interrupted: 0 }, this.stop.signal);
      topic.known.delete(job.key);
    } catch (error) {
      this.settleFailure(topic, entry, error);
    }
  }

  private settleFailure(topic: Topic, entry: Entry, error: unknown): void {
    topic.known.delete(entry.job.key);
    // A job that was told to stop has not failed, and its process is ending: the store will name it again.
    if (this.stop.signal.aborted) return;
    const fate = decideFate(error, entry.attempts, this.policy);
    const { topic: name, key } = entry.job;
    this.onFailure({ topic: name, key, fate: fate.kind, error });
    if (fate.kind !== 'dead') {
      this.admit(topic, { ...entry, attempts: fate.attempts }, fate.delayMs);
      return;
    }
    topic.dead.set(entry.job.key, { ...entry.job, reason: fate.reason, attempts: fate.attempts });
    const oldest = topic.dead.keys().next();
    if (topic.dead.size > deadKept && oldest.done !== true) topic.dead.delete(oldest.value);
  }
}

function takeFirst(waiting: Topic['waiting']): Entry | null {
  const priorities = [...waiting.keys()].sort((a, b) => a - b);
  for (const priority of priorities) {
    const line = waiting.get(priority);
    const entry = line?.shift();
    if (line?.length === 0) waiting.delete(priority);
    if (entry !== undefined) return entry;
  }
  return null;
}
