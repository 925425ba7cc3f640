import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Unit } from '../../pipeline/domain/channel.ts';
import { skipsBrowserTests } from '../harness/browser.ts';
import { fileLeak, fileRumour, fileSwindle, swindle } from './workbench-items.ts';
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

const everything = { accessClasses: ['open', 'victim', 'safety'] as const };

/** Without a browser these are skipped, and shown as skipped; a run that demands all services fails instead. */
describe.skipIf(skipsBrowserTests())('workbench in a browser', { timeout: 60_000 }, () => {
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

  const stateOf = async (caseId: string) =>
    (await scene.office.stores.cases.findCase(caseId, everything))?.state;

  it('refuses a wrong password in plain words, then lets in', async () => {
    const { page, complaints } = await scene.open(desk);
    const login = await scene.office.hire(['reviewer']);
    await page.getByRole('button', { name: '登录', exact: true }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    expect(complaints).toEqual([]);

    await signIn(page, login, 'wrong-password-1');
    await expect.poll(() => page.getByRole('alert').textContent()).toMatch(/账号|密码/);
    await signIn(page, login);
    await page.getByText('这个队列已处理完').waitFor();
    expect(await findBarriers(page)).toEqual([]);
  });

  it('marks the evidence in place, overlapping findings too', async () => {
    await fileSwindle(scene.office);
    const { page, complaints } = await scene.seat(desk, 'reviewer');
    await page.getByRole('link', { name: /有人加我微信/ }).click();
    await page.getByRole('heading', { name: '研判结果' }).waitFor();
    for (const [index, words] of swindle.words.entries()) {
      const runs = await page.locator(`mark[data-marks~="${index}"]`).allTextContents();
      expect(runs.map((run) => run.trim()).join('')).toBe(words);
    }
    await page.locator('mark[data-marks="0 1"] a').focus();
    await expect
      .poll(() => page.getByRole('tooltip').textContent())
      .toMatch(/fraud\.private-transfer.*5.*91%.*fraud\.deadline/s);
    await page.getByRole('button', { name: /听说 6 号楼/ }).click();
    await expect.poll(() => page.getByRole('tooltip').textContent()).toMatch(/待核实说法/);
    await expect.poll(() => page.getByText('未能检查').count()).toBe(1);
    expect(await findBarriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('shows hostile text as text', async () => {
    await fileRumour(scene.office);
    const { page, complaints } = await scene.seat(desk, 'reviewer');
    await page.keyboard.press('j');
    await page.getByRole('region', { name: '线索正文' }).getByText('<img src=x onerror=').waitFor();
    await expect.poll(() => page.locator('main img').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('decides with one key and Enter, goes on by itself, and takes back with Z', async () => {
    const first = await fileSwindle(scene.office);
    const second = await fileRumour(scene.office);
    const { page, complaints } = await scene.seat(desk, 'reviewer');
    await page.keyboard.press('j');
    await page.getByRole('button', { name: /无需处理/ }).waitFor();
    await page.keyboard.press('1');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');

    await page.locator('mark', { hasText: '听说期末考试' }).waitFor();
    await page.getByRole('link', { name: '审核 1 条待处理' }).waitFor();
    await expect.poll(() => page.getByRole('link', { name: /有人加我微信/ }).count()).toBe(0);
    expect(await stateOf(first.caseId)).toBe('decided');
    const events = await scene.office.stores.cases.listEvents(first.caseId, everything);
    expect(events.at(-1)?.decision).toMatchObject({ kind: 'no-action', reason: 'already-handled' });
    expect(await findBarriers(page)).toEqual([]);

    await page.keyboard.press('z');
    await page
      .getByRole('region', { name: '线索正文' })
      .getByText('撤销处理意见', { exact: false })
      .first()
      .waitFor();
    expect(await stateOf(first.caseId)).toBe('reopened');
    await page.getByRole('link', { name: '审核 2 条待处理' }).waitFor();
    // Leaving the second one for the first freed it again.
    await expect
      .poll(async () => (await scene.office.stores.cases.findCase(second.caseId, everything))?.claim)
      .toBeNull();
    expect(complaints).toEqual([]);
  });

  it('asks for the unit before it hands over, and keeps its keys out of the note', async () => {
    const units: Unit[] = [{ id: 'finance', name: '计划财务处', aliases: [], topics: ['fees'], places: [] }];
    const change = { expectedVersion: 0, actorId: null, source: 'test', at: scene.office.clock.now() };
    await scene.office.stores.settings.save('units', units, { ...change, id: scene.office.clock.newId() });
    const { caseId } = await fileSwindle(scene.office);
    const { page } = await scene.seat(desk, 'reviewer');
    await page.keyboard.press('j');
    await page.getByRole('button', { name: /转办/ }).waitFor();
    await page.keyboard.press('3');
    await page.getByRole('combobox', { name: '负责单位' }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('请选择负责单位');

    await page.getByLabel('负责单位').selectOption('计划财务处');
    await page.getByLabel('备注').fill('');
    await page.getByLabel('备注').pressSequentially('1jz 请核实收款码');
    await expect.poll(() => page.getByLabel('备注').inputValue()).toBe('1jz 请核实收款码');
    await page.keyboard.press('Control+Enter');
    await page.getByText('已记录：转办').waitFor();
    expect(await stateOf(caseId)).toBe('handed-over');
    const [last] = (await scene.office.stores.cases.listEvents(caseId, everything)).slice(-1);
    expect(last).toMatchObject({ note: '1jz 请核实收款码', decision: { unitId: 'finance' } });
  });

  it('works on a phone: list, item, decision, undo', async () => {
    const { caseId } = await fileSwindle(scene.office);
    await fileLeak(scene.office);
    const { page, complaints } = await scene.seat(phone, 'reviewer');
    const check = async () => {
      expect(await findSidewaysScroll(page)).toBe(0);
      expect(await findSmallTargets(page)).toEqual([]);
      expect(await findBarriers(page)).toEqual([]);
    };
    await page.getByRole('link', { name: /有人加我微信/ }).waitFor();
    await check();

    await page.getByRole('link', { name: /有人加我微信/ }).tap();
    await page.locator('mark').first().waitFor();
    await check();
    await page.locator('mark a').first().tap();
    await page.getByRole('tooltip').waitFor();

    await page.getByRole('button', { name: '处理', exact: true }).tap();
    await page.getByRole('button', { name: /无需处理/ }).tap();
    await page.getByText('仅表达意见').waitFor();
    await check();
    await page.getByRole('button', { name: '确认' }).tap();
    await page.getByRole('heading', { name: '重修名单公示' }).waitFor();
    expect(await stateOf(caseId)).toBe('decided');

    await page.getByRole('button', { name: '撤销' }).tap();
    await page.getByRole('region', { name: '线索正文' }).getByText('有人加我微信').waitFor();
    expect(await stateOf(caseId)).toBe('reopened');
    await page.goBack();
    await page.getByRole('heading', { name: '重修名单公示' }).waitFor();
    expect(complaints).toEqual([]);
  });
});
