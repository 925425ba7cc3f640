import type { AuditLogName } from '../domain/audit.ts';
import type { CrawlRun } from '../domain/crawl.ts';
import type { JobFailure, QueueCounts } from './job-queue.ts';

interface JudgedFacts {
  judged: number;
  failed: number;
  casesOpened: number;
  seconds: number;
}

interface AnsweredFacts {
  method: string;
  /** The pattern (`/api/cases/:id`), never the address; null when none fits. */
  route: string | null;
  status: number;
  seconds: number;
}

/** What is asked of the stores when somebody reads the metrics; null where nothing answered in time. */
export interface Readings {
  queues: Record<string, QueueCounts | null>;
  outboxWaiting: number | null;
  unlinked: Record<AuditLogName, number | null>;
  settingsVersion: number | null;
  /** Changes that no figure counts yet, up to 10,000. */
  rollupsWaiting: number | null;
  /** By channel; one that has none is not named. */
  gapsOpen: Record<string, number> | null;
}

/** What operators watch. Counts and names of our own only (a channel's among them): no ids, no texts, no addresses. */
export interface Metrics {
  judged(batch: JudgedFacts): void;
  jobFailed(failure: Pick<JobFailure, 'topic' | 'fate'>): void;
  crawled(run: Pick<CrawlRun, 'state' | 'fetched' | 'created' | 'edited' | 'failed'>): void;
  answered(request: AnsweredFacts): void;
  /** How many rules are in alarm; told by the process that keeps house. */
  ruleAlarms(count: number): void;
  /** In the text format of Prometheus. */
  render(readings: Readings): Promise<{ contentType: string; body: string }>;
}

/** For processes whose numbers nobody reads. */
export const noMetrics: Metrics = {
  judged: () => {},
  jobFailed: () => {},
  crawled: () => {},
  answered: () => {},
  ruleAlarms: () => {},
  render: async () => ({ contentType: 'text/plain; charset=utf-8', body: '' }),
};
