import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { skipsBrowserTests } from '../harness/browser.ts';
import { openTrendScene } from '../harness/trend-scene.ts';
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

const days = 'from=2026-11-08&to=2026-11-16';

describe.skipIf(skipsBrowserTests())('trends in a browser', { timeout: 90_000 }, () => {
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

  it('gaps are said, every number opens its items, and the address brings the same view back', async () => {
    const { office } = scene;
    await openTrendScene(office);
    const login = await office.hire(['analyst']);
    const { page, complaints } = await scene.open(desk);
    await signIn(page, login);
    await page.getByRole('link', { name: '态势' }).first().waitFor({ state: 'attached' });
    // The page where one starts is named: the address can be sent, and the next question is read.
    await expect.poll(() => page.url()).toMatch(/#\/trends/);
    await page.goto(`${office.url}/#/trends/series?${days}&split=channel`);

    await page.locator('canvas').first().waitFor();
    await page.getByText(/9 个时间点中 \d+ 个采集不完整或未结束/).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    // By keyboard from point to point: the 12th, where the login had ended for six hours.
    const points = page.getByRole('slider', { name: '逐点查看' });
    await points.focus();
    await points.press('Home');
    for (let step = 0; step < 4; step += 1) await points.press('ArrowRight');
    expect(await points.getAttribute('aria-valuetext')).toMatch(/^11月12日，\d+ 条.*采集不完整$/);
    await page.getByText(/官方微博：缺口.*6 小时/).waitFor();

    // The total opens as many items as it says; nothing of them may be opened by who reads figures alone.
    const total = page.getByRole('button', { name: /^合计（已采到）：\d+/ });
    const count = Number(await total.textContent());
    expect(count).toBeGreaterThan(0);
    await total.click();
    const sheet = page.getByRole('dialog', { name: '数字出处' });
    await sheet.getByText(`共 ${count} 条。`).waitFor();
    expect(await sheet.getByText('仅计数').count()).toBe(count);
    await sheet.getByText('您的岗位只看统计').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });

    // Filters stand in the address, and tone never beside unit.
    await page.getByLabel('分项').selectOption('tone');
    await page.getByText('语气只作描述').waitFor();
    await page.locator('summary', { hasText: '单位' }).click();
    await page.getByText('语气不按单位统计。先去掉语气').waitFor();
    await page.keyboard.press('Escape');
    await page.getByLabel('显示').selectOption('table');
    await page.getByRole('columnheader', { name: '偏负面' }).waitFor();
    const address = page.url();
    expect(address).toContain('split=tone');
    await page.reload();
    await page.getByRole('columnheader', { name: '偏负面' }).waitFor();
    expect(page.url()).toBe(address);

    // A picture, and a file of the same figures.
    const picture = page.waitForEvent('download');
    await page.getByRole('button', { name: '图片' }).click();
    const png = await readFile(await (await picture).path());
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV', exact: true }).click();
    expect(await readFile(await (await saved).path(), 'utf8')).toContain('2026-11-12');

    const views = [
      ['hours', '时段分布'],
      ['table', '行列互换'],
      ['responses', '按主题'],
      ['compare', '不作比较'],
    ] as const;
    for (const [tab, text] of views) {
      await page.goto(`${office.url}/#/trends/${tab}?${days}`);
      await page.getByText(text).first().waitFor({ state: 'attached' });
      await page.getByText('数据完整性').waitFor();
      expect(await findBarriers(page), tab).toEqual([]);
    }
    await page.setViewportSize(phone);
    for (const tab of ['series', 'hours', 'table', 'responses', 'compare']) {
      await page.goto(`${office.url}/#/trends/${tab}?${days}`);
      await page.getByRole('navigation', { name: '视图' }).waitFor();
      await page.getByText('数据完整性').waitFor();
      expect(await findSidewaysScroll(page), tab).toBeLessThanOrEqual(0);
      // Of the grid of hours and the tables there are hundreds of one and the same.
      if (tab === 'series' || tab === 'compare') expect(await findSmallTargets(page), tab).toEqual([]);
    }
    expect(complaints).toEqual([]);
  });
});
