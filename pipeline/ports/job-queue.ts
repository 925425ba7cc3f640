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

/** Resolve: done. RetryLater: again after its delay, spending no attempt. Permanent: dead at once. Else: back-off. */
export type JobHandler = (job: Job, signal: AbortSignal) => Promise<void>;

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

export interface JobQueue {
  enqueue(job: Job, options?: EnqueueOptions): Promise<void>;
  /** One handler a topic; `concurrency` jobs of it at a time. */
  process(topic: string, concurrency: number, handler: JobHandler): void;
  counts(topic: string): Promise<QueueCounts>;
  listDead(topic: string): Promise<DeadJob[]>;
  /** Puts a dead job back with fresh attempts. */
  rerun(topic: string, key: string): Promise<void>;
  /** Takes no new jobs, lets running ones end; the rest stays for the next start or the sweeper. */
  drain(): Promise<void>;
  close(): Promise<void>;
}
