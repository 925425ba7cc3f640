import type { Job } from '../../ports/job-queue.ts';

interface Tick {
  mine: boolean;
  everyMs: number;
  /** Until the next. */
  waitMs: number;
}

/** What lies in Redis. Both may reject while it is away. */
interface TickSource {
  /** @param asked whether this interval is wished for, or only remembered */
  claim(job: Job, everyMs: number, asked: boolean): Promise<Tick>;
  enqueue(job: Job): Promise<void>;
}

interface Schedule {
  job: Job;
  everyMs: number;
  /** Not yet told to the others. */
  asked: boolean;
  /** A tick is ours, but its job could not be enqueued yet. */
  owed: boolean;
  timer: NodeJS.Timeout | undefined;
}

const retryMs = 1000;
/** A timer of Node's rings at once beyond this. */
const longestTimerMs = 2_147_483_647;

/** Every process keeps a timer of its own; Redis gives each tick to one of them. */
export class Schedules {
  private readonly all = new Map<string, Schedule>();
  private readonly source: TickSource;

  constructor(source: TickSource) {
    this.source = source;
  }

  /** Never rejects: while Redis is away, it is tried again every second. */
  async ask(job: Job, everyMs: number): Promise<void> {
    const name = JSON.stringify([job.topic, job.key]);
    const known = this.all.get(name);
    clearTimeout(known?.timer);
    const owed = known?.owed ?? false;
    const schedule = { job: { ...job, ids: [...job.ids] }, everyMs, asked: true, owed, timer: undefined };
    this.all.set(name, schedule);
    await this.ring(name, schedule);
  }

  stop(): void {
    for (const { timer } of this.all.values()) clearTimeout(timer);
    this.all.clear();
  }

  private async ring(name: string, schedule: Schedule): Promise<void> {
    let waitMs = retryMs;
    try {
      if (schedule.owed) await this.pay(schedule);
      const tick = await this.source.claim(schedule.job, schedule.everyMs, schedule.asked);
      schedule.everyMs = tick.everyMs;
      schedule.asked = false;
      schedule.owed = tick.mine;
      if (tick.mine) await this.pay(schedule);
      waitMs = Math.min(tick.waitMs, longestTimerMs);
    } catch {
      // The connections tell of it.
    }
    if (this.all.get(name) !== schedule) return;
    schedule.timer = setTimeout(() => void this.ring(name, schedule), waitMs);
    schedule.timer.unref();
  }

  private async pay(schedule: Schedule): Promise<void> {
    await this.source.enqueue(schedule.job);
    schedule.owed = false;
  }
}
