import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startCrawling } from '../crawlers/main.ts';
import type { Context } from '../pipeline/context.ts';
import { startWorker } from '../pipeline/worker.ts';
import { startApi } from '../review-api/main.ts';
import { leaseOwner } from './lock-data-dir.ts';
import { webFolder } from './open-context.ts';
import { startOps } from './ops-server.ts';

/** What a process may do. In this order: first of all the worker's purge, an expired text must not be served once. */
export type Part = 'worker' | 'api' | 'crawler';

export interface RunningService {
  /** Where people come; null without the part `api`. */
  url: string | null;
  /** In the order of the data: no new pages, no new jobs, last requests, then the stores. */
  stop(): Promise<void>;
}

interface Started {
  stop(): Promise<void>;
  url?: string;
}

function startHttp(context: Context) {
  const { publicUrl, secure } = context.config.http;
  const http = {
    behindTls: secure,
    trustedProxyHops: publicUrl === null ? 0 : 1,
    publicOrigin: publicUrl === null ? null : new URL(publicUrl).origin,
    webFolder: existsSync(join(webFolder, 'index.html')) ? webFolder : null,
  };
  const tokenise = async (text: string) => (await context.currentJudge()).searchWords(text);
  return startApi({ ...context, tokenise, http }, context.config.http);
}

async function startPart(part: Part, context: Context): Promise<Started> {
  const owner = leaseOwner(context.config);
  if (part === 'worker') return startWorker(context, owner);
  if (part === 'crawler') return startCrawling(context, owner);
  const { url, close } = await startHttp(context);
  return { url, stop: close };
}

/** The port for health and metrics, if one is configured: from the first moment, for a start may take minutes. */
async function startOpsPort(context: Context, isStarted: () => boolean): Promise<Started[]> {
  const { ops } = context.config;
  if (ops === null) return [];
  const { url, close } = await startOps({ ...context, isStarted }, ops);
  context.logger.info({ ops: url }, 'health and metrics are told');
  return [{ stop: close }];
}

/** Starts these parts in one process. The context is closed by `stop`, and when starting fails. */
export async function startService(context: Context, parts: readonly Part[]): Promise<RunningService> {
  const started: Started[] = [];
  const stop = async () => {
    for (const one of started.splice(0).reverse()) await one.stop();
    await context.close();
  };
  try {
    let isStarted = false;
    started.push(...(await startOpsPort(context, () => isStarted)));
    for (const part of parts) started.push(await startPart(part, context));
    isStarted = true;
    const url = started.find((one) => one.url !== undefined)?.url ?? null;
    context.logger.info({ url, parts }, 'the service is running');
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
