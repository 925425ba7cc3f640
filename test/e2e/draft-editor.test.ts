import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { skipsBrowserTests } from '../harness/browser.ts';
import {
  createDraft,
  type DraftScene,
  openDraftScene,
  readDraft,
  saveDraft,
} from '../harness/draft-scene.ts';
import { officePassword } from '../harness/office.ts';
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

/** The browser prints every refused or failed request as an error; these are what the tests ask for. */
const isAsked = (line: string) => /40[0149]|ERR_INTERNET_DISCONNECTED|ERR_FAILED/.test(line);

/** One red dot. */
const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

describe.skipIf(skipsBrowserTests())('writing a draft in a browser', { timeout: 120_000 }, () => {
  let stage: Stage;
  let scene: Scene;
  let school: DraftScene;
  let login: string;
  /** One window at the desk for all but the phone. */
  let page: Page;
  let complaints: string[];
  beforeAll(async () => {
    stage = await openStage();
    scene = await stage.openScene();
    // Times of saves and checks are told by the browser's clock.
    const { clock } = scene.office;
    clock.advance(Date.now() - Date.parse(clock.now()));
    school = await openDraftScene(scene.office);
    login = await scene.office.hire(['editor'], undefined, 'library');
    ({ page, complaints } = await scene.open(desk));
    await enter(page);
  });
  afterAll(async () => {
    await scene?.close();
    await stage?.close();
  });

  async function enter(screen: Page) {
    await signIn(screen, login);
    await screen.getByRole('heading', { name: '稿件', exact: true }).waitFor();
  }

  /** The draft of a colleague of the unit, opened by somebody who may write in it. */
  async function openDraft(screen: Page, more: Parameters<typeof createDraft>[1] = {}): Promise<string> {
    const id = await createDraft(school.writer, more);
    await screen.goto(`${scene.office.url}/#/drafts/${id}`);
    await bodyOf(screen).waitFor();
    await screen.getByText(/^已检查/).waitFor();
    return id;
  }
  const bodyOf = (screen: Page) => screen.getByRole('textbox', { name: '正文' });
  const textOf = async (id: string) => JSON.stringify((await readDraft(school.writer, id)).content);
  const cardsWith = (screen: Page, words: string) => screen.locator('.card').filter({ hasText: words });

  async function writeAtEnd(words: string) {
    await bodyOf(page).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(words);
  }

  async function paste(data: Record<string, string>) {
    await bodyOf(page).evaluate((element, given) => {
      const clipboardData = new DataTransfer();
      for (const [type, text] of Object.entries(given)) clipboardData.setData(type, text);
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, data);
  }

  it('saves by itself, finds mistakes as one types, and puts them right', async () => {
    const id = await openDraft(page);
    await writeAtEnd('\n1. 张某（身份证号110101199003078013）来过。2026年5月1日（星期一）闭馆。');
    await page.getByText(/^已保存/).waitFor();
    expect(await textOf(id)).toContain('1. 张某');
    const finding = page.locator('.mark-block');
    await finding.waitFor();
    await expect.poll(() => finding.textContent()).toBe('110101199003078013');
    await cardsWith(page, '是星期五').getByRole('button', { name: /^采纳/ }).click();
    await expect.poll(() => bodyOf(page).textContent()).toContain('2026年5月1日（星期五）');
    await cardsWith(page, '是星期五').waitFor({ state: 'detached' });
    expect(await findBarriers(page)).toEqual([]);
    await cardsWith(page, '必须处理').locator('.where').first().click();
    expect(await page.evaluate<string>('getSelection().toString()')).toBe('110101199003078013');
    await page.keyboard.press('Backspace');
    await page.getByText('必须处理 0', { exact: true }).waitFor();
    await page.getByText(/^已保存/).waitFor();
    expect(await textOf(id)).not.toContain('110101199003078013');
  });

  it('keeps a pasted layout, and a picture with the words that stand for it', async () => {
    const id = await openDraft(page);
    await writeAtEnd('。');
    await paste({
      'text/html':
        '<section style="border: 1px solid #aa3300; padding: 8px;" onclick="alert(1)"><p style="color: #aa0000;">版式里的一句<script>alert(1)</script></p></section>',
      'text/plain': '版式里的一句',
    });
    const inside = bodyOf(page).getByText('版式里的一句');
    await inside.waitFor();
    expect(await inside.evaluate((element) => getComputedStyle(element).color)).toBe('rgb(170, 0, 0)');
    // What only says that it is from an editor brings nothing in that the server would refuse.
    const forged = '<p data-pm-slice="1 1 []"><a href="javascript:alert(1)">别处的话</a>\u000b</p>';
    await paste({ 'text/html': forged, 'text/plain': '别处的话' });
    await bodyOf(page).getByText('别处的话').waitFor();
    await page.getByLabel('选图片').setInputFiles({ name: '校门.png', mimeType: 'image/png', buffer: dot });
    await page.getByLabel('替代文字：看不到图的人听到什么').fill('学校南门');
    await page.getByRole('button', { name: '插入', exact: true }).click();
    const picture = bodyOf(page).getByRole('img', { name: '学校南门' });
    await picture.waitFor();
    await expect.poll(() => picture.evaluate((one) => (one as HTMLImageElement).naturalWidth)).toBe(1);
    await page.getByRole('tab', { name: '图片附件' }).click();
    await page.getByLabel('来源（作者或出处）').fill('本馆拍摄');
    await page.getByLabel('授权', { exact: true }).selectOption('own');
    await expect.poll(() => textOf(id), { timeout: 10_000 }).toContain('本馆拍摄');
    const stored = await textOf(id);
    for (const kept of ['学校南门', '别处的话']) expect(stored).toContain(kept);
    expect(stored).not.toContain('alert');
    await page.getByRole('button', { name: '预览', exact: true }).click();
    const shown = page.frameLocator('iframe').getByText('版式里的一句');
    await shown.waitFor();
    expect(await shown.evaluate((element) => getComputedStyle(element).color)).toBe('rgb(170, 0, 0)');
    await page.getByRole('button', { name: '关闭预览' }).click();
  });

  it('carries a comment beside its words, and its better wording into the text', async () => {
    const id = await openDraft(page);
    await bodyOf(page).getByText('图书馆从下周一起').dblclick();
    await page.getByRole('button', { name: '批注选中的文字' }).click();
    const phrase = (await page.locator('.form .phrase').textContent())?.slice(1, -1) ?? '';
    await page.getByRole('textbox', { name: '批注' }).fill('请用全称。');
    await page.getByRole('textbox', { name: /^建议改为/ }).fill('本校图书馆');
    await page.getByRole('button', { name: '提交批注' }).click();
    const card = cardsWith(page, '请用全称。');
    await card.waitFor();
    await expect.poll(() => page.locator('.mark-comment').textContent()).toBe(phrase);
    await card.getByRole('button', { name: '采纳建议' }).click();
    await expect.poll(() => textOf(id), { timeout: 10_000 }).toContain('本校图书馆');
    await card.getByRole('button', { name: '标为解决' }).click();
    await page.getByText('已解决 1 条').waitFor();
  });

  it('loses nothing when somebody else saves, and lets the writer choose', async () => {
    const id = await openDraft(page);
    expect((await saveDraft(school.colleague, id, { text: '同事改成了另一句。' })).status).toBe(200);
    await writeAtEnd('我写的话。');
    await page.getByText(/保存过这篇稿件，您在本页写的还没有保存/).waitFor();
    await page.getByRole('button', { name: '对照两份' }).click();
    await page.locator('del', { hasText: '同事改成了另一句' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    expect(await textOf(id)).not.toContain('我写的话');
    await page.getByRole('button', { name: '把我的存为新版本' }).click();
    await page.getByText(/^已保存/).waitFor();
    expect(await textOf(id)).toContain('我写的话。');
    const { json } = await school.writer.get(`/api/drafts/${id}/versions`);
    expect((json as { items: unknown[] }).items).toHaveLength(3);
  });

  it('refuses a secrecy mark before it is stored, and keeps it on the screen alone', async () => {
    const id = await openDraft(page);
    await writeAtEnd('机密★5年');
    await page.getByText('内容还在本页上', { exact: false }).waitFor();
    await expect.poll(() => bodyOf(page).textContent()).toContain('机密★5年');
    expect(await textOf(id)).not.toContain('机密');
    expect(scene.office.log()).not.toContain('机密★5年');
    for (let i = 0; i < '机密★5年'.length; i += 1) await page.keyboard.press('Backspace');
    await page.getByText(/^已保存/).waitFor();
  });

  it('loses nothing without a network, nor with a session that ended', async () => {
    const id = await openDraft(page);
    await page.context().setOffline(true);
    await writeAtEnd('断网时写的。');
    await page.getByText('未保存，联网后自动保存', { exact: false }).waitFor();
    await page.context().setOffline(false);
    await page.getByText(/^已保存/).waitFor();
    expect(await textOf(id)).toContain('断网时写的。');

    scene.office.clock.advance(31 * 60_000);
    await page.keyboard.type('会话结束后写的。');
    await page.getByText('登录已过期').waitFor();
    await school.writer.signIn(await scene.office.hire(['editor'], undefined, 'library'), officePassword);
    expect(await textOf(id)).not.toContain('会话结束后写的');
    await signIn(page, login);
    await bodyOf(page).getByText('会话结束后写的。', { exact: false }).waitFor();
    await page.getByText(/^已保存/).waitFor();
    expect(await textOf(id)).toContain('会话结束后写的。');
    expect(complaints.filter((line) => !isAsked(line))).toEqual([]);
  });

  it('is usable on a phone', async () => {
    const { page: screen } = await scene.open(phone);
    await enter(screen);
    const id = await openDraft(screen, { text: '请于2026年5月1日（星期一）前归还图书。' });
    await cardsWith(screen, '是星期五').waitFor();
    expect(await findSidewaysScroll(screen)).toBeLessThanOrEqual(0);
    expect(await findSmallTargets(screen)).toEqual([]);
    await screen.getByRole('tab', { name: '申报' }).click();
    await screen.getByLabel('含个人信息').check();
    await screen.getByLabel('公开的依据').fill('本人书面同意');
    expect(await findSidewaysScroll(screen)).toBeLessThanOrEqual(0);
    expect(await findSmallTargets(screen)).toEqual([]);
    expect(await findBarriers(screen)).toEqual([]);
    await screen.getByText(/^已保存/).waitFor();
    // Whoever leaves the moment after the last word has lost nothing.
    await screen.getByRole('textbox', { name: '标题' }).fill('离开前一刻改的标题');
    await screen.getByRole('button', { name: '退出' }).click();
    await screen.getByLabel('账号').waitFor();
    expect(await textOf(id)).toContain('离开前一刻改的标题');
  });
});
