import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignInOptions } from '../../review-api/http/call.ts';
import { officePassword } from '../harness/office.ts';
import { startProxy } from '../harness/reverse-proxy.ts';
import { openSignInScene, type SignInScene } from '../harness/sign-in-scene.ts';
import {
  desk,
  findBarriers,
  findSidewaysScroll,
  findSmallTargets,
  openStage,
  phone,
  type Size,
  type Stage,
  signIn,
} from './workbench-scene.ts';

const basePath = '/guanlan';
let stage: Stage;
let scene: SignInScene;
let base = '';
const closers: (() => Promise<unknown>)[] = [];
/** The same address, with other doors behind it. */
let openDoors: (options?: Partial<SignInOptions>) => Promise<void>;

beforeAll(async () => {
  stage = await openStage();
  scene = await openSignInScene();
  const proxy = await startProxy(basePath, true);
  closers.push(stage.close, scene.close, proxy.close);
  base = `${proxy.origin}${basePath}/`;
  openDoors = async (options = {}) => {
    const http = { publicOrigin: proxy.origin, basePath, webFolder: stage.webFolder };
    proxy.target = (await scene.open(options, http)).url;
  };
}, 120_000);
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

async function expectSound(page: Page): Promise<void> {
  expect(await findBarriers(page)).toEqual([]);
  expect(await findSmallTargets(page)).toEqual([]);
  expect(await findSidewaysScroll(page)).toBeLessThanOrEqual(0);
}

const sizes: [string, Size][] = [
  ['at a desk', desk],
  ['on a phone', phone],
];

describe.each(sizes)('signing in below a path of the school’s host, %s', (_name, size) => {
  it('goes over the school’s own sign-in and back to where one wanted to go', async () => {
    await openDoors();
    const zhou = { provider: 'cas' as const, subject: `2019-${size.width}` };
    await scene.hire(['reviewer'], [zhou]);
    const { page, complaints } = await stage.openScreen(`${base}#/leads`, size);
    await page.getByRole('link', { name: '用企业微信登录' }).waitFor();

    scene.school.control.person = { number: 'nobody-we-know', userid: null };
    await page.getByRole('link', { name: '用统一身份认证登录' }).click();
    const alert = page.getByRole('alert');
    await alert.getByText('没有为您开通账号').waitFor();
    await alert.getByText('nobody-we-know').waitFor();
    await expectSound(page);

    scene.school.control.person = { number: zhou.subject, userid: null };
    await page.getByRole('link', { name: '用统一身份认证登录' }).click();
    await page.getByRole('heading', { name: '线索' }).first().waitFor();
    expect(page.url()).toBe(`${base}#/leads`);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('sets up a second factor at the door, and asks for it the next time', async () => {
    await openDoors({ secondFactor: { roles: ['director'], graceDays: 0, everyDoor: false } });
    const { login } = await scene.hire(['director']);
    const { page } = await stage.openScreen(base, size);
    await signIn(page, login);
    await page.getByRole('heading', { name: '设置动态口令' }).waitFor();
    await page.getByText('不能扫码').click();
    const secret = ((await page.locator('.secret').textContent()) ?? '').replace(/\s/g, '');
    const totp = new TOTP({ secret: Secret.fromBase32(secret) });
    const code = () => totp.generate({ timestamp: Date.parse(scene.office.clock.now()) });
    const field = page.getByLabel('手机上显示的 6 位数字');
    await field.fill('000000');
    await page.getByRole('button', { name: '确认启用' }).click();
    await page.getByRole('alert').getByText('验证码不正确').waitFor();
    await field.fill(code());
    await page.getByRole('button', { name: '确认启用' }).click();
    await page.getByRole('heading', { name: '恢复码', exact: true }).waitFor();
    await expect.poll(() => page.getByRole('listitem').count()).toBe(10);
    await expectSound(page);
    await page.getByRole('button', { name: '我已保存好' }).click();
    await page.getByRole('navigation', { name: '队列' }).waitFor();

    scene.nextCode();
    await page.context().clearCookies();
    await page.reload();
    await signIn(page, login);
    await page.getByLabel('手机上显示的 6 位数字').fill(code());
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByRole('navigation', { name: '队列' }).waitFor();
    await page.context().close();
  }, 60_000);
});

it('speaks English once asked to, keeps to it, and goes back', async () => {
  await openDoors();
  const { login } = await scene.hire(['reviewer']);
  const { page, complaints } = await stage.openScreen(base, desk);
  const language = () => page.locator('html').getAttribute('lang');
  await page.getByRole('button', { name: 'English', exact: true }).click();
  await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor();
  expect(await language()).toBe('en');
  await page.getByLabel('Account').fill(login);
  await page.getByLabel('Password', { exact: true }).fill(officePassword);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  const desks = page.getByRole('navigation', { name: 'Desks' });
  const current = desks.getByRole('link', { name: 'Workbench', exact: true });
  await current.waitFor();
  expect(await current.getAttribute('aria-current')).toBe('page');
  await expect.poll(() => page.title()).toMatch(/^\P{Script=Han}+Guanlan$/u);

  await page.reload();
  await current.waitFor();
  expect(await language()).toBe('en');
  await page.setViewportSize(phone);
  const menu = page.getByRole('button', { name: 'Menu', exact: true });
  await menu.press('Enter');
  const first = page.getByRole('navigation', { name: 'All pages' }).getByRole('link').first();
  await expect.poll(() => first.and(page.locator(':focus')).count()).toBe(1);
  await page.keyboard.press('Escape');
  await expect.poll(() => menu.and(page.locator(':focus')).count()).toBe(1);
  await expectSound(page);

  await page.getByRole('button', { name: '中文', exact: true }).click();
  await page.getByRole('button', { name: '菜单', exact: true }).waitFor();
  expect(await language()).toBe('zh-CN');
  await expect.poll(() => page.title()).toContain('观澜');
  expect(complaints).toEqual([]);
  await page.context().close();
}, 60_000);
