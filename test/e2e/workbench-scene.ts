import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright';
import type { Role } from '../../pipeline/domain/role.ts';
import { openBrowser } from '../harness/browser.ts';
import { findBuiltDashboards } from '../harness/built-dashboards.ts';
import { type Office, officePassword, openOffice } from '../harness/office.ts';

export interface Size {
  width: number;
  height: number;
}
export const desk: Size = { width: 1440, height: 900 };
export const phone: Size = { width: 390, height: 844 };

export interface Screen {
  page: Page;
  /** What the browser complained about since. */
  complaints: string[];
}

/** An office of its own, with the real pages served by the real API over a real store. */
export interface Scene {
  office: Office;
  /** A window of its own before the sign-in page. */
  open(size: Size): Promise<Screen>;
  /** Hires somebody with these roles and signs them in. */
  seat(size: Size, ...roles: Role[]): Promise<Screen & { login: string }>;
  close(): Promise<void>;
}

/** What is made once for all scenes: the pages, built as for production, and the browser. */
export interface Stage {
  /** Where the pages were built to. */
  webFolder: string;
  openScene(): Promise<Scene>;
  /** A window of its own at any address. */
  openScreen(url: string, size: Size, withGuide?: boolean): Promise<Screen>;
  close(): Promise<void>;
}

/** Asking who is signed in is answered with 401 before anybody is; browsers print every 401 as an error. */
function isFirstQuestion(text: string, url: string): boolean {
  return text.includes('401') && url.endsWith('/api/session');
}

/** Shorter than a test's own limit, so that a failure names the step that hung. */
const stepTimeoutMs = 15_000;

const putGuideOff = `if (location.protocol !== 'about:') localStorage.setItem('guanlan.guide', '["site"]')`;

async function openScreen(browser: Browser, url: string, size: Size, withGuide = false): Promise<Screen> {
  const context = await browser.newContext({ viewport: size, hasTouch: size.width < 760, locale: 'zh-CN' });
  // An office that a test opens gathers nothing: its people have put the guide of a new office off.
  if (!withGuide) await context.addInitScript(putGuideOff);
  const page = await context.newPage();
  page.setDefaultTimeout(stepTimeoutMs);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    if (!isFirstQuestion(message.text(), message.location().url)) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  return { page, complaints };
}

async function openScene(browser: Browser, webFolder: string): Promise<Scene> {
  const office = await openOffice({ webFolder });
  const screens: Screen[] = [];
  const open = async (size: Size) => {
    const screen = await openScreen(browser, office.url, size);
    screens.push(screen);
    return screen;
  };
  return {
    office,
    open,
    seat: async (size, ...roles) => {
      const login = await office.hire(roles);
      const screen = await open(size);
      await signIn(screen.page, login);
      await screen.page.getByRole('navigation', { name: '队列' }).waitFor();
      // A key that comes before the list does opens nothing.
      await screen.page.getByText('正在读取队列').waitFor({ state: 'detached' });
      return { ...screen, login };
    },
    close: async () => {
      for (const { page } of screens) await page.context().close();
      await office.close();
    },
  };
}

export async function openStage(): Promise<Stage> {
  const folder = await findBuiltDashboards();
  const browser = await openBrowser();
  return {
    webFolder: folder,
    openScene: () => openScene(browser, folder),
    openScreen: (url, size, withGuide) => openScreen(browser, url, size, withGuide),
    close: async () => {
      await browser.close();
    },
  };
}

export async function signIn(page: Page, login: string, password = officePassword): Promise<void> {
  await page.getByLabel('账号').fill(login);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
}

/** To a page by its name in the navigation; on a phone through the menu, which stands behind one button. */
export async function goTo(page: Page, name: string): Promise<void> {
  const menu = page.getByRole('button', { name: '菜单', exact: true });
  if (await menu.isVisible()) await menu.click();
  await page.getByRole('link', { name, exact: true }).first().click();
}

const colourChanges = `Promise.all(
  document.getAnimations().filter((one) => one instanceof CSSTransition).map((one) => one.finished.catch(() => null)),
).then(() => true)`;

/** What axe finds that keeps people out, as short lines. A button on its way to another colour is none. */
export async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate(colourChanges);
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter((one) => one.impact === 'serious' || one.impact === 'critical')
    .flatMap((one) =>
      one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 120)} ${node.failureSummary ?? ''}`),
    );
}

/** Controls of the fixed parts that a thumb would miss: under 44 px in height. Marks in running text are not among them. */
export async function findSmallTargets(page: Page): Promise<string[]> {
  const controls = await page
    .locator('button, select, input:not([type=radio]), .row, .tab, label.reason')
    .all();
  const small: string[] = [];
  for (const control of controls) {
    const box = await control.boundingBox();
    if (box !== null && box.height > 0 && box.height < 44) {
      small.push(`${Math.round(box.height)} px: ${(await control.textContent())?.trim() ?? ''}`);
    }
  }
  return small;
}

/** How far the page can be scrolled sideways, in CSS px. */
export async function findSidewaysScroll(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
}
