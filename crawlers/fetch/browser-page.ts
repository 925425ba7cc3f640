import type { Browser, BrowserContext, Page } from 'playwright';
import { Permanent } from '../../pipeline/domain/errors.ts';
import type { Egress, EgressRequest, EgressResponse } from '../../pipeline/ports/egress.ts';
import { BrowserCrash, isTold, RenderFailure } from './browser-failures.ts';
import { BrowserGate } from './browser-gate.ts';
import { nameAddress, sentHeaders } from './request-headers.ts';
import type { ScriptCache } from './script-cache.ts';
import { limitTime, untilAborted } from './time-limit.ts';

export interface PageLimits {
  /** Nothing asked for and nothing changed for so long: the page is as it will be. */
  quietMs: number;
  /** Until its document is read, with the scripts that it waits for. */
  loadMs: number;
  /** From then until it is quiet. */
  settleMs: number;
  /** Of the page as it stands at the end. */
  maxBytes: number;
}

export const pageLimits: PageLimits = {
  quietMs: 400,
  loadMs: 60_000,
  settleMs: 60_000,
  maxBytes: 10 * 1_048_576,
};

// Scripts for inside the page are texts: a compiler would add to functions what a page does not have.

/** What a page could use to speak past its requests. */
const withoutSideDoors = `
for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'WebTransport', 'SharedWorker']) {
  Reflect.deleteProperty(globalThis, name);
}`;

/** Resolves when nothing was added, removed or rewritten for a while. Looks (attributes) do not count. */
const untilStill = (quietMs: number) => `
new Promise((resolve) => {
  const done = () => { watch.disconnect(); resolve(true); };
  let timer = setTimeout(done, ${quietMs});
  const watch = new MutationObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(done, ${quietMs});
  });
  watch.observe(document, { childList: true, characterData: true, subtree: true });
})`;

/** A page whose script never ends does not even give its text. */
const contentMs = 3000;

async function openContext(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({
    userAgent: sentHeaders['user-agent'],
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    serviceWorkers: 'block',
    acceptDownloads: false,
    viewport: { width: 1280, height: 2000 },
  });
  await context.addInitScript({ content: withoutSideDoors });
  return context;
}

/** Until nothing is asked for and nothing changes. @returns false when the time was over first */
async function settle(page: Page, gate: BrowserGate, quietMs: number, signal: AbortSignal): Promise<boolean> {
  try {
    for (;;) {
      while (gate.inFlight > 0) await untilAborted(gate.nextChange(), signal);
      // A page that goes on to another address meanwhile is looked at again there.
      const isStill = await untilAborted(
        page.evaluate(untilStill(quietMs)).then(
          () => true,
          () => false,
        ),
        signal,
      );
      if (page.isClosed()) throw new BrowserCrash('the page was closed');
      if (isStill && gate.inFlight === 0) return true;
      if (!isStill) await untilAborted(page.waitForLoadState('domcontentloaded'), signal);
    }
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}

export interface RenderJob {
  egress: Egress;
  request: EgressRequest;
  /** The page as its server sent it. */
  document: EgressResponse;
  scripts: ScriptCache;
  limits: PageLimits;
}

/**
 * One page in a context of its own, which ends with it: no cookie, no storage, no cache survives.
 * @throws BrowserCrash, RenderFailure, Permanent (too large), what the egress threw for a part of the page
 */
export async function renderPage(browser: Browser, job: RenderJob): Promise<EgressResponse> {
  const { limits, request, document } = job;
  const outer = request.signal ?? new AbortController().signal;
  const limited = limitTime(outer, limits.loadMs + limits.settleMs);
  const context = await openContext(browser).catch((error: unknown) => {
    throw browser.isConnected() ? error : new BrowserCrash('the browser has died');
  });
  const crash = new AbortController();
  const onDeath = () => crash.abort(new BrowserCrash('the browser has died'));
  browser.once('disconnected', onDeath);
  try {
    const gate = new BrowserGate(
      job.egress,
      { allowance: request.allowance, signal: limited.signal },
      { scripts: job.scripts, document: { url: document.url, response: document } },
    );
    await gate.guard(context);
    const page = await context.newPage();
    gate.page = page;
    page.once('crash', () => crash.abort(new BrowserCrash('the page’s scripts took too much memory')));
    context.on('page', (other) => void (other === page ? null : other.close().catch(() => {})));
    return await untilAborted(show(page, gate, { ...job, signal: limited.signal }), crash.signal);
  } catch (error) {
    outer.throwIfAborted();
    if (crash.signal.aborted) throw crash.signal.reason;
    if (!browser.isConnected()) throw new BrowserCrash('the browser has died');
    if (isTold(error)) throw error;
    // Playwright's own words hold addresses with their queries.
    throw new RenderFailure(`${nameAddress(new URL(document.url))} could not be shown by the browser`);
  } finally {
    limited.release();
    browser.off('disconnected', onDeath);
    await context.close().catch(() => {});
  }
}

async function contentOf(page: Page, name: string): Promise<string> {
  const limited = limitTime(new AbortController().signal, contentMs);
  try {
    return await untilAborted(page.content(), limited.signal);
  } catch {
    throw new RenderFailure(`${name} does not come to rest in the browser`);
  } finally {
    limited.release();
  }
}

async function show(
  page: Page,
  gate: BrowserGate,
  { document, limits, signal }: RenderJob & { signal: AbortSignal },
): Promise<EgressResponse> {
  const name = nameAddress(new URL(document.url));
  const loading = limitTime(signal, limits.loadMs);
  try {
    const loaded = page.goto(document.url, { waitUntil: 'domcontentloaded', timeout: 0 });
    await untilAborted(loaded, loading.signal);
  } catch (error) {
    if (gate.failure !== null) throw gate.failure;
    if (loading.signal.aborted || page.isClosed()) throw new RenderFailure(`${name} was not shown in time`);
    if (!(error instanceof Error) || !/interrupted by another navigation/.test(error.message)) {
      throw new RenderFailure(`${name} could not be shown by the browser`);
    }
  } finally {
    loading.release();
  }
  const settling = limitTime(signal, limits.settleMs);
  const settled = await settle(page, gate, limits.quietMs, settling.signal).finally(settling.release);
  if (gate.failure !== null) throw gate.failure;
  if (!settled && gate.inFlight > 0) {
    throw new RenderFailure(
      `${name} still waits for ${gate.inFlight} of its parts after ${limits.settleMs / 1000} s`,
    );
  }
  const body = Buffer.from(await contentOf(page, name));
  if (body.length > limits.maxBytes) {
    throw new Permanent(`${name} is larger than ${limits.maxBytes / 1_048_576} MiB as a browser shows it`);
  }
  const moved = gate.moved;
  const { etag: _, 'last-modified': __, ...headers } = document.headers;
  return {
    url: moved?.url ?? document.url,
    status: moved?.status ?? document.status,
    headers: {
      // Validators speak of the shell: what scripts fill it with may change while it stays as it is.
      ...(gate.askedForData || moved !== null ? headers : document.headers),
      'content-type': 'text/html; charset=utf-8',
    },
    body: new Uint8Array(body),
    rendering: { ...gate.report, settled },
  };
}
