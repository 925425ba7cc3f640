import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { judgeAllDue } from '../../pipeline/commands/judge-batch.ts';
import { buildGathered } from '../builders/post.ts';
import { skipsBrowserTests } from '../harness/browser.ts';
import { fileCase } from '../harness/office-cases.ts';
import { fillRegister } from './channel-items.ts';
import {
  desk,
  findBarriers,
  findSidewaysScroll,
  findSmallTargets,
  goTo,
  openStage,
  phone,
  type Scene,
  type Stage,
} from './workbench-scene.ts';

describe.skipIf(skipsBrowserTests())('leads and channels in a browser', { timeout: 60_000 }, () => {
  let stage: Stage;
  let scene: Scene;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage?.close());
  beforeEach(async () => {
    scene = await stage.openScene();
    // The page's clock is the browser's: what is typed there must not lie ahead of the office's.
    scene.office.clock.advance(Date.now() - Date.parse(scene.office.clock.now()));
  });
  afterEach(() => scene.close());

  it('registers a lead by keyboard, says what is wrong at its field, and finds it in the queue', async () => {
    const { page, complaints } = await scene.seat(desk, 'reviewer');
    await page.getByRole('link', { name: '登记线索' }).click();
    await page.getByRole('heading', { name: '登记线索' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('请选择来源');
    expect(await page.evaluate<string | null>('document.activeElement.dataset.field')).toBe('source');

    await page.getByLabel('来源').selectOption('12345 热线工单');
    await page.getByLabel('文号或工单号').fill('沧热转〔2026〕118号');
    const soon = new Date(Date.now() + 48 * 3_600_000 + 8 * 3_600_000).toISOString().slice(0, 16);
    await page.getByLabel('上级要求的办理期限').fill(soon);
    await page.getByLabel('摘要').fill('家长反映南区三号楼暖气不热，@校园墙 已有人转发，请学校答复。');
    await page.getByLabel('链接').fill('https://weibo.com/u/1234567890');
    await page.keyboard.press('Enter');
    await page.getByText('这是个人主页的地址', { exact: false }).waitFor();
    await page.getByLabel('链接').fill('https://www.12345.example/order?id=118');
    await page.keyboard.press('Enter');
    await page.getByText('已登记。').waitFor();
    await page.getByText('已经遮盖', { exact: false }).waitFor();
    await page.getByText('研判中').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    // A 400 is printed by the browser, and is what the test asked for.
    expect(complaints.filter((line) => !line.includes('400'))).toEqual([]);

    await judgeAllDue(scene.office.deps);
    await page.getByLabel('文号或工单号').fill('沧热转[2026]118号');
    await page.keyboard.press('Tab');
    await page.getByText('这个文号已登记过 1 件').waitFor();
    await goTo(page, '工作台');
    await page.getByLabel('办理期限').selectOption('三天内到期');
    await page.getByRole('link', { name: /家长反映南区三号楼/ }).click();
    await page
      .getByText(/期限还剩 4\d 小时/)
      .first()
      .waitFor();
    expect(await page.getByRole('main').textContent()).not.toContain('校园墙');
    expect(await findBarriers(page)).toEqual([]);

    await page.getByRole('button', { name: '更正登记' }).click();
    await page.getByRole('textbox', { name: '摘要' }).fill('家长反映北区三号楼暖气不热，请学校答复。');
    await page.getByLabel('更正原因').fill('楼栋登记错了');
    await page.getByRole('button', { name: '保存更正' }).click();
    await page.getByText('更正登记内容').waitFor();
    await page.getByText('登记内容已修改，查看前后对照').click();
    await page.locator('ins', { hasText: '北区三号楼' }).waitFor();
    await expect.poll(() => page.locator('del').textContent()).toContain('南区三号楼');
    expect(await findBarriers(page)).toEqual([]);

    await page.getByRole('button', { name: '撤回登记' }).click();
    await page.getByLabel('撤回原因').fill('与上一件重复');
    await page.getByRole('button', { name: '确认撤回' }).click();
    await page.getByText('撤回登记').first().waitFor();
    await expect.poll(() => page.getByText('没有这种期限的线索').count()).toBe(1);
  });

  it('proposes closing once our own reply was seen, and a person closes', async () => {
    const comment = {
      kind: 'comment' as const,
      channelId: 'weibo',
      title: '',
      text: '三号楼暖气三天不热了，没人管。',
    };
    await fileCase(scene.office, { ...comment, externalId: 'c1' });
    const { page } = await scene.seat(desk, 'reviewer');
    await page.keyboard.press('j');
    await page.getByRole('button', { name: /拟稿回应/ }).waitFor();
    await page.keyboard.press('2');
    await page.keyboard.press('Enter');
    await page.getByText('已记录：拟稿回应').waitFor();
    const reply = buildGathered({
      ...comment,
      externalId: 'r1',
      parentId: 'c1',
      official: true,
      text: '已报修。',
    });
    await scene.office.stores.posts.storePosts(
      [{ post: reply, snapshotHash: null }],
      scene.office.clock.now(),
    );
    await page.getByLabel('处理状态').selectOption('已处理');
    await page.getByRole('link', { name: /三号楼暖气三天不热/ }).click();
    await page.getByText('建议办结', { exact: false }).first().waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button', { name: '办结', exact: true }).click();
    await page.getByText('已办结。').waitFor();
  });

  it('shows what channels are missing, in words, and lets the operator write the register', async () => {
    await fillRegister(scene.office);
    const { page, complaints } = await scene.seat(desk, 'operator');
    await page.getByRole('link', { name: '渠道' }).click();
    const row = page.getByRole('row', { name: /官方微博/ });
    await row.getByText('可能有遗漏：登录凭证不可用', { exact: false }).waitFor();
    await expect.poll(() => row.textContent()).toContain('请党委宣传部重新登录并更新凭证');
    await expect.poll(() => row.getByRole('listitem').filter({ hasText: '有缺口' }).count()).toBe(3);
    await expect.poll(() => row.textContent()).toMatch(/账号已 20 天没有更新/);
    expect(await findBarriers(page)).toEqual([]);

    await page.getByRole('link', { name: '官方微博' }).click();
    await page.getByText('账号负责人：重新授权').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button', { name: '修改登记信息' }).click();
    await page.getByLabel('责任人').fill('网络信息科');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText('登记信息已保存。').waitFor();
    await page.getByRole('link', { name: '← 全部渠道' }).click();

    await page.getByRole('button', { name: '登记其他渠道' }).click();
    await page.getByLabel('编号').fill('video');
    await page.getByLabel('名称', { exact: true }).fill('学校视频号');
    await page.getByLabel('负责单位').selectOption('党委宣传部');
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByRole('heading', { name: '学校视频号' }).waitFor();
    await page.getByRole('button', { name: '注销…' }).click();
    await page.getByLabel('注销原因').fill('并入官方视频号');
    await page.getByRole('button', { name: '确认注销' }).click();
    await page.getByText('状态已改为注销').waitFor();
    expect(complaints).toEqual([]);
  });

  it('fits a phone: no sideways scroll, controls that a thumb can hit', async () => {
    await fillRegister(scene.office);
    const { page, complaints } = await scene.seat(phone, 'director');
    for (const [link, heading] of [
      ['登记线索', '登记线索'],
      ['渠道', '渠道'],
    ] as const) {
      await goTo(page, link);
      await page.getByRole('heading', { name: heading, exact: true }).waitFor();
      await page.getByText('正在读取').waitFor({ state: 'detached' });
      expect(await findSidewaysScroll(page)).toBeLessThanOrEqual(0);
      expect(await findSmallTargets(page)).toEqual([]);
      expect(await findBarriers(page)).toEqual([]);
    }
    await page.getByRole('link', { name: '官方微博' }).click();
    await page.getByRole('heading', { name: '采集运行记录' }).waitFor();
    expect(await findSidewaysScroll(page)).toBeLessThanOrEqual(0);
    expect(await findBarriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
