import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '../../pipeline/domain/role.ts';
import { writeWorkbook } from '../../pipeline/extract/write-workbook.ts';
import { skipsBrowserTests } from '../harness/browser.ts';
import { officePassword } from '../harness/office.ts';
import {
  desk,
  findBarriers,
  findSidewaysScroll,
  openStage,
  phone,
  type Scene,
  type Size,
  type Stage,
} from './workbench-scene.ts';

const bookOf = (sheets: Record<string, string[][]>) => ({
  name: '学校.xlsx',
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(
    writeWorkbook(
      Object.entries(sheets).map(([name, rows]) => ({
        name,
        rows,
        widths: (rows[0] ?? []).map(() => 9),
        emptyRows: 0,
      })),
    ),
  ),
});
const people = (role: string) => [
  ['姓名', '账号', '单位', '角色'],
  ['王芳', 'wangfang', '宣传部', role],
];
const units = [
  ['单位名称', '单位编号', '别名'],
  ['党委宣传部', 'publicity', '宣传部'],
];
const roster = [
  ['值班类别', '日期', '开始', '结束', '值班人', '值班电话'],
  ['宣传', '每天', '00:00', '24:00', '王芳', '0571-88001234'],
];

/** Who has no queue starts on another page. */
async function enter({ office, open }: Scene, role: Role, size: Size): Promise<Page> {
  const login = await office.hire([role]);
  const { page } = await open(size);
  await page.getByLabel('账号').fill(login);
  await page.getByLabel('密码', { exact: true }).fill(officePassword);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('button', { name: '退出' }).waitFor();
  return page;
}

describe.skipIf(skipsBrowserTests())('setting a school up in a browser', { timeout: 60_000 }, () => {
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

  it('a file is checked, put right, confirmed; its passwords are saved; who is on duty is shown', async () => {
    const page = await enter(scene, 'account-admin', desk);
    await page.getByRole('link', { name: '设置' }).click();
    const picker = page.getByLabel('选择填好的文件');
    await picker.setInputFiles(bookOf({ 单位: units, 人员: people('班主任') }));
    const alert = page.getByRole('alert');
    await alert.getByText('没有角色“班主任”。').waitFor();
    await expect.poll(() => alert.textContent()).toContain('人员 第 2 行 “角色”');
    await expect.poll(() => page.getByRole('button', { name: '确认导入' }).count()).toBe(0);
    await picker.setInputFiles(bookOf({ 单位: units, 人员: people('舆情审核员'), 值班表: roster }));
    await page.getByText('王芳（wangfang）').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button', { name: '确认导入' }).click();
    await page.getByText('导入完成。').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '保存初始密码' }).click(),
    ]);
    expect(readFileSync(await download.path(), 'utf8')).toMatch(/"wangfang","王芳","[a-z2-9-]{23}"/);
    await page.getByRole('link', { name: '值班', exact: true }).click();
    await page.getByRole('link', { name: '0571-88001234' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
  });

  it('on a phone, a leader sees who is on duty, and no setting up', async () => {
    const page = await enter(scene, 'leader', phone);
    await page.goto(`${scene.office.url}/#/roster`);
    await page.getByText('还没有值班表', { exact: false }).first().waitFor();
    await expect.poll(() => page.getByText('审校链', { exact: true }).count()).toBe(0);
    expect(await findSidewaysScroll(page)).toBeLessThanOrEqual(0);
    expect(await findBarriers(page)).toEqual([]);
  });
});
