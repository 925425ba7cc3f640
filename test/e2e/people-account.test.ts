import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { skipsBrowserTests } from '../harness/browser.ts';
import { officePassword } from '../harness/office.ts';
import {
  desk,
  findBarriers,
  findSidewaysScroll,
  findSmallTargets,
  goTo,
  openStage,
  phone,
  type Scene,
  type Size,
  type Stage,
  signIn,
} from './workbench-scene.ts';

describe.skipIf(skipsBrowserTests())('people and accounts in a browser', { timeout: 60_000 }, () => {
  let stage: Stage;
  let scene: Scene;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage?.close());
  beforeEach(async () => {
    scene = await stage.openScene();
    // Days are typed by the browser's clock.
    scene.office.clock.advance(Date.now() - Date.parse(scene.office.clock.now()));
  });
  afterEach(() => scene.close());

  async function enter(size: Size, login: string, password = officePassword) {
    const screen = await scene.open(size);
    await signIn(screen.page, login, password);
    return screen;
  }

  it('an account is made, its first password shown once, and changed before anything else', async () => {
    const admin = await enter(desk, await scene.office.hire(['account-admin'], 'chief'));
    const { page } = admin;
    await page.getByRole('heading', { name: '人员', exact: true }).waitFor();
    await page.getByRole('button', { name: '新增人员' }).click();
    const form = page.getByRole('form', { name: '新增人员' });
    await form.getByLabel('账号').fill('zhao');
    await form.getByLabel('姓名').fill('赵老师');
    await form.getByRole('button', { name: '建立账号' }).click();
    await form.getByText('请至少选一个角色', { exact: false }).waitFor();
    await form.getByRole('checkbox', { name: '舆情审核员' }).check();
    expect(await findBarriers(page)).toEqual([]);
    await form.getByRole('button', { name: '建立账号' }).click();
    const password = (await page.getByLabel('初始密码', { exact: true }).textContent()) ?? '';
    await page.getByRole('link', { name: '赵老师' }).waitFor();

    const own = await enter(phone, 'zhao', password);
    await own.page.getByRole('heading', { name: '请先设置自己的密码' }).waitFor();
    await expect.poll(() => own.page.getByRole('navigation').count()).toBe(0);
    expect(await findBarriers(own.page)).toEqual([]);
    await own.page.getByLabel('现在的密码').fill(password);
    await own.page.getByLabel('新密码', { exact: true }).fill(officePassword);
    await own.page.getByLabel('再输一遍新密码').fill('不一样');
    await own.page.getByRole('button', { name: '修改密码' }).click();
    await own.page.getByText('两次输入的新密码不一样').waitFor();
    await own.page.getByLabel('再输一遍新密码').fill(officePassword);
    await own.page.getByRole('button', { name: '修改密码' }).click();
    await own.page.getByRole('navigation', { name: '队列' }).waitFor();
    await own.page.goto(`${scene.office.url}/#/people`);
    await own.page.getByRole('alert').getByText('没有这个页面，或您的角色不能打开。').waitFor();
    expect(new URL(own.page.url()).hash).toBe('#/');
    await own.page.getByRole('button', { name: '知道了' }).click();
    expect(admin.complaints.filter((line) => !line.includes('400'))).toEqual([]);
  });

  it('roles are changed, a stand-in is named and shown, and ends', async () => {
    await scene.office.hire(['director'], 'boss');
    await scene.office.hire(['reviewer'], 'deputy');
    const { page, complaints } = await enter(desk, await scene.office.hire(['account-admin'], 'chief'));
    await page.getByLabel('姓名或账号').fill('boss');
    await page.keyboard.press('Enter');
    await page.getByRole('row').nth(2).waitFor({ state: 'detached' });
    await page.getByRole('row').nth(1).getByRole('link').click();
    await page.getByRole('heading', { name: '资料与角色' }).waitFor();
    await page.getByRole('group', { name: '角色', exact: true }).getByLabel('舆情分析员').check();
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText('已保存，下一次操作起生效。').waitFor();
    await page.getByLabel('查找代理人').fill('deputy');
    const choice = page.getByLabel('代理人', { exact: true });
    await expect.poll(() => choice.locator('option').count()).toBe(2);
    await choice.selectOption({ index: 1 });
    await page.getByRole('group', { name: '代理的角色' }).getByLabel('宣传部负责人').check();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button', { name: '安排代理' }).click();
    await page.getByText('代理已安排。').waitFor();

    const deputy = await enter(desk, 'deputy');
    await deputy.page.getByText(/^代 /).waitFor();
    await deputy.page.getByRole('link', { name: '我的账号' }).click();
    await deputy.page.getByText('正在代理').waitFor();
    expect(await findBarriers(deputy.page)).toEqual([]);
    await deputy.page.getByRole('button', { name: /^结束 / }).click();
    await deputy.page.getByText('代理已结束。').waitFor();
    await page.getByRole('link', { name: '← 全部人员' }).click();
    await page.getByRole('link', { name: '代理一览' }).click();
    await page.getByText('没有代理。').waitFor();
    await page.getByLabel('显示').selectOption('已结束');
    await page.getByText('已提前结束').waitFor();
    expect(complaints).toEqual([]);
  });

  it('one sees where one is signed in and leaves the others; both pages fit a phone', async () => {
    const login = await scene.office.hire(['reviewer', 'account-admin'], 'both');
    const elsewhere = scene.office.visit();
    await elsewhere.signIn(login, officePassword);
    const { page, complaints } = await enter(phone, login);
    await page.getByRole('link', { name: '我的账号' }).click();
    await page.getByRole('button', { name: '退出其他各处' }).click();
    await page.getByText('其他各处都已退出。').waitFor();
    expect((await elsewhere.get('/api/session')).status).toBe(401);
    for (const name of ['我的账号', '人员']) {
      await goTo(page, name);
      await page.getByRole('heading', { name, exact: true }).waitFor();
      await page.getByText('正在读取').waitFor({ state: 'detached' });
      expect(await findSidewaysScroll(page)).toBeLessThanOrEqual(0);
      expect(await findSmallTargets(page)).toEqual([]);
      expect(await findBarriers(page)).toEqual([]);
    }
    await page.getByRole('link', { name: /同事/ }).click();
    await page.getByText('这是您自己的账号').waitFor();
    expect(await findSidewaysScroll(page)).toBeLessThanOrEqual(0);
    expect(await findBarriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
