import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../pipeline/domain/role.ts';
import { skipsBrowserTests } from '../harness/browser.ts';
import {
  desk,
  findBarriers,
  findSidewaysScroll,
  findSmallTargets,
  openStage,
  phone,
  type Scene,
  type Stage,
  signIn,
} from './workbench-scene.ts';

describe.skipIf(skipsBrowserTests())('administration in a browser', { timeout: 90_000 }, () => {
  let stage: Stage;
  let scene: Scene;
  beforeAll(async () => {
    stage = await openStage();
    scene = await stage.openScene();
  });
  afterAll(async () => {
    await scene?.close();
    await stage?.close();
  });

  type Page = Awaited<ReturnType<Scene['open']>>['page'];
  async function enter(role: Role) {
    const login = await scene.office.hire([role]);
    const { page } = await scene.open(desk);
    await signIn(page, login);
    await page.getByLabel('密码', { exact: true }).waitFor({ state: 'detached' });
    await show(page, 'admin');
    await page.getByRole('heading', { name: '需要处理' }).waitFor();
    return page;
  }
  const show = (page: Page, address: string) => page.goto(`${scene.office.url}/#/${address}`);
  /** Readable at both sizes, and open to everybody who comes by keyboard or screen reader. */
  async function look(page: Page) {
    expect(await findBarriers(page)).toEqual([]);
    await page.setViewportSize(phone);
    expect(await findSidewaysScroll(page)).toBe(0);
    expect(await findSmallTargets(page)).toEqual([]);
    await page.setViewportSize(desk);
  }

  it('whoever manages accounts finds what waits, units and rights, and no oversight', async () => {
    const page = await enter('account-admin');
    const waiting = page.getByRole('region', { name: '需要处理' });
    await waiting.getByRole('link', { name: /公开告知里还没有填写/ }).waitFor();
    await page.getByRole('link', { name: /^权限表/ }).waitFor();
    expect(await page.getByRole('link', { name: /^审计记录/ }).count()).toBe(0);
    await look(page);
    await show(page, 'admin/rights');
    const row = page.getByRole('row', { name: /代表单位答复/ });
    await row.waitFor();
    expect(await row.getByText('本单位').count()).toBe(1);
    expect(await row.getByText('全部', { exact: true }).count()).toBe(0);
    await look(page);
    await page.getByLabel('角色').selectOption('auditor');
    await page.getByText(/有 \d+ 项权限/).waitFor();
    expect(page.url()).toContain('role=auditor');
    await show(page, 'admin/audit');
    await page.getByRole('heading', { name: '管理', exact: true }).waitFor();
  });

  it('a choice among people stands in the address, and a colleague who opens it sees the same', async () => {
    await scene.office.hire(['reviewer'], 'yu');
    const page = await enter('account-admin');
    await show(page, 'people');
    const filters = page.getByRole('form', { name: '查找人员' });
    const names = page.getByRole('main').getByText('yu', { exact: true });
    await names.first().waitFor();
    await filters.getByLabel('角色').selectOption('auditor');
    await expect.poll(() => names.count()).toBe(0);
    expect(page.url()).toContain('role=auditor');
    await show(page, 'people?role=reviewer&q=yu');
    await names.first().waitFor();
    await page.reload();
    await names.first().waitFor();
    expect(await filters.getByLabel('角色').inputValue()).toBe('reviewer');
    expect(await filters.getByLabel('姓名或账号').inputValue()).toBe('yu');
  });

  it('the independent reviewer reads and verifies the log, and sees what is kept', async () => {
    const page = await enter('auditor');
    await page.getByRole('link', { name: /记录链还没有校验过/ }).click();
    await page.getByRole('button', { name: '现在校验' }).click();
    await page.getByText(/没有改动/).waitFor();
    const entries = page.getByRole('list', { name: '记录', exact: true });
    await entries.getByText('审计：校验').waitFor();
    await look(page);
    await page.getByLabel('类别').selectOption({ label: '账号' });
    await expect.poll(() => entries.getByText('审计：校验').count()).toBe(0);
    await entries.getByText('账号：新增').first().waitFor();
    expect(page.url()).toContain('family=user');
    await show(page, 'admin/retention');
    await page.getByRole('row', { name: /评论和线索摘要 90 天/ }).waitFor();
    await look(page);
  });

  it('the director sees the public notice with what is missing, and which settings are in force', async () => {
    const page = await enter('director');
    await show(page, 'admin/notice');
    await page.getByRole('heading', { name: '保存多久' }).waitFor();
    await page.getByText(/公开告知里还没有填写/).waitFor();
    await look(page);
    await show(page, 'admin/settings');
    await page.getByRole('list', { name: '设置版本' }).getByText('审校链').waitFor();
    await look(page);
    await show(page, 'admin/retention');
    await page.getByText(/只给独立监督看/).waitFor();
    expect(await page.getByRole('columnheader', { name: '现有' }).count()).toBe(0);
  });
});
