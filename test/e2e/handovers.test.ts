import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Unit } from '../../pipeline/domain/channel.ts';
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

/** The browser prints every refused request as an error; these are what the test asks for. */
const isAsked = (line: string) => /40[0149]/.test(line);

describe.skipIf(skipsBrowserTests())('hand-overs in a browser', { timeout: 120_000 }, () => {
  let stage: Stage;
  let scene: Scene;
  beforeAll(async () => {
    stage = await openStage();
    scene = await stage.openScene();
    const { stores, clock } = scene.office;
    // What is late is told by the browser's clock.
    clock.advance(Date.now() - Date.parse(clock.now()));
    const units = [
      Unit.parse({ id: 'logistics', name: '后勤处', topics: ['canteen'] }),
      Unit.parse({ id: 'library', name: '图书馆' }),
    ];
    const change = { expectedVersion: 0, actorId: null, source: 'test', at: clock.now(), id: clock.newId() };
    await stores.settings.save('units', units, change);
  });
  afterAll(async () => {
    await scene?.close();
    await stage?.close();
  });

  it('is handed over, opened by link on a phone, answered after signing in, and closed', async () => {
    const { office } = scene;
    await fileCase(
      office,
      { kind: 'comment', title: '', text: '三食堂二楼的汤太咸，上周起反映过两次都没有人管。' },
      { queues: ['review'], service: { kind: 'complaint', topic: 'canteen', unitId: null, confidence: 0.9 } },
    );
    const { page: reviewer, complaints } = await scene.seat(desk, 'reviewer');
    await reviewer.getByRole('link', { name: /三食堂二楼的汤太咸/ }).click();
    await reviewer.getByRole('button', { name: /转办/ }).click();
    await expect.poll(() => reviewer.getByLabel('负责单位').inputValue()).toBe('logistics');
    await expect.poll(() => reviewer.getByLabel('事由与要求').inputValue()).toContain('食堂');
    await reviewer.getByLabel('紧急程度').selectOption('加急');
    await reviewer.getByText('2 个工作日', { exact: false }).waitFor();
    await reviewer.getByLabel('事由与要求').fill('请核实汤的含盐量并答复。');
    expect(await findBarriers(reviewer)).toEqual([]);
    await reviewer.getByRole('button', { name: '确认' }).click();
    await reviewer.getByText('转办单', { exact: false }).first().waitFor();

    await reviewer.getByRole('link', { name: '转办', exact: true }).click();
    await reviewer.getByRole('link', { name: /转〔\d{4}〕0001号/ }).click();
    await reviewer.getByRole('button', { name: '生成链接' }).click();
    const message = await reviewer.getByLabel('发到企业微信的文字').inputValue();
    const address = /http\S+$/.exec(message)?.[0] ?? '';
    expect(address).toMatch(/#\/slip\/[\w-]{43}$/);
    expect(await reviewer.getByRole('img', { name: '打开转办单的二维码' }).isVisible()).toBe(true);
    expect(await findBarriers(reviewer)).toEqual([]);

    const login = await office.hire(['unit-head'], undefined, 'logistics');
    const { page: head } = await scene.open(phone);
    await head.goto(address);
    await head.getByText('请核实汤的含盐量并答复。').waitFor();
    await head.getByText('三食堂二楼的汤太咸', { exact: false }).waitFor();
    expect(await findBarriers(head)).toEqual([]);
    expect(await findSidewaysScroll(head)).toBeLessThanOrEqual(0);
    const { page: stranger } = await scene.open(phone);
    await stranger.goto(address);
    await stranger.getByText('链接无效或已失效', { exact: false }).waitFor();

    await head.getByRole('link', { name: '登录后签收、答复' }).click();
    await signIn(head, login);
    await head.getByRole('button', { name: '签收' }).click();
    await head.getByRole('button', { name: '确认签收' }).click();
    await head.getByText('签收已完成。').waitFor();
    await head.getByRole('button', { name: '答复', exact: true }).click();
    await head.getByRole('button', { name: '确认答复' }).click();
    await expect.poll(() => head.getByRole('alert').textContent()).toContain('请填写答复内容');
    await head.getByLabel('答复内容').fill('已核查，当天起每日检测含盐量并公示。');
    expect(await findSmallTargets(head)).toEqual([]);
    expect(await findSidewaysScroll(head)).toBeLessThanOrEqual(0);
    expect(await findBarriers(head)).toEqual([]);
    await head.getByRole('button', { name: '确认答复' }).click();
    await head.getByText('未摘抄原文，随线索档案保存三年。').waitFor();

    await reviewer.reload();
    await reviewer.getByRole('button', { name: '办结', exact: true }).click();
    await reviewer.getByRole('button', { name: '确认办结' }).click();
    await reviewer.getByText('办结已完成。').waitFor();
    await reviewer.getByRole('link', { name: '打开线索' }).click();
    await reviewer.getByRole('heading', { name: /转办单/ }).waitFor();
    await reviewer.getByText('已核查，当天起每日检测含盐量并公示。').waitFor();
    expect(await findBarriers(reviewer)).toEqual([]);
    expect(complaints.filter((line) => !isAsked(line))).toEqual([]);
    // The secret of the link stands in no line of the log.
    expect(office.log()).not.toContain(address.split('/slip/')[1]);
  });

  it('shows a leader the list, and lets them supervise without reading', async () => {
    const { office } = scene;
    const { caseId } = await fileCase(office, { kind: 'comment', title: '', text: '图书馆空调太冷了' });
    const reviewerLogin = await office.hire(['reviewer']);
    const reviewer = office.visit();
    await reviewer.signIn(reviewerLogin, '山高水长-qingfeng-77');
    await reviewer.post(`/api/cases/${caseId}/open`, {});
    const handed = await reviewer.post(`/api/cases/${caseId}/decisions`, {
      ...{ commandId: crypto.randomUUID(), version: 1, kind: 'hand-over', reason: 'service-need' },
      unitId: 'library',
    });
    expect(handed.status).toBe(200);
    const { page } = await scene.open(desk);
    await signIn(page, await office.hire(['leader']));
    await page.getByRole('link', { name: '转办', exact: true }).click();
    const row = page.getByRole('listitem').filter({ hasText: '图书馆' });
    await row.getByRole('button', { name: '督办' }).click();
    await row.getByText('督办', { exact: true }).waitFor();
    expect(await page.getByRole('main').textContent()).not.toContain('空调');
    expect(await findBarriers(page)).toEqual([]);
  });
});
