import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { refreshRollups } from '../../pipeline/commands/refresh-rollups.ts';
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
  type Size,
  type Stage,
  signIn,
} from './workbench-scene.ts';

describe.skipIf(skipsBrowserTests())('briefs in a browser', { timeout: 60_000 }, () => {
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

  async function enter(size: Size, role: 'analyst' | 'director' | 'leader') {
    const login = await scene.office.hire([role]);
    const screen = await scene.open(size);
    await signIn(screen.page, login);
    await screen.page.getByRole('button', { name: '退出' }).waitFor({ state: 'attached' });
    await screen.page.goto(`${scene.office.url}/#/briefs`);
    return screen;
  }

  it('made by the analyst, opened number by number, approved by the director on a phone, read by a leader', async () => {
    const { office } = scene;
    const text = '二食堂今天中午的鱼是臭的，希望查一查。';
    await fileCase(office, { kind: 'comment', title: '', text }, { queues: ['service'] });
    await refreshRollups(office);
    const { page, complaints } = await enter(desk, 'analyst');
    await page.getByLabel('新编一期').selectOption('daily');
    await page.getByRole('button', { name: '统计并生成' }).click();
    await page.getByText('待完善').waitFor();
    expect(await findBarriers(page)).toEqual([]);

    await page
      .getByRole('button', { name: /查看出处$/ })
      .first()
      .click();
    await page.getByRole('complementary', { name: '数字出处' }).getByText(/统计/).waitFor();
    expect(await findBarriers(page)).toEqual([]);

    const [words] = await page.locator('textarea').all();
    await words?.fill('多名学生反映二食堂饭菜，已请后勤处核查。');
    await page.reload();
    await page.getByRole('button', { name: '提交签发' }).waitFor();
    await page.locator('textarea').first().fill('联系人电话 13812345678');
    await page.getByRole('button', { name: '保存文字' }).click();
    await page.getByRole('button', { name: '提交签发' }).click();
    await page.getByRole('alert').waitFor();
    await page.locator('textarea').first().fill('多名学生反映二食堂饭菜，已请后勤处核查。');
    for (const box of (await page.locator('textarea').all()).slice(1)) await box.fill('请继续关注。');
    await page.getByRole('button', { name: '提交签发' }).click();
    await page.getByText('已提交，等待签发。').waitFor();
    const [, id = ''] = page.url().split('#/briefs/');

    const boss = await enter(phone, 'director');
    await boss.page.getByRole('link', { name: /^日报/ }).first().click();
    await boss.page.getByText('多名学生反映二食堂饭菜').waitFor();
    expect(await findSidewaysScroll(boss.page)).toBeLessThanOrEqual(0);
    expect(await findSmallTargets(boss.page)).toEqual([]);
    expect(await findBarriers(boss.page)).toEqual([]);
    await boss.page.getByRole('button', { name: '签发并归档' }).click();
    await boss.page.getByText('已签发并归档。').waitFor();
    await boss.page.getByText(/归档校验值（SHA-256）：[0-9a-f]{64}/).waitFor();

    const leader = await enter(phone, 'leader');
    await leader.page.goto(`${office.url}/#/briefs/${id}`);
    await leader.page.getByText('多名学生反映二食堂饭菜').waitFor();
    const saved = leader.page.waitForEvent('download');
    await leader.page.getByRole('button', { name: '下载 Word' }).click();
    expect((await saved).suggestedFilename()).toMatch(/^日报.*\.docx$/);
    expect(
      [...complaints, ...boss.complaints, ...leader.complaints].filter((one) => !one.includes('status of 4')),
    ).toEqual([]);
  });
});
