import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright';
import { RetryLater } from '../../pipeline/domain/errors.ts';
import { type BrowserChoice, browserFlags, browserRetryMs, getBrowser } from './browser-program.ts';

export interface BrowserLimits {
  /** Pages at a time. */
  pages: number;
  /** After this many pages a browser is replaced: they all grow. */
  pagesPerBrowser: number;
  /** Of all its processes together, in bytes; above it, the browser is replaced. */
  maxBytes: number;
  /** Of one page's scripts, in megabytes: one that wants more crashes by itself, and not the machine. */
  heapMb: number;
  /** A browser without a page is closed after this. */
  idleMs: number;
}

const browserLimits: BrowserLimits = {
  pages: 2,
  pagesPerBrowser: 200,
  maxBytes: 1_200 * 1_048_576,
  heapMb: 256,
  idleMs: 30_000,
};

interface Running {
  browser: Browser;
  active: number;
  served: number;
  /** No page is begun in it any more. */
  isRetired: boolean;
}

const pageBytes = 4096;

/** Memory of a process in bytes, its part of what it shares with others; 0 where this machine does not tell. */
async function bytesOf(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'latin1').catch(() => '');
  const part = /^Pss:\s+(\d+) kB/m.exec(rollup)?.[1];
  if (part !== undefined) return Number(part) * 1024;
  // A process that shut itself in tells only how much is there, shared or not.
  const statm = await readFile(`/proc/${pid}/statm`, 'latin1').catch(() => '');
  return (Number(statm.split(' ')[1]) || 0) * pageBytes;
}

/** Of all processes of a browser. */
async function memoryOf(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  try {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const sizes = await Promise.all(processInfo.map(({ id }) => bytesOf(id)));
    return sizes.reduce((sum, size) => sum + size, 0);
  } finally {
    await session.detach().catch(() => {});
  }
}

async function launch(choice: BrowserChoice, heapMb: number): Promise<Browser> {
  const executablePath = await getBrowser(choice);
  // Loaded on first use: most offices never need it.
  const { chromium } = await import('playwright');
  // Its own sandbox does not work for root.
  const chromiumSandbox = (choice.sandbox ?? true) && process.getuid?.() !== 0;
  try {
    return await chromium.launch({
      executablePath,
      headless: true,
      chromiumSandbox,
      args: [...browserFlags, `--js-flags=--max-old-space-size=${heapMb}`],
      // Who stops the service stops the browser, after the pages.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      timeout: 30_000,
    });
  } catch (error) {
    const isSandbox = error instanceof Error && /sandbox/i.test(error.message);
    throw new RetryLater(
      browserRetryMs,
      `the browser ${executablePath} could not be started${isSandbox ? ': its sandbox needs user namespaces, which this machine or container forbids (see GUANLAN_CHROMIUM_SANDBOX)' : ''}`,
    );
  }
}

/**
 * One browser, started when a page wants it, replaced when it has served enough, has grown too large or has died, and closed
 * when nobody needs it. Pages beyond the limit wait.
 */
export class BrowserPool {
  readonly #choice: BrowserChoice;
  readonly #limits: BrowserLimits;
  #current: Promise<Running> | null = null;
  readonly #all = new Set<Running>();
  #active = 0;
  readonly #waiting: (() => void)[] = [];
  #idle: NodeJS.Timeout | null = null;
  #isClosed = false;
  /** How many browsers were started: for tests and for curiosity. */
  started = 0;

  constructor(choice: BrowserChoice, limits: Partial<BrowserLimits> = {}) {
    this.#choice = choice;
    this.#limits = { ...browserLimits, ...limits };
  }

  /** Waits for a place, then works with a browser that is alive. @throws RetryLater when there is none to start */
  async use<T>(work: (browser: Browser) => Promise<T>): Promise<T> {
    await this.#takePlace();
    try {
      const running = await this.#get();
      running.active += 1;
      running.served += 1;
      try {
        return await work(running.browser);
      } finally {
        running.active -= 1;
        await this.#review(running);
      }
    } finally {
      this.#leavePlace();
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#idle !== null) clearTimeout(this.#idle);
    await this.#current?.catch(() => {});
    await Promise.all([...this.#all].map(({ browser }) => browser.close().catch(() => {})));
  }

  async #takePlace(): Promise<void> {
    if (this.#idle !== null) clearTimeout(this.#idle);
    while (this.#active >= this.#limits.pages) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    if (this.#isClosed) throw new Error('the browser was closed');
    this.#active += 1;
  }

  #leavePlace(): void {
    this.#active -= 1;
    this.#waiting.shift()?.();
    if (this.#active > 0 || this.#isClosed) return;
    this.#idle = setTimeout(() => void this.#retireCurrent(), this.#limits.idleMs);
    this.#idle.unref();
  }

  async #get(): Promise<Running> {
    const known = this.#current;
    if (known !== null) {
      const running = await known;
      if (!running.isRetired && running.browser.isConnected()) return running;
      if (this.#current === known) this.#current = null;
    }
    this.#current ??= this.#start();
    return this.#current;
  }

  async #start(): Promise<Running> {
    try {
      const browser = await launch(this.#choice, this.#limits.heapMb);
      this.started += 1;
      const running = { browser, active: 0, served: 0, isRetired: false };
      this.#all.add(running);
      browser.on('disconnected', () => {
        running.isRetired = true;
        this.#all.delete(running);
      });
      if (this.#isClosed) await browser.close();
      return running;
    } catch (error) {
      this.#current = null;
      throw error;
    }
  }

  /** After each page: has this browser done enough? The last page of a retired one closes it. */
  async #review(running: Running): Promise<void> {
    const { pagesPerBrowser, maxBytes } = this.#limits;
    if (!running.isRetired && running.browser.isConnected()) {
      const bytes = await memoryOf(running.browser).catch(() => 0);
      running.isRetired = running.served >= pagesPerBrowser || bytes > maxBytes;
    }
    if (running.isRetired && running.active === 0) await running.browser.close().catch(() => {});
  }

  async #retireCurrent(): Promise<void> {
    const running = await this.#current?.catch(() => null);
    if (running === null || running === undefined || this.#active > 0) return;
    running.isRetired = true;
    await running.browser.close().catch(() => {});
  }
}
