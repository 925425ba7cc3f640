/** The queue only wakes workers: the store is the truth, and a sweeper finds what was lost. Jobs carry ids. */
export interface Job {
  /** Two jobs with one key are one job while the first waits or runs. */
  key: string;
  topic: string;
  ids: readonly string[];
}

export interface EnqueueOptions {
  /** Not before; milliseconds from now. */
  delayMs?: number;
  /** 1 first … 9 last; 5 unless told. */
  priority?: number;
}

/** What a handler is handed. */
interface Delivery extends Job {
  /** How often a process ended in the middle of this job. */
  interrupted: number;
}

/** Resolve: done. RetryLater: again after its delay, spending no attempt. Permanent: dead at once. Else: back-off. */
export type JobHandler = (job: Delivery, signal: AbortSignal) => Promise<void>;

/** What becomes of a job that failed: put off without spending an attempt, backed off, or given up. */
type JobFate = 'later' | 'again' | 'dead';

export interface JobFailure {
  topic: string;
  key: string;
  fate: JobFate;
  error: unknown;
}

export type OnJobFailure = (failure: JobFailure) => void;

export interface DeadJob extends Job {
  reason: string;
  attempts: number;
}

export interface QueueCounts {
  waiting: number;
  delayed: number;
  running: number;
  dead: number;
}

export interface ProcessOptions {
  /** So many jobs of the topic at a time in this process. */
  concurrency: number;
  /** No more than `jobs` begin in any `perMs`, over all processes together. */
  rate?: { jobs: number; perMs: number };
}

export interface JobQueue {
  /** @throws RetryLater, within seconds, when the queue cannot be reached */
  enqueue(job: Job, options?: EnqueueOptions): Promise<void>;
  /**
   * Enqueues the job now and then every `everyMs`, once for all processes that ask for the same: no sooner than
   * `everyMs` after the last time. Asking again with another interval changes it. Ends when every process that asked
   * has drained or is gone.
   */
  schedule(job: Job, everyMs: number): Promise<void>;
  /** One handler a topic. */
  process(topic: string, options: ProcessOptions, handler: JobHandler): void;
  /** One round trip. */
  counts(topic: string): Promise<QueueCounts>;
  listDead(topic: string): Promise<DeadJob[]>;
  /** Puts a dead job back with fresh attempts. */
  rerun(topic: string, key: string): Promise<void>;
  /** Takes no new jobs and schedules none, lets running ones end; the rest stays for the next start or the sweeper. */
  drain(): Promise<void>;
  close(): Promise<void>;
}
