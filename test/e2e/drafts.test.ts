import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../pipeline/domain/role.ts';
import { skipsBrowserTests } from '../harness/browser.ts';
import { createDraft, type DraftScene, openDraftScene, readDraft } from '../harness/draft-scene.ts';
import {
  desk,
  findBarriers,
  findSidewaysScroll,
  openStage,
  phone,
  type Scene,
  type Size,
  type Stage,
  signIn,
} from './workbench-scene.ts';

/** The browser prints every refused request as an error; these are what the test asks for. */
const isAsked = (line: string) => /40[0149]/.test(line);

describe.skipIf(skipsBrowserTests())(
  'drafts led through their steps in a browser',
  { timeout: 120_000 },
  () => {
    let stage: Stage;
    let scene: Scene;
    let school: DraftScene;
    const complaints: string[][] = [];
    beforeAll(async () => {
      stage = await openStage();
      scene = await stage.openScene();
      // What is late is told by the browser's clock.
      const { clock } = scene.office;
      clock.advance(Date.now() - Date.parse(clock.now()));
      school = await openDraftScene(scene.office);
    });
    afterAll(async () => {
      await scene?.close();
      await stage?.close();
    });

    async function enter(role: Role, size: Size = desk): Promise<Page> {
      const unitId = role === 'director' || role === 'reviewer' ? 'publicity' : 'library';
      const login = await scene.office.hire([role], undefined, unitId);
      const screen = await scene.open(size);
      complaints.push(screen.complaints);
      await signIn(screen.page, login);
      await screen.page.getByRole('button', { name: '退出' }).waitFor();
      return screen.page;
    }
    const goTo = (page: Page, hash: string) => page.goto(`${scene.office.url}/#/${hash}`);
    async function pass(page: Page, title: string, errors: string) {
      await goTo(page, 'drafts');
      await page.getByRole('button', { name: /^待我办理/ }).click();
      await page.getByRole('button', { name: new RegExp(title) }).click();
      await page.getByRole('button', { name: '通过', exact: true }).click();
      await page.getByLabel('发现的差错数').fill(errors);
      await page.getByLabel('已通读全文').check();
      await page.getByRole('button', { name: '确认通过' }).click();
      await page.getByText('通过已完成。').waitFor();
    }

    it('is submitted, passed by three, sealed, published, looked up by its address, and its form printed', async () => {
      const id = await createDraft(school.writer, { title: '图书馆延长开馆时间' });
      const editor = await enter('editor');
      await goTo(editor, `drafts/${id}`);
      await editor.getByRole('button', { name: '送审', exact: true }).click();
      await editor.getByRole('button', { name: '确认送审' }).click();
      await editor.getByText('送审已完成。').waitFor();
      expect(await findBarriers(editor)).toEqual([]);

      await pass(await enter('unit-reviewer', phone), '图书馆延长开馆时间', '2');
      await pass(await enter('unit-head'), '图书馆延长开馆时间', '0');
      const director = await enter('director');
      await pass(director, '图书馆延长开馆时间', '0');
      await director.getByText('核验一致', { exact: false }).waitFor();
      await director.getByText('差错 2 处；已通读全文', { exact: false }).waitFor();
      expect(await findBarriers(director)).toEqual([]);

      await editor.reload();
      await editor.getByRole('button', { name: '登记发布' }).click();
      await editor.getByLabel(/发布后的地址/).fill('www.example.edu.cn/1.htm');
      await editor.getByRole('button', { name: '确认登记发布' }).click();
      await editor.getByText('请填写以 http://', { exact: false }).waitFor();
      await editor.getByLabel(/发布后的地址/).fill('https://www.example.edu.cn/info/1006/1.htm');
      await editor.getByRole('button', { name: '确认登记发布' }).click();
      await editor.getByRole('link', { name: 'https://www.example.edu.cn/info/1006/1.htm' }).waitFor();
      expect(await readDraft(school.writer, id)).toMatchObject({ state: 'published' });

      await goTo(director, 'drafts/spot-check');
      await director
        .getByLabel(/要抽查的网址/)
        .fill('https://www.example.edu.cn/info/1006/1.htm\nhttps://www.example.edu.cn/other.htm');
      await director.getByRole('button', { name: '查 2 个网址' }).click();
      await director.getByText('有审校记录 1 个', { exact: false }).waitFor();
      const download = director.waitForEvent('download');
      await director.getByRole('button', { name: '全部登记表（Word）' }).click();
      expect((await download).suggestedFilename()).toBe('审核登记表.docx');
      expect(await findBarriers(director)).toEqual([]);
      await goTo(director, 'drafts/statistics');
      await director.getByRole('cell', { name: '2', exact: true }).waitFor();
      expect(await findBarriers(director)).toEqual([]);
    });

    it('goes back with what is to be changed; what was typed survives a slip of the hand', async () => {
      const id = await createDraft(school.writer, { title: '借阅规则调整' });
      const editor = await enter('editor', phone);
      await goTo(editor, `drafts/${id}`);
      await editor.getByRole('button', { name: '送审', exact: true }).click();
      await editor.getByLabel(/急件/).check();
      await editor.getByRole('button', { name: '确认送审' }).click();
      await editor.getByText('请写明为什么加急。').waitFor();
      await editor.getByLabel(/急件/).uncheck();
      await editor.getByRole('button', { name: '确认送审' }).click();
      await editor.getByText('送审已完成。').waitFor();
      expect(await findSidewaysScroll(editor)).toBeLessThanOrEqual(0);

      const staff = await enter('unit-reviewer', phone);
      await goTo(staff, `drafts/${id}`);
      await staff.getByRole('button', { name: '退回修改' }).click();
      await staff.getByLabel('要修改什么').fill('请写明何时起执行。');
      await goTo(staff, 'drafts');
      await goTo(staff, `drafts/${id}`);
      await staff.getByText('已恢复未提交的内容。').waitFor();
      await staff.getByRole('button', { name: '确认退回修改' }).click();
      await staff.getByText('退回修改已完成。').waitFor();
      await editor.reload();
      await editor.getByText('请写明何时起执行。').waitFor();
      expect(await readDraft(school.writer, id)).toMatchObject({ state: 'returned' });
    });

    it('is shown to a leader by a link on one phone, where nothing can be done', async () => {
      const id = await createDraft(school.writer, { title: '读者服务月活动' });
      const editor = await enter('editor');
      await goTo(editor, `drafts/${id}`);
      await editor.getByRole('button', { name: '生成链接' }).click();
      const message = await editor.getByLabel(/发给领导的文字/).inputValue();
      const address = /http\S+$/.exec(message)?.[0] ?? '';
      const { page: leader } = await scene.open(phone);
      await leader.goto(address);
      await leader.getByRole('heading', { name: '读者服务月活动' }).waitFor();
      await leader.getByText('每天二十二点闭馆', { exact: false }).waitFor();
      await expect.poll(() => leader.getByRole('button').count()).toBe(0);
      expect(await findBarriers(leader)).toEqual([]);
      expect(await findSidewaysScroll(leader)).toBeLessThanOrEqual(0);
      const { page: stranger } = await scene.open(phone);
      await stranger.goto(address);
      await stranger.getByText('链接无效或已失效', { exact: false }).waitFor();
    });

    it('the table of authority is changed by the director and waits for nobody', async () => {
      const director = await enter('director');
      await goTo(director, 'authority');
      await director.getByRole('button', { name: '添加人员' }).click();
      await director.getByLabel('姓名', { exact: true }).fill('陈明远');
      await director.getByRole('button', { name: '保存' }).click();
      await director.getByText('“陈明远”的姓名和职务要填全。').waitFor();
      await director.getByLabel('职务', { exact: true }).fill('党委书记');
      await director.getByRole('button', { name: '保存' }).click();
      await director.getByText('已保存。', { exact: false }).waitFor();
      expect(await findBarriers(director)).toEqual([]);
      await goTo(director, 'live');
      await director.getByText('没有需要说明的情况。').waitFor();
      expect(await findBarriers(director)).toEqual([]);
      expect(complaints.flat().filter((line) => !isAsked(line))).toEqual([]);
    });
  },
);
