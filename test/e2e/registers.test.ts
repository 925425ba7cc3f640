import { randomUUID } from 'node:crypto';
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

describe.skipIf(skipsBrowserTests())('registers and the desk in a browser', { timeout: 60_000 }, () => {
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

  it('takes a request from the public page to its answer, which is looked up by number and code', async () => {
    const { page, complaints } = await scene.seat(phone, 'reviewer');
    const visitor = await page.context().newPage();
    await visitor.goto(`${scene.office.url}/public/request`);
    expect(await findSidewaysScroll(visitor)).toBeLessThanOrEqual(0);
    expect(await findBarriers(visitor)).toEqual([]);
    await visitor.getByLabel('原话和大致时间').fill('食堂的汤咸了，昨天发的');
    await visitor.getByLabel('说明').fill('答复的不是我问的，请重新答复。');
    await visitor.getByRole('button', { name: '提交' }).click();
    await visitor.getByText('已收到。').waitFor();
    const [number = '', code = ''] = await visitor.locator('.code').allTextContents();

    await page.goto(`${scene.office.url}/#/registers/public`);
    await page.getByRole('link', { name: new RegExp(number) }).click();
    await page.getByRole('button', { name: '答复', exact: true }).click();
    const form = page.locator('form');
    await form.getByRole('button', { name: '答复' }).click();
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('请填写结果');
    await form.getByLabel('结果').selectOption('同意并已办理');
    await form.getByLabel('答复和理由').fill('已按您的问题重新答复，谢谢指正。');
    expect(await findBarriers(page)).toEqual([]);
    expect(await findSidewaysScroll(page)).toBeLessThanOrEqual(0);
    await form.getByRole('button', { name: '答复' }).click();
    await page.getByText('已答复').first().waitFor();
    expect(await findSmallTargets(page)).toEqual([]);

    await visitor.goto(`${scene.office.url}/public/request`);
    await visitor.getByRole('textbox', { name: '编号', exact: true }).fill(number);
    await visitor.getByRole('textbox', { name: '查询码', exact: true }).fill(code);
    await visitor.getByRole('button', { name: '查询' }).click();
    await visitor.getByText('已按您的问题重新答复').waitFor();
    expect(complaints).toEqual([]);
  });

  it('shows the independent reviewer who read what, and that the chain is whole', async () => {
    const reader = await scene.office.visitAs('reviewer');
    const { caseId } = await fileCase(scene.office, { kind: 'comment', title: '', text: '宿舍没有热水' });
    await reader.get(`/api/cases/${caseId}?purpose=${encodeURIComponent(randomUUID())}`);
    const { page, complaints } = await scene.open(desk);
    await signIn(page, await scene.office.hire(['auditor']));
    await page.getByRole('heading', { name: /登记簿/ }).waitFor();
    await page.goto(`${scene.office.url}/#/read-log`);
    await page.getByRole('listitem').filter({ hasText: 'main-site:comment' }).first().waitFor();
    await page.getByRole('button', { name: '现在校验' }).click();
    await page.getByText('没有改动', { exact: false }).waitFor();
    expect(await page.getByRole('main').textContent()).not.toContain('没有热水');
    expect(await findBarriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
