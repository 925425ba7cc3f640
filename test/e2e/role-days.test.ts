import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refreshRollups } from '../../pipeline/commands/refresh-rollups.ts';
import { Unit } from '../../pipeline/domain/channel.ts';
import type { Role } from '../../pipeline/domain/role.ts';
import { skipsBrowserTests } from '../harness/browser.ts';
import { describeSetUps, type EmptyPlace } from '../harness/describe-set-ups.ts';
import {
  createDraft,
  type DraftScene,
  openDraftScene,
  readDraft,
  saveSetting,
} from '../harness/draft-scene.ts';
import { type Office, openOffice } from '../harness/office.ts';
import { fileCase } from '../harness/office-cases.ts';
import {
  desk,
  findSidewaysScroll,
  openStage,
  phone,
  type Size,
  type Stage,
  signIn,
} from './workbench-scene.ts';

const said = '三食堂二楼的汤太咸，上周起反映过两次都没有人管。';
const title = '图书馆延长开馆时间';

/** The browser prints every refused request as an error; asking twice for what changed meanwhile is none of ours. */
const isAsked = (line: string) => /status of 40[019]/.test(line);

function days(emptyPlace: EmptyPlace) {
  let stage: Stage;
  let office: Office;
  let school: DraftScene;
  const complaints: string[][] = [];
  const seats = new Map<string, Page>();
  beforeAll(async () => {
    stage = await openStage();
    office = await openOffice({ webFolder: stage.webFolder }, await emptyPlace());
    // What is late is told by the browser's clock.
    office.clock.advance(Date.now() - Date.parse(office.clock.now()));
    school = await openDraftScene(office);
    const units = [
      { id: 'publicity', name: '党委宣传部' },
      { id: 'library', name: '图书馆' },
      { id: 'logistics', name: '后勤处', topics: ['canteen'] },
    ];
    await saveSetting(
      office,
      'units',
      units.map((unit) => Unit.parse(unit)),
    );
    const service = { kind: 'complaint', topic: 'canteen', unitId: null, confidence: 0.9 } as const;
    const comment = { kind: 'comment', title: '', text: said } as const;
    await fileCase(office, comment, { queues: ['review'], service });
    await refreshRollups(office);
  });
  afterAll(async () => {
    for (const page of seats.values()) await page.context().close();
    await office?.close();
    await stage?.close();
  });

  /** Who has come stays signed in, in a window of this size, at this page. */
  async function sit(role: Role, size: Size, hash: string, unitId = 'publicity'): Promise<Page> {
    const seat = `${role} ${unitId}`;
    let page = seats.get(seat);
    if (page === undefined) {
      const screen = await stage.openScreen(office.url, size);
      complaints.push(screen.complaints);
      page = screen.page;
      seats.set(seat, page);
      await signIn(page, await office.hire([role], undefined, unitId));
      await page.getByRole('button', { name: '退出', exact: true }).waitFor({ state: 'attached' });
    }
    await page.setViewportSize(size);
    await page.goto(`${office.url}/#/${hash}`);
    return page;
  }

  async function pass(page: Page, errors: string): Promise<void> {
    await page.getByRole('button', { name: /^待我办理/ }).click();
    await page.getByRole('button', { name: new RegExp(title) }).click();
    await page.getByRole('button', { name: '通过', exact: true }).click();
    await page.getByLabel('发现的差错数').fill(errors);
    await page.getByLabel('已通读全文').check();
    await page.getByRole('button', { name: '确认通过' }).click();
    await page.getByText('通过已完成。').waitFor();
  }

  it('the reviewer hands a complaint to its unit, which answers on a phone, and closes it', async () => {
    const reviewer = await sit('reviewer', desk, 'review');
    await reviewer.getByRole('link', { name: /三食堂二楼的汤太咸/ }).click();
    await reviewer.getByRole('button', { name: /转办/ }).click();
    await expect.poll(() => reviewer.getByLabel('负责单位').inputValue()).toBe('logistics');
    await reviewer.getByLabel('事由与要求').fill('请核实汤的含盐量并答复。');
    await reviewer.getByRole('button', { name: '确认' }).click();
    await reviewer.getByText('这个队列已处理完').waitFor();
    await reviewer.getByRole('link', { name: '转办', exact: true }).click();
    await reviewer.getByRole('link', { name: /转〔\d{4}〕0001号/ }).click();
    await reviewer.getByRole('button', { name: '生成链接' }).click();
    const [link = ''] = /http\S+$/.exec(await reviewer.getByLabel('发到企业微信的文字').inputValue()) ?? [];

    const { page: contact } = await stage.openScreen(link, phone);
    await contact.getByText('请核实汤的含盐量并答复。').waitFor();
    await contact.getByRole('link', { name: '登录后签收、答复' }).click();
    await signIn(contact, await office.hire(['unit-head'], undefined, 'logistics'));
    await contact.getByRole('button', { name: '签收' }).click();
    await contact.getByRole('button', { name: '确认签收' }).click();
    await contact.getByText('签收已完成。').waitFor();
    await contact.getByRole('button', { name: '答复', exact: true }).click();
    await contact.getByLabel('答复内容').fill('已核查，当天起每日检测含盐量并公示。');
    await contact.getByRole('button', { name: '确认答复' }).click();
    await contact.getByText('未摘抄原文，随线索档案保存三年。').waitFor();
    expect(await findSidewaysScroll(contact)).toBeLessThanOrEqual(0);
    await contact.context().close();

    await reviewer.reload();
    await reviewer.getByRole('button', { name: '办结', exact: true }).click();
    await reviewer.getByRole('button', { name: '确认办结' }).click();
    await reviewer.getByText('办结已完成。').waitFor();
  });

  it('a draft goes from its editor through three steps, every second one on a phone, and is sealed', async () => {
    const id = await createDraft(school.writer, { title });
    const editor = await sit('editor', phone, `drafts/${id}`, 'library');
    await editor.getByRole('button', { name: '送审', exact: true }).click();
    await editor.getByRole('button', { name: '确认送审' }).click();
    await editor.getByText('送审已完成。').waitFor();
    await pass(await sit('unit-reviewer', desk, 'drafts', 'library'), '2');
    await pass(await sit('unit-head', phone, 'drafts', 'library'), '0');
    const director = await sit('director', desk, 'drafts');
    await pass(director, '0');
    await director.getByText('核验一致', { exact: false }).waitFor();
    expect(await readDraft(school.writer, id)).toMatchObject({ state: 'approved' });
  });

  it('the analyst’s issue is approved by the director and read by the leader, both on a phone', async () => {
    const analyst = await sit('analyst', desk, 'briefs');
    await analyst.getByLabel('新编一期').selectOption('daily');
    await analyst.getByRole('button', { name: '统计并生成' }).click();
    await analyst.getByText('待完善').waitFor();
    for (const box of await analyst.locator('textarea').all()) await box.fill('多名学生反映三食堂饭菜偏咸。');
    await analyst.getByRole('button', { name: '提交签发' }).click();
    await analyst.getByText('已提交，等待签发。').waitFor();
    const [, id = ''] = analyst.url().split('#/briefs/');
    const director = await sit('director', phone, `briefs/${id}`);
    await director.getByRole('button', { name: '签发并归档' }).click();
    await director.getByText('已签发并归档。').waitFor();
    const leader = await sit('leader', phone, `briefs/${id}`);
    await leader.getByText('多名学生反映三食堂饭菜偏咸。').first().waitFor();
    expect(await findSidewaysScroll(leader)).toBeLessThanOrEqual(0);
  });

  it('the operator finds the channels, the administrator the people, the independent reviewer what was read', async () => {
    const operator = await sit('operator', desk, 'channels');
    await operator.getByText('学校主页').first().waitFor();
    const admin = await sit('account-admin', phone, 'people');
    await admin.getByRole('heading', { name: '人员', exact: true }).waitFor();
    expect(await findSidewaysScroll(admin)).toBeLessThanOrEqual(0);
    const auditor = await sit('auditor', desk, 'read-log');
    await auditor.getByText('处理线索').first().waitFor();
    expect(await auditor.getByRole('main').textContent()).not.toContain('汤太咸');
  });

  it('on no screen of that day did the browser complain', () => {
    expect(complaints.flat().filter((line) => !isAsked(line))).toEqual([]);
  });
}

describe.skipIf(skipsBrowserTests())('each role’s day', { timeout: 60_000 }, () => {
  describeSetUps('the office', days);
});
