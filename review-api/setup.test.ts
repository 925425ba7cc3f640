import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeWorkbook } from '../pipeline/extract/write-workbook.ts';
import { type Office, openOffice } from '../test/harness/office.ts';
import type { Visitor } from '../test/harness/visitor.ts';
import { RosterWeek } from './contract/roster.ts';
import { SetupCheck, SetupImport, SetupTemplate } from './contract/setup.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const octets = { 'content-type': 'application/octet-stream' };
const book = (sheets: Record<string, string[][]>) =>
  new Uint8Array(
    writeWorkbook(
      Object.entries(sheets).map(([name, rows]) => ({
        name,
        rows,
        widths: (rows[0] ?? []).map(() => 9),
        emptyRows: 0,
      })),
    ),
  );
const good = () =>
  book({
    单位: [
      ['单位名称', '单位编号'],
      ['后勤处', 'logistics'],
    ],
    人员: [
      ['姓名', '账号', '单位', '角色'],
      ['张伟', 'zhangwei', '后勤处', '单位信息员'],
      ['王芳', 'wangfang', '无', '舆情审核员'],
    ],
    值班表: [
      ['值班类别', '日期', '开始', '结束', '值班人', '值班电话'],
      ['宣传', '每天', '09:00', '18:00', '王芳', '0571-88001234'],
    ],
  });
const check = (visitor: Visitor, raw: Uint8Array<ArrayBuffer>) =>
  visitor.send('POST', '/api/setup/check?fileName=a.xlsx', { raw, headers: octets });
const bringIn = (visitor: Visitor, raw: Uint8Array<ArrayBuffer>, digest: string, commandId: string) =>
  visitor.send('POST', `/api/setup/import?fileName=a.xlsx&digest=${digest}&commandId=${commandId}`, {
    raw,
    headers: octets,
  });

it('a school comes in: template, check, import, first sign-in, roster', async () => {
  const admin = await office.visitAs('account-admin');
  const template = SetupTemplate.parse((await admin.get('/api/setup/template')).json);
  const empty = SetupCheck.parse(
    (await check(admin, new Uint8Array(Buffer.from(template.base64, 'base64')))).json,
  );
  expect(empty.problems).toMatchObject([{ message: '表里没有可以导入的行。' }]);
  const checked = SetupCheck.parse((await check(admin, good())).json);
  expect(checked).toMatchObject({ problems: [], problemCount: 0, isUnchanged: false, firstPasswords: 2 });
  expect(checked.sections.map(({ sheet, added }) => [sheet, added.length])).toEqual([
    ['units', 1],
    ['people', 2],
    ['roster', 1],
  ]);
  const commandId = office.clock.newId();
  const imported = SetupImport.parse((await bringIn(admin, good(), checked.digest, commandId)).json);
  expect(imported.firstPasswords.map(({ name }) => name)).toEqual(['张伟', '王芳']);
  const again = SetupImport.parse((await bringIn(admin, good(), checked.digest, commandId)).json);
  expect(again).toEqual({ ...imported, repeated: true, firstPasswords: [] });
  expect(office.log()).not.toContain(imported.firstPasswords[0]?.password);
  const safety = await office.visitAs('safety');
  const week = RosterWeek.parse((await safety.get('/api/roster')).json);
  expect(week.now).toMatchObject([
    { duty: 'publicity', person: { name: '王芳', isActive: true }, phone: '0571-88001234' },
  ]);
  expect(week.days.map(({ day, shifts }) => `${day} ${shifts.length}`)).toContain('2026-11-20 1');
  const { units } = (await admin.get('/api/setup')).json as { units: object[] };
  expect(units).toMatchObject([{ id: 'logistics', people: 1 }]);
});

it('what is wrong is named by sheet, row and column, and nothing comes in', async () => {
  const admin = await office.visitAs('account-admin');
  const wrong = book({
    人员: [
      ['姓名', '账号', '角色'],
      ['张伟', 'zhangwei', '班主任'],
    ],
  });
  const checked = SetupCheck.parse((await check(admin, wrong)).json);
  expect(checked.problems).toMatchObject([{ sheet: '人员', row: 2, column: '角色' }]);
  const refused = await bringIn(admin, wrong, checked.digest, office.clock.newId());
  expect(refused.json).toMatchObject({
    status: 400,
    field: 'file',
    detail: expect.stringContaining('第 2 行'),
  });
  const other = await bringIn(admin, good(), checked.digest, office.clock.newId());
  expect(other.status).toBe(409);
  expect(await office.stores.settings.readVersion()).toBe(0);
});

it('only a file of bearable size, and only from who may', async () => {
  const admin = await office.visitAs('account-admin');
  const large = await check(admin, new Uint8Array(5 * 1024 * 1024 + 1));
  expect(large.json).toMatchObject({ status: 413, detail: '内容超过 5 MB。' });
  expect((await admin.send('POST', '/api/setup/check?fileName=a', { body: {} })).status).toBe(415);
  expect((await check(admin, new Uint8Array(Buffer.from('%PDF-1.4')))).json).toMatchObject({
    status: 400,
    field: 'file',
  });
  expect((await check(admin, new Uint8Array())).json).toMatchObject({ status: 400, detail: '文件是空的。' });
  const reviewer = await office.visitAs('reviewer');
  expect((await check(reviewer, good())).status).toBe(403);
  expect((await reviewer.get('/api/review-chains')).status).toBe(200);
  expect((await (await office.visitAs('editor')).get('/api/roster')).status).toBe(403);
});
