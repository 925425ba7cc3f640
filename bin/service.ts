import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openDraftSources } from '../crawlers/draft-sources.ts';
import { openEgress } from '../crawlers/fetch/egress.ts';
import { startCrawling } from '../crawlers/main.ts';
import type { Platforms } from '../crawlers/source.ts';
import { addWechatAddresses } from '../crawlers/sources/wechat/add-addresses.ts';
import { workbookWriter } from '../pipeline/adapters/workbook-writer.ts';
import { openContactSeal } from '../pipeline/commands/contact-seal.ts';
import { openEnterObjection } from '../pipeline/commands/enter-objection.ts';
import type { Context } from '../pipeline/context.ts';
import type { WechatChannel } from '../pipeline/domain/channel.ts';
import { readModelFacts } from '../pipeline/stages/model-facts.ts';
import { startWorker } from '../pipeline/worker.ts';
import { startApi } from '../review-api/main.ts';
import { leaseOwner } from './lock-data-dir.ts';
import { webFolder } from './open-context.ts';
import { openDoors } from './open-doors.ts';
import { openDraftLinks } from './open-draft-links.ts';
import { openPrinter } from './open-printer.ts';
import { startOps } from './ops-server.ts';
import { openPageTest } from './page-test.ts';
import { openSiteSurvey } from './site-survey.ts';

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

function openSafeguards({ blobs, contactKeys, objections, anchors }: Context) {
  return {
    blobs,
    contacts: openContactSeal(contactKeys),
    enterObjection: openEnterObjection(objections),
    verifyAnchor: anchors.verify,
    readModelFacts,
  };
}

/**
 * @property platforms of a simulated school: where they stand instead of the real ones
 * @property pages the folder of the built dashboards, where it is not the program's own
 */
type ServiceContext = Context & { platforms?: Platforms; pages?: string };

async function startHttp(context: ServiceContext) {
  const { publicUrl, publicOrigin, basePath, secure } = context.config.http;
  const { pages = webFolder } = context;
  const http = {
    behindTls: secure,
    trustedProxyHops: publicUrl === null ? 0 : 1,
    ...{ publicOrigin, basePath },
    webFolder: existsSync(join(pages, 'index.html')) ? pages : null,
  };
  const { ledger } = context.stores;
  const addArticles = (channel: WechatChannel, addresses: readonly string[]) =>
    addWechatAddresses({ ledger, clock: context.clock }, channel, addresses);
  const testPage = openPageTest(context);
  const surveys = openSiteSurvey(context);
  const { password, secondFactor } = context.config.signIn;
  const doors = openDoors(context);
  const signIn = { password, secondFactor, providers: doors.providers };
  const safeguards = openSafeguards(context);
  const { chromium: named, sandbox, path } = context.config.outward;
  const { chartFont } = context.config;
  const printer = openPrinter({ named, sandbox, path, chartFont }, (notice) => context.logger.warn(notice));
  const { close: closeSources, ...sources } = openDraftSources(context);
  const { readFiles, close: closeLinks } = openDraftLinks(context);
  const outputs = { printer, workbooks: workbookWriter };
  const own = {
    tokenise: context.searchWords,
    addArticles,
    testPage,
    surveys,
    signIn,
    safeguards,
    readFiles,
    http,
  };
  const deps = { ...context, ...own, ...outputs, ...sources };
  const api = await startApi(deps, context.config.http);
  const closeOthers = () => Promise.all([printer.close(), doors.close(), closeSources(), closeLinks()]);
  return { url: api.url, close: () => api.close().finally(closeOthers) };
}

/** With a way out of its own: other systems are called from where the house is kept. */
async function startWorkerPart(context: Context, owner: string, signal?: AbortSignal): Promise<Started> {
  const { clock, proxy } = context;
  const egress = openEgress({ clock, proxy });
  try {
    const worker = await startWorker(context, owner, { signal, egress });
    return { stop: () => worker.stop().finally(() => egress.close()) };
  } catch (error) {
    await egress.close();
    throw error;
  }
}

async function startPart(part: Part, context: ServiceContext, signal?: AbortSignal): Promise<Started> {
  const owner = leaseOwner(context.config);
  if (part === 'worker') return startWorkerPart(context, owner, signal);
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

/** All of them, in this order, whatever becomes of one. @throws what the first of them threw */
async function stopAll(running: readonly Started[]): Promise<void> {
  const failures: unknown[] = [];
  for (const one of running) await one.stop().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

/**
 * Starts these parts in one process. The context is closed by `stop`, and when starting fails.
 * @param signal begins no further part once it is aborted; what has begun is still to be stopped
 */
export async function startService(
  context: ServiceContext,
  parts: readonly Part[],
  signal?: AbortSignal,
): Promise<RunningService> {
  const started: Started[] = [];
  const stop = () => stopAll([...started.splice(0).reverse(), { stop: () => context.close() }]);
  try {
    let isStarted = false;
    started.push(...(await startOpsPort(context, () => isStarted)));
    for (const part of parts) {
      if (signal?.aborted === true) return { url: null, stop };
      started.push(await startPart(part, context, signal));
    }
    isStarted = true;
    const url = started.find((one) => one.url !== undefined)?.url ?? null;
    context.logger.info({ url, parts }, 'the service is running');
    return { url, stop };
  } catch (error) {
    await stop().catch((err: unknown) => context.logger.error({ err }, 'stopping after a failed start'));
    throw error;
  }
}
