import { read } from '@e965/xlsx';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refreshRollups } from '../../pipeline/commands/refresh-rollups.ts';
import { extractText } from '../../pipeline/extract/extract-text.ts';
import { readTables } from '../../pipeline/extract/read-tables.ts';
import { ReadingFile } from '../../review-api/contract/reading.ts';
import { skipsBrowserTests } from '../harness/browser.ts';
import { createDraft, openDraftScene } from '../harness/draft-scene.ts';
import { fileCase } from '../harness/office-cases.ts';
import { desk, findSidewaysScroll, openStage, phone, type Scene, type Stage } from './workbench-scene.ts';

const override = '\u202E';
const longWord = 'a'.repeat(1_000_000);
const zalgo = [...'宿舍断水'].map((one) => one + '\u0300\u0301\u0302\u0303\u0489'.repeat(20)).join('');

const formula = '=HYPERLINK("http://x.example","点")&cmd|\' /C calc\'!A0公式';

/** Titles, and texts without one, that would run, widen, turn round or freeze what shows them. */
const hostile = {
  script: '<script>document.title="ran"</script><img src=x onerror="document.title=\'ran\'">脚本',
  link: 'javascript:alert(1) <a href="javascript:document.title=1">点我</a>链接',
  override: `反写${override}gnp.exe${override} اختبار النص`,
  isolate: '未闭合\u2067\u202A\u2066文字',
  zalgo: `叠字${zalgo}`,
  formula,
  word: `长词${longWord}`,
} as const;
/** As a comment without a title each, and as the title of an article. */
const filed = Object.keys(hostile).length * 2;
const harmful = 'main img, main script, main .marked a[href^="javascript:"]';

const rowsOf = (page: Page) =>
  page.evaluate<{ heights: number[]; widest: number; list: number }>(`(() => {
    const rows = [...document.querySelectorAll('.list .row')].map((row) => row.getBoundingClientRect());
    return {
      heights: [...new Set(rows.map((row) => Math.round(row.height)))],
      widest: Math.max(...rows.map((row) => row.right)),
      list: document.querySelector('.list').getBoundingClientRect().right,
    };
  })()`);

describe.skipIf(skipsBrowserTests())('hostile texts', { timeout: 120_000 }, () => {
  let stage: Stage;
  let scene: Scene;
  beforeAll(async () => {
    stage = await openStage();
    scene = await stage.openScene();
    for (const text of Object.values(hostile)) {
      await fileCase(scene.office, { kind: 'comment', title: '', text });
      await fileCase(scene.office, { kind: 'article', title: text.slice(0, 5000), text: '正文' });
    }
  });
  afterAll(async () => {
    await scene?.close();
    await stage?.close();
  });

  it('stand in the queue in rows of one height, and open as text, wide and narrow', async () => {
    const { page, complaints } = await scene.seat(desk, 'reviewer');
    await page.locator('.list .row').nth(5).waitFor();
    // Who turns letters round does so in their own words only.
    const direction = await page
      .locator('.list .excerpt')
      .first()
      .evaluate((one) => getComputedStyle(one).unicodeBidi);
    expect(direction).toBe('isolate');
    for (const size of [phone, desk]) {
      await page.setViewportSize(size);
      await page.locator('.list .row').first().waitFor();
      const { heights, widest, list } = await rowsOf(page);
      expect(heights).toHaveLength(1);
      expect(widest).toBeLessThanOrEqual(list + 1);
      expect(await findSidewaysScroll(page)).toBeLessThanOrEqual(0);
    }
    // Through all of them by key: rows out of sight are not in the page.
    for (let place = 1; place <= filed; place += 1) {
      const startedAt = Date.now();
      await page.keyboard.press('j');
      await page.locator(`.list li[aria-posinset="${place}"] .row[aria-current]`).waitFor();
      await page.getByRole('heading', { name: '研判结果' }).waitFor();
      const name = (await page.locator('.marked').first().textContent())?.slice(0, 12);
      for (const size of [phone, desk]) {
        await page.setViewportSize(size);
        expect(await findSidewaysScroll(page), name).toBeLessThanOrEqual(0);
        const overflow = await page
          .getByRole('region', { name: '线索正文' })
          .evaluate((one) => one.scrollWidth - one.clientWidth);
        expect(overflow, name).toBeLessThanOrEqual(0);
      }
      // A page that hung would not have answered.
      expect(Date.now() - startedAt, name).toBeLessThan(8000);
    }
    expect(await page.locator(harmful).count()).toBe(0);
    expect(await page.title()).not.toBe('ran');
    expect(complaints).toEqual([]);
  });

  it('are found as text, and the purpose that a colleague typed is no formula in the list of readings', async () => {
    const { page, complaints } = await scene.seat(desk, 'reviewer');
    await page.getByRole('link', { name: '检索' }).click();
    await page.getByLabel('检索目的').fill(formula);
    await page.keyboard.press('Enter');
    for (const words of ['脚本', '反写', '公式', '叠字']) {
      await page.getByLabel('查找', { exact: true }).fill(words);
      await page.keyboard.press('Enter');
      await page.getByRole('main').getByText(words).last().waitFor();
      expect(await findSidewaysScroll(page), words).toBeLessThanOrEqual(0);
      expect(await page.locator(harmful).count(), words).toBe(0);
    }
    expect(await page.title()).not.toBe('ran');
    expect(complaints).toEqual([]);

    const auditor = await scene.office.visitAs('auditor');
    const saved = await auditor.get('/api/readings/export');
    const { csv } = ReadingFile.parse(saved.json);
    expect(csv).toContain(`"'${formula.replaceAll('"', '""')}"`);
    expect(csv).not.toMatch(/(^|,)"?[=+@-]/m);
  });

  it('are text in a workbook, and in a printed form', async () => {
    const { office } = scene;
    const { caseId } = await fileCase(office, { kind: 'comment', title: '', text: '台账里的一条' });
    const card = { subject: { kind: 'case' as const, caseId }, version: 0, gist: formula };
    await office.stores.instructions.saveCard(
      { ...card, commandId: office.clock.newId(), nextStep: '', stockAnswerId: null },
      { actorId: 'u', accessClasses: ['open'], at: office.clock.now() },
    );
    const { director, writer } = await openDraftScene(office);
    const ledger = () => director.get('/api/case-ledger?from=2026-11-01&until=2026-11-30');
    await refreshRollups(office);
    const { status, bytes, text: answer } = await ledger();
    expect(status, answer).toBe(200);
    const rows = readTables(bytes).tables.flatMap((table) => table.rows.flatMap(({ cells }) => cells));
    expect(rows).toContain(formula);
    const sheets = read(bytes).Sheets;
    const cells = Object.values(sheets).flatMap((sheet) => Object.values(sheet));
    expect(cells.filter((cell) => typeof cell === 'object' && cell !== null && 'f' in cell)).toEqual([]);

    for (const title of [hostile.script, hostile.override, hostile.zalgo.slice(0, 120), formula]) {
      const id = await createDraft(writer, { title });
      const form = await writer.get(`/api/drafts/${id}/form?as=docx`);
      expect(form.status, form.text).toBe(200);
      const { text } = await extractText(form.bytes);
      expect(text.replaceAll(/\s/g, '')).toContain(title.slice(0, 8).replaceAll(/\s/g, ''));
    }
  });
});
