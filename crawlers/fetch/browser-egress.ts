import type { Egress, EgressRequest, EgressResponse } from '../../pipeline/ports/egress.ts';
import { BrowserCrash, RenderFailure } from './browser-failures.ts';
import { type PageLimits, pageLimits, renderPage } from './browser-page.ts';
import { type BrowserLimits, BrowserPool } from './browser-pool.ts';
import type { BrowserChoice } from './browser-program.ts';
import { nameAddress } from './request-headers.ts';
import { ScriptCache } from './script-cache.ts';
import { systemTiming } from './throttle.ts';

export interface BrowserEgressOptions {
  browser: BrowserChoice;
  pool?: Partial<BrowserLimits>;
  page?: Partial<PageLimits>;
}

/** What a browser can show. */
function isPage({ status, headers }: EgressResponse): boolean {
  const type = headers['content-type'] ?? 'text/html';
  return status === 200 && /^\s*(?:text\/html|application\/xhtml\+xml)/i.test(type);
}

/** The egress, which also shows pages in a browser where a request wants that. The browser has no other way out than the egress. */
class BrowserEgress implements Egress {
  readonly #egress: Egress;
  readonly #pool: BrowserPool;
  readonly #limits: PageLimits;
  readonly #scripts = new ScriptCache(() => systemTiming.nowMs());

  constructor(egress: Egress, { browser, pool, page }: BrowserEgressOptions) {
    this.#egress = egress;
    this.#pool = new BrowserPool(browser, pool);
    this.#limits = { ...pageLimits, ...page };
  }

  async fetch(request: EgressRequest): Promise<EgressResponse> {
    const { rendered, ...plain } = request;
    const document = await this.#egress.fetch(plain);
    if (rendered !== true || !isPage(document)) return document;
    const job = {
      egress: this.#egress,
      request: plain,
      document,
      scripts: this.#scripts,
      limits: this.#limits,
    };
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#pool.use((browser) => renderPage(browser, job));
      } catch (error) {
        if (!(error instanceof BrowserCrash)) throw error;
        if (attempt < 2) continue;
        const name = nameAddress(new URL(document.url));
        throw new RenderFailure(`${name} ended the browser twice: ${error.message}`);
      }
    }
  }

  async close(): Promise<void> {
    await this.#pool.close();
    await this.#egress.close();
  }
}

/** Opens no browser before a page wants one. Closing it closes the egress that it stands before. */
export function openBrowserEgress(egress: Egress, options: BrowserEgressOptions): Egress {
  return new BrowserEgress(egress, options);
}
