import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { RetryLater } from '../../pipeline/domain/errors.ts';

export interface BrowserChoice {
  /** Named by the office; nothing else is tried then. */
  named: string | null;
  /** As the variable PATH has them. */
  path: string;
  /** Off where a container shuts the browser in, and forbids it to do so itself. On unless told; for root it does not work. */
  sandbox?: boolean;
}

const systemPrograms = ['/usr/bin/chromium', '/usr/bin/chromium-browser'];
const programNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];

/** Playwright's own, when somebody has installed it. */
async function findBundled(): Promise<string | null> {
  const { chromium } = await import('playwright');
  const path = chromium.executablePath();
  return path !== '' && existsSync(path) ? path : null;
}

/** The browser for pages that scripts build: named, the system's, one on the PATH, Playwright's own; null when there is none. */
export async function findBrowser({ named, path }: BrowserChoice): Promise<string | null> {
  if (named !== null) return existsSync(named) ? named : null;
  const onPath = path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => programNames.map((name) => join(folder, name)));
  return [...systemPrograms, ...onPath].find((file) => existsSync(file)) ?? findBundled();
}

/** Until somebody has installed one. */
export const browserRetryMs = 1_800_000;

/** @throws RetryLater that says what to install: no page is to blame, and none is given up */
export async function getBrowser(choice: BrowserChoice): Promise<string> {
  const found = await findBrowser(choice);
  if (found !== null) return found;
  throw new RetryLater(
    browserRetryMs,
    choice.named === null
      ? 'no browser was found for pages that scripts build: install Chromium (Debian, Ubuntu: apt-get install chromium; elsewhere: npx playwright install chromium), or name one with GUANLAN_CHROMIUM'
      : `there is no browser at ${choice.named} (GUANLAN_CHROMIUM)`,
  );
}

/** Nothing listens here: what a page asks for is answered by the egress, and whatever gets past that ends at this address. */
const nowhere = 'http://127.0.0.1:9';

/**
 * How the browser is started. Beside keeping it small and quiet, the flags are the second fence: no name is resolved, and every
 * connection would go to a proxy that does not exist; no UDP, so no WebRTC and no QUIC.
 */
export const browserFlags: readonly string[] = [
  `--proxy-server=${nowhere}`,
  '--proxy-bypass-list=<-loopback>',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--disable-quic',
  '--dns-prefetch-disable',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-extensions',
  '--mute-audio',
];
