import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { skipsBrowserTests } from '../harness/browser.ts';
import { fileCase } from '../harness/office-cases.ts';
import { desk, openStage, type Scene, type Stage } from './workbench-scene.ts';

describe.skipIf(skipsBrowserTests())('a queue narrowed down', { timeout: 60_000 }, () => {
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

  it('stands in the address: it is reloaded, goes along into a case, and the back key walks out of it', async () => {
    await fileCase(scene.office, { kind: 'comment', title: '', text: '热水什么时候来' });
    const { page, complaints } = await scene.seat(desk, 'reviewer');
    const row = page.getByRole('link', { name: /热水什么时候来/ });
    await row.waitFor();
    await page.getByLabel('排序').selectOption('newest');
    await page.waitForURL(/sort=newest/);
    await row.click();
    await page.waitForURL(/review\/.+\?sort=newest/);
    await page.reload();
    await expect.poll(() => page.getByLabel('排序').inputValue()).toBe('newest');
    await page.getByLabel('处理状态').selectOption('decided');
    await page.waitForURL(/state=decided/);
    await page.goBack();
    await expect.poll(() => page.getByLabel('处理状态').inputValue()).toBe('undecided');
    await row.waitFor();
    expect(complaints).toEqual([]);
  });
});
