import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../pipeline/domain/case.ts';
import { Unit, WeiboChannel } from '../../pipeline/domain/channel.ts';
import type { WriteAnswer } from '../../pipeline/domain/stock-answer-change.ts';
import { buildStockContent, buildWriteAnswer } from '../builders/stock-answer.ts';
import { skipsBrowserTests } from '../harness/browser.ts';
import { officePassword } from '../harness/office.ts';
import { fileCase } from '../harness/office-cases.ts';
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

const help = '有人愿意听你说，请拨打校园值守电话，老师都在。';
const writer: Actor = { id: 'user-writer', roles: ['reviewer'] };
const approver: Actor = { id: 'user-approver', roles: ['director', 'safety'] };

describe.skipIf(skipsBrowserTests())('answers in a browser', { timeout: 60_000 }, () => {
  let stage: Stage;
  let scene: Scene;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage?.close());
  beforeEach(async () => {
    scene = await stage.openScene();
    const { stores, clock } = scene.office;
    // The page's clock is the browser's.
    clock.advance(Date.now() - Date.parse(clock.now()));
    const save = async () => ({
      ...{ expectedVersion: await stores.settings.readVersion(), actorId: null },
      ...{ source: 'test', at: clock.now(), id: clock.newId() },
    });
    await stores.settings.save('units', [Unit.parse({ id: 'logistics', name: '后勤处' })], await save());
    const weibo = {
      id: 'weibo',
      kind: 'weibo',
      name: '官方微博',
      unit: 'logistics',
      uid: '1234567890',
      door: 'import',
    };
    await stores.settings.save('channels', [WeiboChannel.parse(weibo)], await save());
  });
  afterEach(() => scene.close());

  const approve = async (more: Partial<WriteAnswer>) => {
    const { stores, clock } = scene.office;
    const at = clock.now();
    const content = { validFrom: at.slice(0, 10), validUntil: `${Number(at.slice(0, 4)) + 1}-01-31` };
    const body = { ...buildStockContent(), ...more.content, ...content };
    const command = buildWriteAnswer({ commandId: clock.newId(), ...more, content: body });
    const by = (actor: Actor) => ({ actor, units: 'all' as const });
    const { id } = (await stores.answers.change(command, by(writer), at)).answer;
    let revision = 1;
    for (const type of ['submit', 'check', 'approve'] as const) {
      if (type === 'check' && command.kind !== 'help') continue;
      const aim = { commandId: clock.newId(), answerId: id, revision, reason: null };
      await stores.answers.change({ ...aim, type }, by(type === 'approve' ? approver : writer), at);
      revision += 1;
    }
  };

  it('writes a stock answer, tells what is wrong at its field, and another person approves it', async () => {
    const { page, complaints } = await scene.seat(desk, 'reviewer');
    await page.getByRole('link', { name: '口径' }).click();
    await page.getByText('口径库还是空的', { exact: false }).waitFor();
    await page.getByRole('button', { name: '新写一条' }).click();
    await page.getByRole('button', { name: '保存草稿' }).click();
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('请选择类别');
    await page.getByLabel('类别').selectOption('服务答复');
    await page.getByLabel('负责单位').selectOption('后勤处');
    await page.getByLabel('标题').fill('宿舍供暖报修');
    await page.getByLabel('正文').fill('宿舍不热请拨打 13912345678 报修。');
    await page.getByLabel('依据的文件或来源').fill('后勤处供暖通知');
    await page.getByLabel('失效日期').fill('2020-01-01');
    await page.keyboard.press('Enter');
    await page.getByText('失效日期应不早于生效日期', { exact: false }).waitFor();
    await page.getByLabel('失效日期').fill(`${new Date().getFullYear() + 1}-01-31`);
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByText('里面像是有手机号码', { exact: false }).waitFor();
    await page.getByRole('button', { name: '送审' }).click();
    await page.getByText('送审中：', { exact: false }).waitFor();
    expect(complaints.filter((line) => !line.includes('400'))).toEqual([]);

    const director = await scene.seat(phone, 'director');
    await goTo(director.page, '口径');
    await director.page.getByRole('link', { name: '宿舍供暖报修' }).click();
    await director.page.getByRole('button', { name: '退回修改' }).click();
    await director.page.getByLabel('退回修改的原因').waitFor();
    expect(await findBarriers(director.page)).toEqual([]);
    await director.page.getByRole('button', { name: '批准' }).click();
    await director.page.getByText('现行').waitFor();
    expect(await findSidewaysScroll(director.page)).toBeLessThanOrEqual(0);
  });

  it('drafts a reply from a stock answer, copies nothing by itself, and marks what a person posted', async () => {
    await approve({});
    const comment = {
      kind: 'comment' as const,
      channelId: 'weibo',
      title: '',
      text: '三号楼暖气三天不热了。',
    };
    await fileCase(scene.office, { ...comment, externalId: 'c1' });
    const { page } = await scene.seat(desk, 'reviewer');
    await page.getByRole('link', { name: /三号楼暖气/ }).click();
    await page.getByRole('button', { name: /拟稿回应/ }).click();
    await page.getByText('文中有：暖气', { exact: false }).waitFor();
    await page.getByRole('button', { name: '插入正文' }).click();
    await page.getByText(/\d+ \/ 140 字/).waitFor();
    await page.getByLabel('回应内容').fill('@某同学 已报修，今晚恢复。');
    await page.getByRole('button', { name: '保存草稿' }).click();
    await expect.poll(() => page.getByLabel('回应内容').inputValue()).toBe('@… 已报修，今晚恢复。');
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button', { name: '已由官方账号发布' }).click();
    await page.getByLabel('发布后的地址').fill('weibo');
    await page.getByRole('button', { name: '确认已发布' }).click();
    await page.getByText('应以 http:// 或 https:// 开头', { exact: false }).waitFor();
    await page.getByLabel('发布后的地址').fill('https://weibo.example/c2');
    await page.getByRole('button', { name: '确认已发布' }).click();
    await page.getByRole('button', { name: '取消发布标记' }).waitFor();
  });

  it('lets a help reply out to one named person, who sees it on a phone and says what became of it', async () => {
    await approve({
      kind: 'help',
      content: buildStockContent({ title: '求助指引', body: help, words: [], topics: [] }),
    });
    const operatorLogin = await scene.office.hire(['operator'], 'keeper');
    const verdict = { queues: ['safety' as const], accessClass: 'safety' as const, lifeSafety: true };
    const post = { kind: 'comment' as const, channelId: 'weibo', title: '', text: '暮云深处的话' };
    await fileCase(scene.office, { ...post, externalId: 'c9', url: 'https://m.weibo.cn/status/s9' }, verdict);
    const { page } = await scene.seat(desk, 'safety');
    await page.getByRole('link', { name: /暮云深处/ }).click();
    await page.getByRole('button', { name: '请官方账号运营人发布求助指引' }).click();
    await page.getByRole('button', { name: '插入正文' }).click();
    await page.getByLabel('发布人').selectOption({ index: 1 });
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button', { name: '交发布人' }).click();
    await page.getByText('已交发布人').waitFor();

    const { page: hand } = await scene.open(phone);
    await hand.getByLabel('账号').fill(operatorLogin);
    await hand.getByLabel('密码', { exact: true }).fill(officePassword);
    await hand.getByRole('button', { name: '登录', exact: true }).click();
    await hand.getByRole('link', { name: '有 1 条回复等您发布' }).click();
    await hand.getByText(help).waitFor();
    expect(await hand.content()).not.toContain('暮云深处');
    expect(await findBarriers(hand)).toEqual([]);
    expect(await findSmallTargets(hand)).toEqual([]);
    expect(await findSidewaysScroll(hand)).toBeLessThanOrEqual(0);
    await hand.getByRole('button', { name: '不能发布' }).click();
    await hand.getByRole('button', { name: '确认不能发布' }).click();
    await hand.getByText('请写明不能发布的原因').waitFor();
    await hand.getByLabel('不能发布的原因').fill('评论已删除');
    await hand.getByRole('button', { name: '确认不能发布' }).click();
    await hand.getByText('现在没有等您发布的回复').waitFor();
  });
});
