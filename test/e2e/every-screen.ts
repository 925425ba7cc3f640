import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { opened, publicScreens } from '../harness/opened-screens.ts';
import { listPages } from '../harness/screens.ts';
import { Visitor } from '../harness/visitor.ts';
import {
  desk,
  findSidewaysScroll,
  phone,
  type Screen,
  type Size,
  type Stage,
  signIn,
} from './workbench-scene.ts';

/** What keeps people out. */
const graveEnough = new Set<string | null | undefined>(['moderate', 'serious', 'critical']);

const isRead =
  "document.querySelector('[aria-busy=true]') === null && !/正在(读取|打开|加载)/.test(document.body.innerText)";

/** The page is there and has read what it shows. */
async function settle(page: Page): Promise<void> {
  await page.locator('main:visible, nav:visible').first().waitFor();
  // Not waitForFunction: it would need eval in the page, which its content policy refuses.
  await expect.poll(() => page.evaluate(isRead), { timeout: 15_000, interval: 50 }).toBe(true);
}

/** Colours, by far the slowest to look at, are the same at both sizes. */
async function findWrongs(page: Page, size: Size): Promise<string[]> {
  const skipped = size === phone ? ['color-contrast'] : [];
  const { violations } = await new AxeBuilder({ page }).disableRules(skipped).analyze();
  const scroll = await findSidewaysScroll(page);
  return [
    ...violations
      .filter(({ impact }) => graveEnough.has(impact))
      .flatMap(({ id, impact, nodes }) => nodes.map(({ html }) => `${impact} ${id}: ${html.slice(0, 140)}`)),
    ...(scroll > 0 ? [`can be scrolled ${scroll} px sideways`] : []),
  ];
}

/** What the browser itself finds against the content policy, with where it was found. */
const watchPolicy = `document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
  console.error('policy: ' + effectiveDirective + ' ' + blockedURI);
})`;

/**
 * Opens every page of the navigation at both sizes, as somebody who works there, what is opened first on it, and what is shown
 * without signing in.
 * @param one.url of an office that has something on every page
 * @returns a line for whatever axe, a ruler, the content policy or the browser's console finds wrong, and what was opened
 */
export async function walkScreens(
  stage: Stage,
  { url, password }: { url: string; password: string },
): Promise<{ seen: string[]; wrongs: string[] }> {
  const pages = await listPages();
  const wrongs: string[] = [];
  const seen: string[] = [];

  async function look(name: string, { page, complaints }: Screen): Promise<void> {
    for (const size of [desk, phone]) {
      await page.setViewportSize(size);
      await settle(page).catch(({ message }) => complaints.push(`not there: ${message.split('\n')[0]}`));
      const found = [...(await findWrongs(page, size)), ...complaints.splice(0)];
      wrongs.push(...found.map((wrong) => `${name} (${size.width} px): ${wrong}`));
    }
    seen.push(name);
  }

  for (const role of new Set(pages.map((one) => one.role))) {
    const screen = await stage.openScreen(url, desk);
    const { page } = screen;
    await page.context().addInitScript(watchPolicy);
    await signIn(page, role, password);
    await page.getByRole('button', { name: '退出', exact: true }).waitFor({ state: 'attached' });
    for (const { name } of pages.filter((one) => one.role === role)) {
      await page.setViewportSize(desk);
      await page.goto('about:blank');
      await page.goto(`${url}/#/${name === 'workbench' ? '' : name}`);
      await look(name, screen);
      const open = opened[name];
      if (open === undefined) continue;
      await page.setViewportSize(desk);
      await open(page).catch(({ message }) =>
        screen.complaints.push(`not opened: ${message.split('\n')[0]}`),
      );
      await look(`${name}-open`, screen);
    }
    await page.context().close();
  }
  const office = new Visitor(url);
  await office.signIn('director', password);
  const visitor = await stage.openScreen('about:blank', desk);
  await visitor.page.context().addInitScript(watchPolicy);
  for (const [name, find] of Object.entries(publicScreens)) {
    await visitor.page.goto('about:blank');
    await visitor.page.goto(`${url}/${await find(office)}`);
    await look(name, visitor);
  }
  await visitor.page.context().close();
  return { seen, wrongs };
}
