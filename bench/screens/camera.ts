import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';

const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;
/** No picture is longer than so many windows: what it shows must be readable. */
const windowsPerPicture = 2;
const quality = 72;

type Prepare = (page: Page) => Promise<unknown>;

/** Takes pictures of pages into one folder. */
export class Camera {
  /** What the browser complained about, and on which picture. */
  readonly complaints: string[] = [];
  readonly folder: string;
  private readonly browser: Browser;
  private readonly url: string;

  constructor(browser: Browser, { url, folder }: { url: string; folder: string }) {
    this.browser = browser;
    this.url = url;
    this.folder = folder;
  }

  /** A visitor of their own, whose clock stands still. */
  async seat(): Promise<{ context: BrowserContext; page: Page }> {
    const context = await this.browser.newContext({
      ...{ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' },
    });
    await context.clock.setFixedTime(new Date());
    const page = await context.newPage();
    page.setDefaultTimeout(8_000);
    page.on('pageerror', ({ message }) => this.complaints.push(`${page.url()}: ${message}`));
    page.on('console', (message) => {
      const isFirstQuestion = message.location().url.endsWith('/api/session');
      if (message.type() === 'error' && !isFirstQuestion) {
        this.complaints.push(`${page.url()}: ${message.text()}`);
      }
    });
    return { context, page };
  }

  /** `<name>-1440.webp` and `<name>-390.webp`, of the page that this address (from `#` on) shows. */
  async take(page: Page, name: string, hash: string, prepare: Prepare = async () => {}): Promise<void> {
    for (const size of sizes) {
      await page.setViewportSize(size);
      await page.goto('about:blank');
      await page.goto(`${this.url}/${hash}`);
      await settle(page);
      // What cannot be opened is told, and does not keep the others from their picture.
      await prepare(page).catch(({ message }) => this.complaints.push(`${name}: ${message.split('\n')[0]}`));
      await settle(page);
      await this.save(page, `${name}-${size.width}.webp`, size);
    }
  }

  private async save(page: Page, file: string, size: (typeof sizes)[number]): Promise<void> {
    const length = await page.evaluate<number>('document.documentElement.scrollHeight');
    const height = Math.min(Math.max(length, size.height), size.height * windowsPerPicture);
    const session = await page.context().newCDPSession(page);
    const { data } = await session.send('Page.captureScreenshot', {
      ...{ format: 'webp', quality, captureBeyondViewport: true },
      clip: { x: 0, y: 0, width: size.width, height, scale: 1 },
    });
    await session.detach();
    await writeFile(join(this.folder, file), Buffer.from(data, 'base64'));
  }
}

const isRead = `!/正在(读取|打开|加载|统计|生成)/.test(document.body.innerText) && document.querySelector('[aria-busy=true]') === null`;

/** Nothing is being read any more, as far as a page says so. */
async function settle(page: Page): Promise<void> {
  await page
    .locator('main:visible, nav:visible')
    .first()
    .waitFor()
    .catch(() => undefined);
  await page.waitForLoadState('networkidle', { timeout: 500 }).catch(() => undefined);
  // Not waitForFunction: it would need eval in the page, which its content policy refuses.
  for (let tries = 0; tries < 50 && !(await page.evaluate<boolean>(isRead)); tries++)
    await page.waitForTimeout(100);
  await page.evaluate('document.fonts.ready.then(() => true)');
}
