import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { openPromMetrics } from '../pipeline/adapters/prom-metrics.ts';
import { describeFailure } from './failure.ts';
import { type RunningOps, startOps } from './ops-server.ts';

let ops: RunningOps | null = null;
afterEach(async () => {
  await ops?.close();
  ops = null;
});

const counts = { waiting: 3, delayed: 0, running: 1, dead: 2 };
const silence = () => new Promise<never>(() => {});

async function open(parts: { store?: () => Promise<number>; queue?: () => Promise<typeof counts> } = {}) {
  const store = parts.store ?? (async () => 7);
  const metrics = openPromMetrics();
  const state = { isStarted: true };
  const deps = {
    stores: {
      settings: { readVersion: store },
      outbox: { countWaiting: store },
      rollups: { countWaiting: store },
      audit: { countUnlinked: store },
      ledger: {
        listGaps: async () => ['main-site', 'weibo', 'main-site'].map((channelId) => ({ channelId })),
      },
    },
    queue: { counts: parts.queue ?? (async () => counts) },
    metrics,
    isStarted: () => state.isStarted,
  };
  // Only what the port asks of the stores is there.
  ops = await startOps(deps as unknown as Parameters<typeof startOps>[0], { host: '127.0.0.1', port: 0 });
  const get = async (path: string, method = 'GET') => {
    const reply = await fetch(`${ops?.url}${path}`, { method });
    return { status: reply.status, text: await reply.text() };
  };
  return { get, metrics, state };
}

it('is ready when store and queue answer and everything has begun', async () => {
  const { get, state } = await open();
  expect(await get('/readyz')).toEqual({ status: 200, text: '{"status":"ok","waitsFor":[]}\n' });
  state.isStarted = false;
  expect((await get('/readyz')).text).toContain('"waitsFor":["start"]');
  expect((await get('/healthz')).status).toBe(200);
});

it('names within two seconds and a bit what does not answer, and stays alive', async () => {
  const { get } = await open({ store: silence, queue: () => Promise.reject(new Error('away')) });
  const askedMs = performance.now();
  const ready = await get('/readyz');
  expect(ready).toEqual({ status: 503, text: '{"status":"not-ready","waitsFor":["store","queue"]}\n' });
  expect(performance.now() - askedMs).toBeLessThan(3500);
  expect((await get('/healthz')).status).toBe(200);
});

it('counts what happened, and reads what waits', async () => {
  const { get, metrics } = await open();
  metrics.judged({ judged: 190, failed: 10, casesOpened: 4, seconds: 0.03 });
  metrics.judged({ judged: 5, failed: 0, casesOpened: 0, seconds: 0.01 });
  metrics.jobFailed({ topic: 'judge', fate: 'dead' });
  metrics.crawled({ state: 'finished', fetched: 12, created: 3, edited: 1, failed: 0 });
  metrics.answered({ method: 'GET', route: '/api/cases/:id', status: 200, seconds: 0.004 });
  metrics.answered({ method: 'GET', route: null, status: 404, seconds: 0.004 });
  const { status, text } = await get('/metrics');
  expect(status).toBe(200);
  for (const line of [
    'guanlan_posts_judged_total 195',
    'guanlan_posts_judge_failed_total 10',
    'guanlan_cases_opened_total 4',
    'guanlan_judge_batch_seconds_count 2',
    'guanlan_job_failures_total{topic="judge",fate="dead"} 1',
    'guanlan_crawl_runs_total{state="finished"} 1',
    'guanlan_crawl_pages_total{what="fetched"} 12',
    'guanlan_http_request_seconds_count{method="GET",route="/api/cases/:id",status="200"} 1',
    'guanlan_http_request_seconds_count{method="GET",route="none",status="404"} 1',
    'guanlan_queue_jobs{topic="judge",state="waiting"} 3',
    'guanlan_queue_jobs{topic="judge",state="dead"} 2',
    'guanlan_outbox_waiting 7',
    'guanlan_rollups_waiting 7',
    'guanlan_ledger_gaps_open{channel="main-site"} 2',
    'guanlan_audit_unlinked{log="read"} 7',
    'guanlan_settings_version 7',
  ])
    expect(text.split('\n')).toContain(line);
  expect(text).toContain('nodejs_eventloop_lag_seconds');
});

it('leaves out a number that could not be read, and keeps the others', async () => {
  const answers = [async () => counts, () => Promise.reject(new Error('away'))];
  const { get } = await open({ queue: () => (answers.shift() ?? (async () => counts))() });
  expect((await get('/metrics')).text).toContain('guanlan_queue_jobs{topic="judge",state="waiting"} 3');
  const { text } = await get('/metrics');
  expect(text).not.toContain('guanlan_queue_jobs{');
  expect(text).toContain('guanlan_settings_version 7');
});

it('answers nothing else', async () => {
  const { get } = await open();
  expect((await get('/')).status).toBe(404);
  expect((await get('/metrics', 'POST')).status).toBe(405);
});

it('on an address that the machine does not have, names the setting of the address', async () => {
  const refused = startOps({} as Parameters<typeof startOps>[0], { host: '192.0.2.1', port: 0 });
  expect(await refused.catch(describeFailure)).toMatch(/EADDRNOTAVAIL.*set GUANLAN_OPS_HOST/);
});

it('taken already, its port is told by the name of its own setting', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  try {
    // Nothing is asked of these before the port is open.
    const refused = startOps({} as Parameters<typeof startOps>[0], { host: '127.0.0.1', port });
    const failure = await refused.catch(describeFailure);
    expect(failure).toMatch(/EADDRINUSE.*set GUANLAN_OPS_PORT/);
    expect(failure).not.toContain('GUANLAN_PORT');
  } finally {
    taken.close();
  }
});
