import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** What a browser needs in a container, and what keeps it from talking to anybody. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The system's browser, or null where there is none. */
function findBrowserPath(): string | null {
  return places.find((place) => existsSync(place)) ?? null;
}

/**
 * May a browser test be skipped here? Only where no browser is installed, and never where the run demands all services
 * (REQUIRE_SERVICES=1, as on CI): there the test runs and fails for want of a browser.
 */
export function skipsBrowserTests(): boolean {
  return findBrowserPath() === null && process.env.REQUIRE_SERVICES !== '1';
}

/** @throws Error when no browser is found */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findBrowserPath();
  if (executablePath === null) throw new Error(`no browser found at ${places.join(', ')}: install chromium`);
  return chromium.launch({ executablePath, args: flags });
}
