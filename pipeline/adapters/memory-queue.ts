import { NotFound, Permanent, RetryLater } from '../domain/errors.ts';
import type { DeadJob, EnqueueOptions, Job, JobHandler, JobQueue, QueueCounts } from '../ports/job-queue.ts';

/** Calls `run` once after `delayMs`. @returns cancels it */
export type After = (delayMs: number, run: () => void) => () => void;

export interface MemoryQueueOptions {
  /** Failures after which a job is dead. */
  maxAttempts?: number;
  /** Wait after the first failure; doubled by each further one, up to an hour. */
  backoffMs?: number;
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
  concurrency: number;
}

const usualPriority = 5;
const longestBackoffMs = 3_600_000;
/** A timer of Node's rings at once beyond this. */
const longestTimerMs = 2_147_483_647;
/** Reasons are for a person to read; the store knows what is still due, so that old ones may go. */
const deadKept = 1000;
const reasonLength = 500;

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
  private readonly maxAttempts: number;
  private readonly backoffMs: number;
  private readonly after: After;
  private draining = false;

  constructor(options: MemoryQueueOptions = {}) {
    this.maxAttempts = options.maxAttempts ?? 5;
    this.backoffMs = options.backoffMs ?? 1000;
    this.after = options.after ?? systemAfter;
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

  process(name: string, concurrency: number, handler: JobHandler): void {
    const topic = this.topic(name);
    if (topic.handler !== null) throw new Error(`Topic ${name} already has a handler.`);
    topic.handler = handler;
    topic.concurrency = concurrency;
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
        concurrency: 0,
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
    while (topic.handler !== null && topic.running.size < topic.concurrency && !this.draining) {
      const entry = takeFirst(topic.waiting);
      if (entry === null) return;
      const run: Promise<void> = this.run(topic, topic.handler, entry).finally(() => {
        topic.running.delete(run);
        this.startNext(topic);
      });
      topic.running.add(run);
    }
  }

  /** Never rejects: what a handler throws becomes the job's fate. */
  private async run(topic: Topic, handler: JobHandler, entry: Entry): Promise<void> {
    const { job } = entry;
    try {
      await handler({ ...job, ids: [...job.ids] }, this.stop.signal);
      topic.known.delete(job.key);
    } catch (error) {
      this.settleFailure(topic, entry, error);
    }
  }

  private settleFailure(topic: Topic, entry: Entry, error: unknown): void {
    topic.known.delete(entry.job.key);
    // A job that was told to stop has not failed, and its process is ending: the store will name it again.
    if (this.stop.signal.aborted) return;
    if (error instanceof RetryLater) {
      this.admit(topic, entry, Math.max(1, error.delayMs));
      return;
    }
    const attempts = entry.attempts + 1;
    if (error instanceof Permanent || attempts >= this.maxAttempts) {
      const reason = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(
        0,
        reasonLength,
      );
      topic.dead.set(entry.job.key, { ...entry.job, reason, attempts });
      const oldest = topic.dead.keys().next();
      if (topic.dead.size > deadKept && oldest.done !== true) topic.dead.delete(oldest.value);
      return;
    }
    const delayMs = Math.min(longestBackoffMs, this.backoffMs * 2 ** entry.attempts);
    this.admit(topic, { ...entry, attempts }, delayMs);
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
