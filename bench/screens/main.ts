import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { startDemo } from '../../bin/demo/start-demo.ts';
import type { Role } from '../../pipeline/domain/role.ts';
import { openBrowser } from '../../test/harness/browser.ts';
import { builtDashboards, findBuiltDashboards } from '../../test/harness/built-dashboards.ts';
import { englishScreens, opened, publicScreens, speakEnglish } from '../../test/harness/opened-screens.ts';
import { listPages, type ScreenPage } from '../../test/harness/screens.ts';
import { Visitor } from '../../test/harness/visitor.ts';
import { Camera } from './camera.ts';
import { setMachineClock } from './set-machine-clock.ts';

/** A Monday morning in a term. */
const openingTime = '2026-11-23T02:10:00.000Z';
const folder = join(import.meta.dirname, '../../docs/screens');
const say = (line: string) => void process.stderr.write(`${line}\n`);

async function signIn(page: Page, url: string, login: string, password: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel('账号').fill(login);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('button', { name: '退出', exact: true }).waitFor({ state: 'attached' });
  // What is advised on the first visit is not what a day looks like.
  const later = page.getByRole('button', { name: '以后再说' });
  if (await later.isVisible()) await later.click();
}

function byRole(pages: readonly ScreenPage[]): Map<Role, ScreenPage[]> {
  const roles = new Map<Role, ScreenPage[]>();
  for (const one of pages) roles.set(one.role, [...(roles.get(one.role) ?? []), one]);
  return roles;
}

setMachineClock(openingTime);
const { url, accounts, close } = await startDemo(say, { port: '0', pages: await findBuiltDashboards() });
const browser = await openBrowser();
try {
  await mkdir(folder, { recursive: true });
  for (const old of await readdir(folder)) await rm(join(folder, old));
  const camera = new Camera(browser, { url, folder });
  const password = accounts[0]?.password ?? '';
  for (const [role, pages] of byRole(await listPages())) {
    const { context, page } = await camera.seat();
    await signIn(page, url, role, password);
    for (const { name } of pages) {
      say(`${role}: ${name}`);
      const hash = `#/${name === 'workbench' ? '' : name}`;
      await camera.take(page, name, hash);
      const open = opened[name];
      if (open !== undefined) await camera.take(page, `${name}-open`, hash, open);
    }
    await context.close();
  }
  for (const [name, { role, hash }] of Object.entries(englishScreens)) {
    const { context, page } = await camera.seat();
    await signIn(page, url, role, password);
    await context.addInitScript(speakEnglish);
    await camera.take(page, name, hash);
    await context.close();
  }
  const office = new Visitor(url);
  await office.signIn('director', password);
  for (const [name, find] of Object.entries(publicScreens)) {
    const { context, page } = await camera.seat();
    await camera.take(page, name, await find(office));
    await context.close();
  }
  for (const complaint of camera.complaints) say(complaint);
} finally {
  await browser.close();
  await close();
  builtDashboards.clear(process.ppid);
}
