import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Unit } from '../../pipeline/domain/channel.ts';
import { skipsBrowserTests } from '../harness/browser.ts';
import { saveSetting } from '../harness/draft-scene.ts';
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

const everything = { accessClasses: ['open', 'victim', 'safety'] as const };

describe.skipIf(skipsBrowserTests())('deciding in a browser', { timeout: 60_000 }, () => {
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

  const file = async (text: string, verdict = {}) =>
    (await fileCase(scene.office, { kind: 'comment', title: '', text }, verdict)).caseId;
  const stateOf = async (caseId: string) =>
    (await scene.office.stores.cases.findCase(caseId, everything))?.state;

  it('clears twenty cases by keyboard alone, one taken back on the way', { timeout: 120_000 }, async () => {
    const logistics = Unit.parse({ id: 'logistics', name: '后勤处', topics: ['canteen'] });
    await saveSetting(scene.office, 'units', [logistics]);
    const service = { kind: 'complaint', topic: 'canteen', unitId: null, confidence: 0.9 };
    const ids: string[] = [];
    for (let place = 1; place <= 20; place += 1) {
      const risk = { score: 60 - place, level: 'watch', parts: {} };
      ids.push(await file(`第 ${place} 条留言：食堂的汤太咸`, { queues: ['review'], service, risk }));
    }
    const { page, complaints } = await scene.seat(desk, 'reviewer');
    const { keyboard } = page;
    const shows = async (place: number) => {
      await page.locator('.marked', { hasText: `第 ${place} 条留言` }).waitFor();
      await page.getByText('已由您领取').waitFor();
    };
    /** A decision each: by letter or digit, its usual reason or another, with a note or without. */
    const ways: (() => Promise<void>)[] = [
      async () => {
        await keyboard.press('n');
        await keyboard.press('b');
        await keyboard.press('Enter');
      },
      async () => {
        await keyboard.press('a');
        await keyboard.press('Enter');
      },
      async () => {
        await keyboard.press('h');
        await keyboard.press('Enter');
      },
      async () => {
        await keyboard.press('7');
        await keyboard.press('n');
        await keyboard.type('问过食堂 njk1');
        await keyboard.press('Control+Enter');
      },
      async () => {
        await keyboard.press('8');
        await keyboard.press('ArrowDown');
        await keyboard.press('Enter');
      },
    ];
    const decide = (place: number) => ways[(place - 1) % ways.length]?.();
    await keyboard.press('j');
    for (let place = 1; place <= 20; place += 1) {
      await shows(place);
      await decide(place);
      if (place !== 7) continue;
      await shows(8);
      await keyboard.press('u');
      await shows(7);
      await decide(7);
    }
    await page.getByText('这个队列已处理完').waitFor();
    const last = async (id: string) => {
      const events = await scene.office.stores.cases.listEvents(id, everything);
      return events.filter(({ decision }) => decision !== null).at(-1);
    };
    const decided = await Promise.all(ids.map(last));
    const kinds = ['no-action', 'answer', 'hand-over', 'verify', 'mark-noise'];
    expect(decided.map((event) => event?.decision?.kind)).toEqual([...kinds, ...kinds, ...kinds, ...kinds]);
    expect(decided[0]?.decision?.reason).toBe('already-handled');
    expect(decided[2]?.decision?.unitId).toBe('logistics');
    expect(decided[3]?.note).toBe('问过食堂 njk1');
    expect(await findBarriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('shows a second browser that the case is taken, and loses nothing that was typed there', async () => {
    const id = await file('热水什么时候来');
    await file('图书馆太吵');
    const first = await scene.seat(desk, 'reviewer');
    const second = await scene.seat(desk, 'reviewer');
    const { page } = second;
    await page.getByRole('link', { name: /热水什么时候来/ }).click();
    await page.getByRole('button', { name: /^核实/ }).click();
    await page.getByLabel('备注').fill('我已问过宿管');
    await page.getByRole('link', { name: /图书馆太吵/ }).click();
    await page.locator('.marked', { hasText: '图书馆太吵' }).waitFor();

    await first.page.getByRole('link', { name: /热水什么时候来/ }).click();
    await first.page.getByText('已由您领取').waitFor();
    await page.getByRole('link', { name: /热水什么时候来/ }).click();
    await page.getByText(/正在处理，您可以先看正文/).waitFor();
    const unsent = page.getByRole('region', { name: '未提交的意见' });
    await expect.poll(() => unsent.textContent()).toMatch(/核实.*我已问过宿管.*现在不能提交/s);
    expect(await page.getByRole('button', { name: /^无需处理/ }).count()).toBe(0);
    await page.getByRole('button', { name: '加备注' }).click();
    const note = page.getByLabel(/^备注同队列/);
    await note.fill('楼长的电话是');
    expect(await findBarriers(page)).toEqual([]);

    await first.page.keyboard.press('1');
    await first.page.keyboard.press('Enter');
    await first.page.getByText('已记录：无需处理').waitFor();
    scene.office.deps.announcer.announce({ topic: 'case.decided', subject: id });
    await page.getByRole('link', { name: /热水什么时候来/ }).waitFor({ state: 'detached' });
    expect(await note.inputValue()).toBe('楼长的电话是');
    await page.getByRole('button', { name: '再试着领取' }).click();
    await page.getByText('无需处理，理由：仅表达意见').waitFor();
    expect(await unsent.textContent()).toContain('我已问过宿管');
    expect(await note.inputValue()).toBe('楼长的电话是');
    await page.getByRole('button', { name: '保存备注' }).click();
    await page.getByText('备注已保存。').waitFor();
    expect(await stateOf(id)).toBe('decided');
    expect([...first.complaints, ...second.complaints]).toEqual([]);
  });

  it('decides several together, names what stays, and takes them back', async () => {
    const adverts = [];
    for (const place of [1, 2, 3]) adverts.push(await file(`代写论文包过第 ${place} 家`));
    const danger = await file('有人说要打人', { lifeSafety: true, queues: ['review', 'safety'] });
    const { page, complaints } = await scene.seat(desk, 'reviewer');
    await page.getByRole('button', { name: '多选' }).click();
    await page.getByLabel('选中：有人说要打人').click();
    await page.getByLabel('选中：代写论文包过第 3 家').click({ modifiers: ['Shift'] });
    await page.getByText('已选 4 条').waitFor();
    expect(await findBarriers(page)).toEqual([]);

    await page.getByRole('button', { name: '批量处理…' }).click();
    const dialogue = page.getByRole('dialog', { name: '批量处理 4 条' });
    await dialogue.getByLabel('标为噪声').click();
    await dialogue.getByText('将处理 3 条').waitFor();
    await dialogue.getByText('涉及人身安全或个人隐私，须逐条处理').waitFor();
    await dialogue.getByLabel('备注').fill('同一批广告');
    expect(await findBarriers(page)).toEqual([]);
    await dialogue.getByRole('button', { name: '确认处理 3 条' }).click();
    await page.getByText(/已批量处理 3 条。1 条未处理/).waitFor();
    for (const id of adverts) expect(await stateOf(id)).toBe('decided');
    expect(await stateOf(danger)).toBe('open');

    await page.keyboard.press('z');
    await page.getByText('已撤销 3 条').waitFor();
    for (const id of adverts) expect(await stateOf(id)).toBe('reopened');
    expect(complaints).toEqual([]);
  });

  it('tells who lost the race what has happened, and keeps what was typed', async () => {
    const id = await file('热水什么时候来');
    const { page } = await scene.seat(desk, 'reviewer');
    await page.keyboard.press('j');
    await page.getByRole('button', { name: /^核实/ }).click();
    await page.getByLabel('备注').fill('已致电后勤处');
    const director = await scene.office.visitAs('director');
    const taken = await director.post(`/api/cases/${id}/claim/take-over`, { commandId: randomUUID() });
    expect(taken.status).toBe(200);
    const decision = { commandId: randomUUID(), version: 2, kind: 'answer', reason: 'service-need' };
    expect((await director.post(`/api/cases/${id}/decisions`, decision)).status).toBe(200);
    await page.getByLabel('备注').press('Control+Enter');
    const told = page.getByRole('alert', { name: '这条线索已有变化' });
    await expect
      .poll(() => told.textContent())
      .toMatch(/没有提交.*同事2 接手处理.*同事2 拟稿回应，理由：有服务诉求/s);
    await expect
      .poll(() => page.getByRole('region', { name: '未提交的意见' }).textContent())
      .toMatch(/已致电后勤处/);
    expect(await findBarriers(page)).toEqual([]);
    await told.getByRole('button', { name: '知道了' }).click();
    await expect.poll(() => told.count()).toBe(0);
  });

  it('brings back what was decided, with a reason, and takes notes', async () => {
    const id = await file('热水什么时候来');
    const { page } = await scene.seat(desk, 'reviewer');
    await page.keyboard.press('j');
    await page.getByRole('button', { name: '加备注' }).click();
    await page.getByLabel(/^备注同队列/).fill('宿管说明天修好');
    await page.getByRole('button', { name: '保存备注' }).click();
    await page.getByText('备注已保存。').waitFor();
    await page.getByText('宿管说明天修好').waitFor();
    await page.keyboard.press('1');
    await page.keyboard.press('Enter');
    await page.getByText('已记录：无需处理').waitFor();
    expect(await stateOf(id)).toBe('decided');

    await page.getByLabel('处理状态').selectOption('decided');
    await page.getByRole('link', { name: /热水什么时候来/ }).click();
    await page.getByRole('button', { name: '重新打开…' }).click();
    await page.getByLabel('问题没有解决').click();
    await page.getByLabel('说明').fill('楼里还是没有');
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button', { name: '确认重新打开' }).click();
    await page.getByText('重新打开，理由：问题没有解决').waitFor();
    await page.getByText('楼里还是没有').waitFor();
    await page.getByText('无需处理，理由：仅表达意见').waitFor();
    expect(await stateOf(id)).toBe('reopened');
  });

  it('tells the holder that the director has taken over, on a phone too', async () => {
    const id = await file('热水什么时候来');
    const { page } = await scene.seat(desk, 'reviewer');
    await page.keyboard.press('j');
    await page.getByRole('button', { name: /^核实/ }).click();
    await page.getByLabel('备注').fill('已致电后勤处');
    const director = await scene.seat(phone, 'director');
    await director.page.getByRole('link', { name: /热水什么时候来/ }).click();
    await director.page.getByRole('button', { name: '处理', exact: true }).click();
    expect(await findSidewaysScroll(director.page)).toBeLessThanOrEqual(0);
    expect(await findSmallTargets(director.page)).toEqual([]);
    await director.page.getByRole('button', { name: '由我接手' }).click();
    await director.page.getByRole('button', { name: /^核实/ }).waitFor();

    // As the relay of the outbox tells it.
    scene.office.deps.announcer.announce({ topic: 'case.decided', subject: id });
    await page.getByText(/同事2已接手这条线索/).waitFor();
    await expect.poll(() => page.getByLabel('备注').inputValue()).toBe('已致电后勤处');
    await page.keyboard.press('Control+Enter');
    const told = page.getByRole('alert', { name: '这条线索已有变化' });
    await expect.poll(() => told.textContent()).toMatch(/没有提交.*同事2 接手处理/s);
    await expect
      .poll(() => page.getByRole('region', { name: '未提交的意见' }).textContent())
      .toMatch(/已致电后勤处/);
    expect(await stateOf(id)).toBe('open');
  });
});
