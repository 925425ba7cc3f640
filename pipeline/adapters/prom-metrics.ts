import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Metrics, Readings } from '../ports/metrics.ts';

const batchSeconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const requestSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

function openMeters(registry: Registry) {
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Counter({ name: `guanlan_${name}`, help, labelNames, registers });
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Gauge({ name: `guanlan_${name}`, help, labelNames, registers });
  return {
    judged: counter('posts_judged_total', 'Posts that got a verdict in this process'),
    judgeFailed: counter('posts_judge_failed_total', 'Posts that could not be judged'),
    casesOpened: counter('cases_opened_total', 'Cases opened by verdicts of this process'),
    batch: new Histogram({
      name: 'guanlan_judge_batch_seconds',
      help: 'From the job to the stored verdicts',
      buckets: batchSeconds,
      registers,
    }),
    jobFailures: counter('job_failures_total', 'Failures of jobs by what became of the job', [
      'topic',
      'fate',
    ]),
    runs: counter('crawl_runs_total', 'Crawl runs by how they ended', ['state']),
    pages: counter('crawl_pages_total', 'Pages fetched, articles created or edited, pages failed', ['what']),
    requests: new Histogram({
      name: 'guanlan_http_request_seconds',
      help: 'Requests by pattern of their address',
      labelNames: ['method', 'route', 'status'] as const,
      buckets: requestSeconds,
      registers,
    }),
    jobs: gauge('queue_jobs', 'Jobs in the queue', ['topic', 'state']),
    outbox: gauge('outbox_waiting', 'Facts that were not told yet'),
    unlinked: gauge('audit_unlinked', 'Entries that no chain holds yet', ['log']),
    ruleAlarms: gauge(
      'rule_alarms',
      'Rules that fire far above their own history, as the keeper of the house found',
    ),
    gaps: gauge('ledger_gaps_open', 'Gaps of the crawl ledger that are not filled yet', ['channel']),
    rollups: gauge('rollups_waiting', 'Changes that no figure counts yet, up to 10,000'),
    settings: gauge('settings_version', 'The version of the settings in the store'),
  };
}

type Meters = ReturnType<typeof openMeters>;

/** A reading that is missing leaves no number behind: an old one would look like news. */
function setReadings({ jobs, outbox, unlinked, settings, gaps, rollups }: Meters, readings: Readings): void {
  outbox.remove();
  settings.remove();
  rollups.remove();
  jobs.reset();
  unlinked.reset();
  gaps.reset();
  for (const [topic, counts] of Object.entries(readings.queues)) {
    for (const [state, count] of Object.entries(counts ?? {})) jobs.set({ topic, state }, count);
  }
  for (const [log, count] of Object.entries(readings.unlinked)) {
    if (count !== null) unlinked.set({ log }, count);
  }
  for (const [channel, count] of Object.entries(readings.gapsOpen ?? {})) gaps.set({ channel }, count);
  if (readings.outboxWaiting !== null) outbox.set(readings.outboxWaiting);
  if (readings.rollupsWaiting !== null) rollups.set(readings.rollupsWaiting);
  if (readings.settingsVersion !== null) settings.set(readings.settingsVersion);
}

/** Metrics for Prometheus, with those of Node itself. The only user of prom-client. */
export function openPromMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const meters = openMeters(registry);
  return {
    judged: ({ judged, failed, casesOpened, seconds }) => {
      meters.judged.inc(judged);
      meters.judgeFailed.inc(failed);
      meters.casesOpened.inc(casesOpened);
      meters.batch.observe(seconds);
    },
    jobFailed: ({ topic, fate }) => meters.jobFailures.inc({ topic, fate }),
    crawled: ({ state, fetched, created, edited, failed }) => {
      meters.runs.inc({ state });
      for (const [what, count] of Object.entries({ fetched, created, edited, failed })) {
        meters.pages.inc({ what }, count);
      }
    },
    answered: ({ method, route, status, seconds }) => {
      meters.requests.observe({ method, route: route ?? 'none', status }, seconds);
    },
    ruleAlarms: (count) => meters.ruleAlarms.set(count),
    render: async (readings) => {
      setReadings(meters, readings);
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
  };
}
