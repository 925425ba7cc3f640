import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventsPath } from '../../review-api/contract/event.ts';
import { buildFinding } from '../builders/post.ts';
import { skipsBrowserTests } from '../harness/browser.ts';
import { fileCase } from '../harness/office-cases.ts';
import {
  desk,
  findBarriers,
  findSidewaysScroll,
  goTo,
  openStage,
  phone,
  type Scene,
  type Stage,
} from './workbench-scene.ts';

describe.skipIf(skipsBrowserTests())('finding work in a browser', { timeout: 60_000 }, () => {
  let stage: Stage;
  let scene: Scene;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage?.close());
  beforeEach(async () => {
    scene = await stage.openScene();
    scene.office.clock.advance(Date.now() - Date.parse(scene.office.clock.now()));
  });
  afterEach(() => scene.close());
  const complaint = (topic: 'canteen' | 'fees') => ({
    service: { kind: 'complaint' as const, topic, confidence: 1 },
  });

  it('filters a queue, keeps the filter, and shows what was put aside', async () => {
    const { office } = scene;
    await fileCase(office, { title: '', text: '食堂的汤太咸' }, complaint('canteen'));
    await fileCase(office, { title: '', text: '学费收据迟迟不开' }, complaint('fees'));
    const noise = { noise: true, queues: [], findings: [buildFinding({ category: 'advert' })] };
    const publishedAt = office.clock.now();
    await fileCase(office, { kind: 'comment', publishedAt, title: '', text: '代课代跑，联系从速' }, noise);
    const { page, complaints } = await scene.seat(phone, 'director');
    await page.getByText('学费收据', { exact: false }).waitFor();
    await page.getByRole('button', { name: '筛选' }).click();
    await page.getByLabel('食堂').check();
    await page.getByText('条符合').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByText('保存与管理筛选').click();
    await page.getByLabel('把现在的条件保存为').fill('食堂');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText('已保存“食堂”').waitFor();
    await page.getByRole('button', { name: '完成' }).click();
    await page.getByText('食堂的汤太咸').waitFor();
    await expect.poll(() => page.getByText('学费收据', { exact: false }).count()).toBe(0);
    expect(await findSidewaysScroll(page)).toBe(0);
    await page.getByRole('button', { name: '全部清除' }).click();
    await page.getByText('学费收据', { exact: false }).waitFor();
    await page.getByText('广告等 1 条', { exact: false }).waitFor();
    await page.getByRole('button', { name: '查看', exact: true }).click();
    await page.getByRole('button', { name: '捞回' }).click();
    await page.getByText('已捞回').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('stays right while a proxy cuts the line of events', async () => {
    const { office } = scene;
    await fileCase(office, { title: '图书馆延长开放' });
    const { page } = await scene.seat(desk, 'reviewer');
    await page.route(`**${eventsPath}`, (route) => route.abort());
    await page.reload();
    await page.getByText('图书馆延长开放').waitFor();
    await fileCase(office, { title: '食堂新菜上架' });
    // Nobody tells the page; it asks when it is asked for anew.
    await page.evaluate('window.dispatchEvent(new Event("focus"))');
    await page.getByText('食堂新菜上架').waitFor();
  });

  it('searches with a purpose, and opens the case of a hit', async () => {
    await fileCase(scene.office, { title: '', text: '南区三号楼暖气不热' });
    const { page, complaints } = await scene.seat(desk, 'reviewer');
    await page.getByRole('link', { name: '检索' }).click();
    await page.getByLabel('检索目的').fill('核对暖气问题的历次反映');
    await page.keyboard.press('Enter');
    await page.getByLabel('查找', { exact: true }).fill('暖气');
    await page.keyboard.press('Enter');
    await page.getByText('南区三号楼暖气不热').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('link', { name: '打开线索' }).click();
    await page.getByRole('heading', { name: '处理意见' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('edits the rules of routing, and says what is missing at its rule', async () => {
    const { page, complaints } = await scene.seat(desk, 'director');
    await goTo(page, '规则');
    await goTo(page, '分派');
    await page.getByRole('button', { name: '添加规则' }).click();
    await page.getByRole('button', { name: '保存全部' }).click();
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('请填写名称');
    await page.getByLabel('名称').fill('食堂急件');
    await page.getByLabel('食堂', { exact: true }).check();
    await page.getByLabel('办理期限', { exact: false }).fill('2');
    await page.keyboard.press('Tab');
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button', { name: '保存全部' }).click();
    await page.getByText('已保存。', { exact: false }).waitFor();
    expect(complaints).toEqual([]);
  });
});
