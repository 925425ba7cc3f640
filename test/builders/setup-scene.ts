import { Channel } from '../../pipeline/domain/channel.ts';
import type { SetupScene } from '../../pipeline/domain/setup/plan-section.ts';
import { planSetup } from '../../pipeline/domain/setup/setup-plan.ts';
import type { SheetTable } from '../../pipeline/domain/sheet-table.ts';
import type { User } from '../../pipeline/domain/user.ts';
import { buildUser } from './user.ts';

type Rows = readonly (readonly string[])[];
export const sheetTable = (name: string, rows: Rows, over: Partial<SheetTable> = {}): SheetTable => ({
  ...{ name, isHidden: false, hiddenColumns: [], isCutOff: false },
  rows: rows.map((cells, index) => ({ number: index + 1, isHidden: false, cells: [...cells] })),
  ...over,
});
const unit = (id: string, name: string, ...aliases: string[]) => ({
  id,
  name,
  aliases,
  topics: [],
  places: [],
});
export const staffMember = (login: string, over: Partial<User> = {}) =>
  buildUser({ id: `id-${login}`, login, name: login, roles: ['reviewer'], ...over });
export const adminAccount = staffMember('guanli', { name: '管理员', roles: ['account-admin'] });
const site = Channel.parse({
  ...{ kind: 'site', id: 'main-site', name: '学校官网', unit: 'publicity' },
  startUrls: ['http://www.canglan.example/'],
  allow: [{ host: 'www.canglan.example', paths: ['/'] }],
});
export const setupScene = (over: Partial<SetupScene> = {}): SetupScene => ({
  settings: {
    units: [unit('publicity', '党委宣传部', '宣传部'), unit('logistics', '后勤处', '后勤')],
    channels: [site],
    chains: [],
    roster: [],
  },
  users: [adminAccount],
  ...{ standIns: [], at: '2026-11-23T01:00:00.000Z', selves: [], doors: [] },
  ...over,
});
export const peopleTable = (...rows: string[][]) =>
  sheetTable('人员', [
    ['姓名', '账号', '单位', '角色', '工号', '企业微信号', '状态', '最后工作日', '学生'],
    ...rows,
  ]);
export const problemsOf = (tables: SheetTable[], over: Partial<SetupScene> = {}) =>
  planSetup(tables, setupScene(over)).problems.map(
    ({ sheet, row, column, message }) => `${sheet} ${row ?? '-'} ${column ?? '-'} ${message}`,
  );
