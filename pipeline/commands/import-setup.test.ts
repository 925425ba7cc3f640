import { afterEach, expect, it } from 'vitest';
import { describeSetUps } from '../../test/harness/describe-set-ups.ts';
import { FakeClock } from '../../test/harness/fake-clock.ts';
import { openPlace } from '../../test/harness/places.ts';
import { buildScryptPasswords } from '../adapters/scrypt-passwords.ts';
import { Conflict, InvalidInput } from '../domain/errors.ts';
import { readTables } from '../extract/read-tables.ts';
import { writeWorkbook } from '../extract/write-workbook.ts';
import { addUser } from './add-user.ts';
import { authenticate } from './authenticate.ts';
import { checkSetup, importSetup, type SetupPorts } from './import-setup.ts';
import { buildSetupTemplate } from './setup-template.ts';

type Rows = string[][];
const fileOf = (sheets: Record<string, Rows>) => ({
  name: '学校.xlsx',
  bytes: writeWorkbook(
    Object.entries(sheets).map(([name, rows]) => ({
      name,
      rows,
      widths: (rows[0] ?? []).map(() => 12),
      emptyRows: 5,
    })),
  ),
});
const school = (over: Record<string, Rows> = {}) =>
  fileOf({
    单位: [
      ['单位名称*', '单位编号'],
      ['示例：后勤处', 'x'],
      ['后勤处', 'logistics'],
      ['党委宣传部', 'publicity'],
    ],
    人员: [
      ['姓名*', '工号', '账号', '单位', '角色*', '状态'],
      ['张伟', '001234', '', '后勤处', '单位信息员', ''],
      ['李华', '', 'lihua', '后勤处', '单位负责人', ''],
      ['王芳', '', 'wangfang', '宣传部', '宣传部负责人、舆情审核员', ''],
    ].map((row) => row.map((cell) => (cell === '宣传部' ? '党委宣传部' : cell))),
    值班表: [
      ['值班类别', '日期', '开始', '结束', '值班人'],
      ['宣传', '每天', '08:00', '08:00', '王芳'],
    ],
    审校链: [
      ['名称', '初审', '复审', '终审'],
      ['一般稿件', '单位信息员', '单位负责人', '王芳'],
    ],
    ...over,
  });

describeSetUps('a school from one file', (emptyPlace) => {
  let close = async () => {};
  afterEach(() => close());

  async function open() {
    const clock = new FakeClock('2026-11-23T01:00:00.000Z');
    const opened = await openPlace(await emptyPlace(), clock);
    close = opened.close;
    const passwords = buildScryptPasswords({ logN: 10, r: 8, p: 1 });
    const { stores } = opened;
    await addUser(
      {
        login: 'guanli',
        name: '管理员',
        roles: ['account-admin'],
        unitId: null,
        password: '山高水长-qingfeng-77',
      },
      null,
      { stores, clock, passwords },
    );
    const tables = { readTables: async (bytes: Uint8Array) => readTables(bytes) };
    const ports: SetupPorts = { stores, clock, passwords, tables, doors: ['cas'] };
    const request = async (file = school(), commandId = clock.newId()) => ({
      ...{ file, commandId },
      digest: (await checkSetup(file, null, ports)).digest,
    });
    return { stores, clock, ports, passwords, request };
  }

  it('is checked, comes in once, and brings nothing the second time', async () => {
    const { stores, ports, clock, passwords, request } = await open();
    const asked = await request();
    expect(await stores.settings.readVersion()).toBe(0);
    const steps: string[] = [];
    const onProgress = (done: number, total: number) => void steps.push(`${done}/${total}`);
    const { counts, firstPasswords, repeated } = await importSetup({ ...asked, onProgress }, null, ports);
    expect(repeated).toBe(false);
    expect(counts.people).toEqual({ added: 3, changed: 0, removed: 0, unchanged: 0 });
    expect(steps.at(-1)).toBe('3/3');
    expect(firstPasswords.map(({ login }) => login)).toEqual(['lihua', 'wangfang']);
    const { units, roster, chains, version } = await stores.settings.read();
    expect(units.map(({ id }) => id)).toEqual(['logistics', 'publicity']);
    expect(roster).toMatchObject([{ person: 'wangfang' }]);
    expect(chains).toMatchObject([{ name: '一般稿件', steps: [{}, {}, { persons: ['wangfang'] }] }]);
    const [first] = firstPasswords;
    const user = await authenticate(
      { login: 'lihua', password: first?.password ?? '', address: '127.0.0.1' },
      { stores, clock, passwords },
    );
    expect(user).toMatchObject({ login: 'lihua', mustChangePassword: true });
    expect(await stores.users.findByIdentity({ provider: 'cas', subject: '001234' })).toMatchObject({
      ...{ login: '001234', unitId: 'logistics', mustChangePassword: false },
    });
    // Said again: the same answer, without the passwords.
    expect(await importSetup(asked, null, ports)).toEqual({ counts, repeated: true, firstPasswords: [] });
    // The same file again.
    const again = await checkSetup(asked.file, null, ports);
    expect(again.isUnchanged).toBe(true);
    const entries = await stores.audit.countUnlinked('audit');
    await importSetup({ ...asked, commandId: clock.newId(), digest: again.digest }, null, ports);
    expect([await stores.settings.readVersion(), await stores.audit.countUnlinked('audit')]).toEqual([
      version,
      entries,
    ]);
  });

  it('ends what came in by a number that is somebody else’s now', async () => {
    const { stores, clock, ports, request } = await open();
    await importSetup(await request(), null, ports);
    const userId = (await stores.users.findByLogin('001234'))?.id ?? '';
    const at = clock.now();
    const expiresAt = '2026-11-23T12:00:00.000Z';
    for (const door of ['cas', 'password'] as const) {
      const times = { createdAt: at, lastSeenAt: at, expiresAt };
      await stores.sessions.create({
        id: door,
        userId,
        csrfToken: door,
        ...times,
        door,
        device: '',
        ticket: null,
      });
    }
    const file = fileOf({
      人员: [
        ['姓名', '账号', '工号', '角色'],
        ['张伟', '001234', '005678', '单位信息员'],
      ],
    });
    await importSetup(await request(file), null, ports);
    const living = await stores.sessions.listOfUser(userId, at);
    expect(living.map(({ id }) => id)).toEqual(['password']);
  });

  it('changes what the next file says, and disables only who leaves', async () => {
    const { stores, ports, request } = await open();
    await importSetup(await request(), null, ports);
    const file = fileOf({
      人员: [
        ['姓名', '账号', '角色', '状态'],
        ['李华', 'lihua', '单位负责人', '离岗'],
      ],
    });
    await importSetup(await request(file), null, ports);
    const states = (await stores.users.list()).map(({ login, disabled }) => `${login} ${disabled}`);
    expect(states).toEqual(['001234 false', 'guanli false', 'lihua true', 'wangfang false']);
    expect((await stores.settings.read()).roster).toHaveLength(1);
  });

  it('writes only what was looked at', async () => {
    const { stores, clock, ports, request } = await open();
    const asked = await request();
    await expect(importSetup({ ...asked, digest: 'x' }, null, ports)).rejects.toThrow(Conflict);
    const change = {
      actorId: null,
      source: 'command',
      at: clock.now(),
      id: clock.newId(),
      expectedVersion: 0,
    };
    const unit = { id: 'unit-9', name: '后勤处', aliases: [], topics: [], places: [] };
    await stores.settings.save('units', [unit], change);
    await expect(importSetup(asked, null, ports)).rejects.toThrow('第 3 行');
    expect((await stores.users.list()).map(({ login }) => login)).toEqual(['guanli']);
  });

  it('writes nothing for a file with a problem, and says which', async () => {
    const { stores, ports, request } = await open();
    const asked = await request(
      school({
        值班表: [
          ['值班类别', '日期', '开始', '结束', '值班人'],
          ['宣传', '每天', '08:00', '08:00', '赵六'],
        ],
      }),
    );
    await expect(importSetup(asked, null, ports)).rejects.toThrow(
      '“值班表” 第 2 行 “值班人”：没有“赵六”这位同事。',
    );
    expect(await stores.settings.readVersion()).toBe(0);
    expect(await stores.users.list()).toHaveLength(1);
    const wrong = { name: 'x.xlsx', bytes: new Uint8Array(Buffer.from('%PDF-1.4')) };
    await expect(checkSetup(wrong, null, ports)).rejects.toThrow(InvalidInput);
  });

  it('the template as it is has nothing to import', async () => {
    const { ports } = await open();
    const { plan } = await checkSetup({ name: 't.xlsx', bytes: buildSetupTemplate() }, null, ports);
    expect(plan.problems).toMatchObject([{ message: '表里没有可以导入的行。' }]);
  });
});
