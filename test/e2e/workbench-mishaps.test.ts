import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { skipsBrowserTests } from '../harness/browser.ts';
import { officePassword } from '../harness/office.ts';
import { until } from '../harness/until.ts';
import { fileDanger, fileLeak, fileRumour, fileSwindle, leaked } from './workbench-items.ts';
import { desk, openStage, type Scene, type Stage, signIn } from './workbench-scene.ts';

const everything = { accessClasses: ['open', 'victim', 'safety'] as const };

/** Without a browser these are skipped, and shown as skipped; a run that demands all services fails instead. */
describe.skipIf(skipsBrowserTests())('workbench among colleagues and mishaps', { timeout: 60_000 }, () => {
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

  it('says so when the case was decided elsewhere meanwhile, and shows how it stands', async () => {
    const { caseId } = await fileSwindle(scene.office);
    const { page, login } = await scene.seat(desk, 'reviewer');
    await page.keyboard.press('j');
    await page.getByRole('button', { name: /标为噪声/ }).waitFor();

    const elsewhere = scene.office.visit();
    await elsewhere.signIn(login, officePassword);
    const reply = await elsewhere.post(`/api/cases/${encodeURIComponent(caseId)}/decisions`, {
      commandId: crypto.randomUUID(),
      version: 1,
      kind: 'verify',
      reason: 'needs-facts',
    });
    expect(reply.status).toBe(200);

    await page.keyboard.press('8');
    await page.getByLabel('备注').fill('与校内通知核对过');
    await page.keyboard.press('Control+Enter');
    await page.getByText('已为您重新载入').waitFor();
    const unsent = page.getByRole('region', { name: '未提交的意见' });
    await expect.poll(() => unsent.textContent()).toMatch(/标为噪声.*与校内通知核对过.*现在不能提交/s);
    await expect.poll(() => unsent.getByRole('button', { name: '继续填写' }).count()).toBe(0);
    await page.getByText('核实，理由：事实待查').first().waitFor();
    await expect.poll(() => page.getByRole('button', { name: /标为噪声/ }).count()).toBe(0);
    await unsent.getByRole('button', { name: '丢弃' }).click();
    await expect.poll(() => unsent.count()).toBe(0);
  });

  it('offers again what was written before paging on, until it is cancelled', async () => {
    await fileSwindle(scene.office);
    await fileRumour(scene.office);
    const { page } = await scene.seat(desk, 'reviewer');
    await page.getByRole('link', { name: /有人加我微信/ }).click();
    await page.getByRole('button', { name: /^核实/ }).click();
    await page.getByLabel('备注').fill('已致电财务处');
    await page.getByRole('link', { name: /听说期末考试/ }).click();
    await page.getByRole('region', { name: '线索正文' }).getByText('群里传得').waitFor();
    await expect.poll(() => page.getByText('已致电财务处').count()).toBe(0);
    await page.getByRole('link', { name: /有人加我微信/ }).click();
    await page.getByRole('button', { name: '继续填写' }).click();
    await expect.poll(() => page.getByLabel('备注').inputValue()).toBe('已致电财务处');
    await page.getByRole('button', { name: /^无需处理/ }).click();
    await expect.poll(() => page.getByLabel('备注').inputValue()).toBe('已致电财务处');
    await page.getByRole('button', { name: /^取消/ }).click();
    await page.getByRole('button', { name: /^核实/ }).click();
    await expect.poll(() => page.getByLabel('备注').inputValue()).toBe('');
  });

  it('records a decision once when the answer is lost on the way and it is sent again', async () => {
    const { caseId } = await fileSwindle(scene.office);
    const { page } = await scene.seat(desk, 'reviewer');
    await page.keyboard.press('j');
    await page.getByRole('button', { name: /^核实/ }).waitFor();
    await page.route(
      '**/decisions',
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );
    await page.keyboard.press('7');
    await page.keyboard.press('Enter');
    await page.getByText('连不上服务器').waitFor();
    expect(await stateOf(caseId)).toBe('decided');

    await page.keyboard.press('Enter');
    await page.getByText('已记录：核实').waitFor();
    const events = await scene.office.stores.cases.listEvents(caseId, everything);
    expect(events.filter((event) => event.decision !== null)).toHaveLength(1);
  });

  it('shows a colleague who holds the case, and offers no decision', async () => {
    const { caseId } = await fileSwindle(scene.office);
    const colleague = await scene.office.visitAs('reviewer');
    await colleague.post(`/api/cases/${encodeURIComponent(caseId)}/open`, {});
    const { page } = await scene.seat(desk, 'reviewer');
    await page
      .getByText(/同事\d+正在处理/)
      .first()
      .waitFor();
    await page.keyboard.press('j');
    await page.getByText('您可以先看正文').waitFor();
    await expect.poll(() => page.getByRole('button', { name: /无需处理/ }).count()).toBe(0);
  });

  it('masks a leak for reviewers, not for the director', async () => {
    await fileLeak(scene.office);
    const reviewer = await scene.seat(desk, 'reviewer');
    await reviewer.page.keyboard.press('j');
    await reviewer.page.getByText('遮盖后的文字').waitFor();
    await reviewer.page.getByRole('link', { name: '查看原文（原文未遮盖）' }).waitFor();
    expect(await reviewer.page.content()).not.toContain(leaked);
    await expect.poll(() => reviewer.page.locator('time').first().textContent()).toBe('11月19日');

    await reviewer.page.getByRole('button', { name: '退出' }).click();
    const director = await scene.seat(desk, 'director');
    await director.page.keyboard.press('j');
    await director.page.locator('mark', { hasText: leaked }).waitFor();
    await expect.poll(() => director.page.getByText('原文未遮盖').count()).toBe(0);
  });

  it('refers to those on duty: gone from here, and not to be taken back', async () => {
    await fileRumour(scene.office);
    const { page } = await scene.seat(desk, 'reviewer');
    await page.keyboard.press('j');
    await page.getByRole('button', { name: /转安全值班/ }).waitFor();
    const address = page.url();
    await page.keyboard.press('5');
    await page.keyboard.press('Enter');
    await page.getByText('已记录：转安全值班').waitFor();
    await expect.poll(() => page.getByRole('button', { name: '撤销' }).count()).toBe(0);
    await page.goto(address);
    await page.getByRole('heading', { name: '已转安全值班' }).waitFor();
    expect(await page.content()).not.toContain('期末考试');
  });

  it('gives those on duty their own queue, and says so to somebody without one', async () => {
    await fileDanger(scene.office);
    const duty = await scene.seat(desk, 'safety');
    await duty.page.getByText('生命安全').first().waitFor();
    await duty.page.keyboard.press('j');
    await duty.page.getByRole('button', { name: /退回审核/ }).waitFor();
    await duty.page.keyboard.press('6');
    await duty.page.keyboard.press('Enter');
    await duty.page.getByText('已记录：退回审核').waitFor();

    const editor = await scene.open(desk);
    await signIn(editor.page, await scene.office.hire(['editor']));
    await editor.page.getByText('您的角色没有审核队列').waitFor();
    await editor.page.getByText('您的角色是“通讯员（编辑）”').waitFor();
    // Handed back, the case is not theirs to read: what was on its way then is answered so.
    const complaints = [...duty.complaints, ...editor.complaints].filter(
      (line) => !/status of 404/.test(line),
    );
    expect(complaints).toEqual([]);
  });

  it('shows at once what has come in, and what a colleague has decided', async () => {
    const { office } = scene;
    const { page } = await scene.seat(desk, 'reviewer');
    await page.getByText('这个队列已处理完').waitFor();
    const row = page.getByRole('link', { name: /有人加我微信/ });
    // Again while the page may not be listening yet.
    const { caseId } = await fileSwindle(office);
    await until('the row', async () => {
      office.deps.announcer.announce({ topic: 'case.opened', subject: caseId });
      return (await row.count()) === 1;
    });
    const colleague = office.visit();
    await colleague.signIn(await office.hire(['reviewer']), officePassword);
    const decision = { commandId: crypto.randomUUID(), version: 1, kind: 'verify', reason: 'needs-facts' };
    const reply = await colleague.post(`/api/cases/${encodeURIComponent(caseId)}/decisions`, decision);
    expect(reply.status).toBe(200);
    office.deps.announcer.announce({ topic: 'case.decided', subject: caseId });
    await row.waitFor({ state: 'detached' });
  });

  it('holds one case only, however quickly one pages, and none after leaving', async () => {
    const filed = [
      await fileSwindle(scene.office),
      await fileRumour(scene.office),
      await fileLeak(scene.office),
    ];
    const held = async () => {
      const cases = filed.map(({ caseId }) => scene.office.stores.cases.findCase(caseId, everything));
      return (await Promise.all(cases)).filter((one) => one?.claim !== null).length;
    };
    const { page } = await scene.seat(desk, 'reviewer');
    await page.locator('.row').nth(2).waitFor();
    for (const key of ['j', 'j', 'j', 'k', 'k', 'j']) await page.keyboard.press(key);
    await page.getByRole('heading', { name: '研判结果' }).waitFor();
    await until('one claim', async () => (await held()) === 1);
    await page.getByRole('button', { name: '退出' }).click();
    await page.getByText('已退出登录').waitFor();
    expect(await held()).toBe(0);
  });

  it('leaves by itself when nobody has touched it for the idle time', async () => {
    const { caseId } = await fileSwindle(scene.office);
    const screen = await scene.open(desk);
    await screen.page.clock.install();
    await signIn(screen.page, await scene.office.hire(['reviewer']));
    await screen.page.getByRole('link', { name: /有人加我微信/ }).click();
    await screen.page.locator('mark').first().waitFor();
    await screen.page.clock.fastForward(31 * 60_000);
    await screen.page.getByText('没有操作，为安全起见已退出').waitFor();
    expect(await screen.page.content()).not.toContain('有人加我微信');
    expect((await scene.office.stores.cases.findCase(caseId, everything))?.claim).toBeNull();
  });

  it('returns to the same item, and to what was written, after the session has run out', async () => {
    const { caseId } = await fileSwindle(scene.office);
    const { page, login } = await scene.seat(desk, 'reviewer');
    await page.keyboard.press('j');
    await page.getByRole('button', { name: /无需处理/ }).waitFor();
    scene.office.clock.advance(31 * 60_000);
    await page.keyboard.press('1');
    await page.getByLabel('备注').fill('已电话答复');
    await page.keyboard.press('Control+Enter');
    await page.getByText('登录已过期').waitFor();
    expect(await page.content()).not.toContain('已电话答复');
    await signIn(page, login);
    await page.getByRole('region', { name: '线索正文' }).getByText('有人加我微信').waitFor();
    await page.getByRole('button', { name: '继续填写' }).click();
    await expect.poll(() => page.getByLabel('备注').inputValue()).toBe('已电话答复');
    await page.keyboard.press('Enter');
    await page.getByText('已记录：无需处理').waitFor();
    expect(await stateOf(caseId)).toBe('decided');
  });
});
