import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildFinding } from '../builders/post.ts';
import { buildRule } from '../builders/rule.ts';
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
} from './workbench-scene.ts';

const rule = buildRule();

describe.skipIf(skipsBrowserTests())('rules in a browser', { timeout: 90_000 }, () => {
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

  it('shows a rule on trial with its figures, tries it on stored posts, and brings it into force with a reason', async () => {
    const { office } = scene;
    const analyst = await office.visitAs('analyst');
    const { version: _version, state: _state, ...content } = rule;
    await analyst.post('/api/rules', { rule: content, seenVersion: 0 });
    await analyst.post(`/api/rules/${rule.id}/state`, {
      ...{ to: 'shadow', seenVersion: 1, reason: 'ready-for-trial' },
    });
    const findings = [buildFinding({ id: rule.id, version: '2' })];
    await fileCase(office, { kind: 'comment', title: '', text: rule.example }, { findings });
    await fileCase(office, { kind: 'comment', title: '', text: '今天食堂人很多' }, {});

    const { page, complaints } = await scene.seat(desk, 'director');
    await page.evaluate("location.hash = '#/rules'");
    const row = page.getByRole('row').filter({ hasText: rule.id });
    await row.getByText('试运行', { exact: true }).waitFor();
    await row.getByText('还没有处理过的线索').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await row.getByRole('link').click();
    await page.getByRole('heading', { name: '规则内容' }).waitFor();
    await page.getByText('内容已核对，可以试运行').waitFor();

    await page.getByRole('button', { name: '开始试算' }).click();
    await page.getByText('请写明用途').waitFor();
    await page.getByLabel('查看用途').fill('启用前复核');
    await page.keyboard.press('Enter');
    await page.getByText('看了 2 条，命中 1 条。').waitFor();
    const gained = page.locator('details', { hasText: '新命中 1 条' });
    await gained.getByText(rule.example).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    const { items } = await office.stores.reads.list({ cursor: null, limit: 5 });
    expect(items[0]).toMatchObject({ purpose: '启用前复核' });

    // What came out waits while one is elsewhere.
    await page.getByRole('link', { name: '← 全部规则' }).click();
    await page.getByRole('row').filter({ hasText: rule.id }).getByRole('link').click();
    await page.getByText('看了 2 条，命中 1 条。').waitFor();

    await page.getByRole('button', { name: '转为启用' }).click();
    await page.getByLabel('原因').selectOption('试运行效果良好');
    await page.getByRole('button', { name: '确认转为启用' }).click();
    await page.getByText('已转为启用。').waitFor();
    await page.getByText('原因：试运行效果良好').waitFor();
    await page.getByText('与上一版比较').first().click();
    await expect.poll(() => page.locator('ins').first().textContent()).toBe('启用');

    // Another one, from nothing: first refused with what is wrong, then a draft, whose pattern and conditions stand there.
    await page.getByRole('link', { name: '← 全部规则' }).click();
    await page.getByRole('button', { name: '新建规则' }).click();
    await page.getByLabel('编号').fill('fraud.own');
    await page.getByLabel('用途').fill('代办退费');
    await page.getByLabel('应当命中').fill('加群代办退费，先转账');
    await page.getByLabel('不应命中').fill('退费请到财务处');
    await page.getByLabel('负责单位').fill('保卫处');
    await page.getByRole('button', { name: '存为草稿' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByText('表达式、变体、附加条件与分值').click();
    await page.getByLabel('表达式').fill('代办.{0,2}退费');
    await page.getByLabel('还要有').fill('转账、汇款');
    expect(await findBarriers(page)).toEqual([]);
    await page.setViewportSize(phone);
    expect(await findSidewaysScroll(page)).toBeLessThanOrEqual(0);
    expect(await findSmallTargets(page)).toEqual([]);
    await page.setViewportSize(desk);
    await page.getByRole('button', { name: '存为草稿' }).click();
    await page.getByText('同一句里还要有：转账、汇款').waitFor();
    expect(page.url()).toMatch(/#\/rules\/fraud\.own/);
    await page.getByText('修改规则').click();
    await page.getByText('表达式、变体、附加条件与分值').click();
    await page.getByLabel('不能有').fill('财务处');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText('同一句里不能有：财务处').first().waitFor();

    await page.setViewportSize(phone);
    expect(await findSidewaysScroll(page)).toBeLessThanOrEqual(0);
    expect(await findSmallTargets(page)).toEqual([]);
    await page.getByRole('link', { name: '← 全部规则' }).click();
    await page.getByRole('row').filter({ hasText: rule.id }).getByText('启用', { exact: true }).waitFor();
    expect(await findSidewaysScroll(page)).toBeLessThanOrEqual(0);
    expect(await findSmallTargets(page)).toEqual([]);
    expect(await findBarriers(page)).toEqual([]);
    expect(complaints.filter((one) => !one.includes('status of 4'))).toEqual([]);
  });
});
