import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { skipsBrowserTests } from '../harness/browser.ts';
import { fileCase } from '../harness/office-cases.ts';
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

/** A browser complains of every refusal; one is provoked here. */
const isUnexpected = (complaint: string) => !complaint.includes('status of 400');

describe.skipIf(skipsBrowserTests())(
  'cards, instructions and webhooks in a browser',
  { timeout: 60_000 },
  () => {
    let stage: Stage;
    let scene: Scene;
    beforeAll(async () => {
      stage = await openStage();
    });
    afterAll(() => stage?.close());
    beforeEach(async () => {
      scene = await stage.openScene();
    });
    afterEach(() => scene.close());

    it('from the office’s card to the leader’s word on a phone, and back to the office', async () => {
      const { office } = scene;
      const text = '二食堂今天中午的鱼是臭的，我们宿舍四个人吃完都拉肚子了，希望查一查。';
      const { caseId } = await fileCase(office, { kind: 'comment', title: '', text }, { queues: ['review'] });
      const leaderLogin = await office.hire(['leader']);
      const { page, complaints } = await scene.seat(desk, 'director');
      await page.goto(`${office.url}/#/review/${encodeURIComponent(caseId)}`);
      await page.getByRole('link', { name: '一分钟卡：报领导阅示' }).click();
      await page.getByRole('button', { name: '填写事由和下一步' }).click();
      await page.getByLabel(/^事由/).fill(text);
      await page.getByRole('button', { name: '保存卡片' }).click();
      await expect.poll(() => page.getByRole('alert').textContent()).toContain('照抄原文超过 20 字');
      await page.getByLabel(/^事由/).fill('多名学生反映二食堂饭菜变质。');
      await page.getByLabel(/^下一步/).fill('后勤处今日停业排查。');
      await page.getByRole('button', { name: '保存卡片' }).click();
      await page.getByRole('heading', { name: '多名学生反映二食堂饭菜变质。' }).waitFor();
      await page.getByRole('button', { name: '报领导阅示' }).click();
      await page.getByRole('button', { name: '提交' }).click();
      await expect.poll(() => page.getByRole('alert').textContent()).toContain('请选择报哪位领导');
      await page.getByLabel('报哪位领导').selectOption({ index: 1 });
      await page.getByRole('button', { name: '提交' }).click();
      await page.getByText('待阅批').waitFor();
      expect(await findBarriers(page)).toEqual([]);

      const onPhone = await scene.open(phone);
      await signIn(onPhone.page, leaderLogin);
      await onPhone.page.goto(`${office.url}/#/instructions`);
      await onPhone.page.getByRole('link', { name: '多名学生反映二食堂饭菜变质。' }).first().click();
      await onPhone.page.getByRole('link', { name: '打开一分钟卡' }).click();
      await onPhone.page.getByText('后勤处今日停业排查。').waitFor();
      expect(await onPhone.page.getByRole('main').textContent()).not.toContain('拉肚子');
      expect(await findSidewaysScroll(onPhone.page)).toBeLessThanOrEqual(0);
      expect(await findBarriers(onPhone.page)).toEqual([]);
      await onPhone.page.goBack();
      await onPhone.page.getByRole('button', { name: '批示', exact: true }).click();
      await onPhone.page.getByLabel('批示内容').fill('请三日内核实整改，结果报我。');
      await onPhone.page.locator('form').getByRole('button', { name: '批示' }).click();
      await onPhone.page.getByText('待交办').waitFor();
      expect(await findSmallTargets(onPhone.page)).toEqual([]);
      await page.reload();
      await page.getByText('请三日内核实整改，结果报我。').waitFor();
      await page.getByRole('button', { name: '交办' }).waitFor();
      expect([...complaints, ...onPhone.complaints].filter(isUnexpected)).toEqual([]);
    });

    it('an address for other systems is registered, its secret shown once', async () => {
      const { page, complaints } = await scene.seat(desk, 'operator');
      await page.goto(`${scene.office.url}/#/webhooks`);
      await page.getByRole('button', { name: '登记接收地址' }).click();
      await page.getByLabel('接收系统的名称').fill('办公系统');
      await page.getByLabel('网址').fill('http://oa.example.edu.cn/hooks');
      await page.getByRole('button', { name: '登记', exact: true }).click();
      await expect.poll(() => page.getByRole('alert').textContent()).toContain('须用 https');
      await page.getByLabel('网址').fill('https://oa.example.edu.cn/hooks');
      await page.getByRole('button', { name: '登记', exact: true }).click();
      await page.getByText(/^whsec_/).waitFor();
      await page.getByRole('button', { name: '发送测试' }).click();
      await page.getByText('等待发送').waitFor();
      expect(await findBarriers(page)).toEqual([]);
      await page.reload();
      await page.getByRole('heading', { name: '办公系统' }).waitFor();
      expect(await page.getByText(/whsec_/).count()).toBe(0);
      expect(complaints.filter(isUnexpected)).toEqual([]);
    });
  },
);
