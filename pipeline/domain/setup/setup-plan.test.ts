import { describe, expect, it } from 'vitest';
import { buildUser } from '../../../test/builders/user.ts';
import { Channel } from '../channel.ts';
import type { SheetTable } from '../sheet-table.ts';
import type { User } from '../user.ts';
import type { SetupScene } from './plan-section.ts';
import { changesNothing, countSetup, planSetup } from './setup-plan.ts';

type Rows = readonly (readonly string[])[];
const table = (name: string, rows: Rows, over: Partial<SheetTable> = {}): SheetTable => ({
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
const user = (login: string, over: Partial<User> = {}) =>
  buildUser({ id: `id-${login}`, login, name: login, roles: ['reviewer'], ...over });
const admin = user('guanli', { name: '管理员', roles: ['account-admin'] });
const site = Channel.parse({
  ...{ kind: 'site', id: 'main-site', name: '学校官网', unit: 'publicity' },
  startUrls: ['http://www.canglan.example/'],
  allow: [{ host: 'www.canglan.example', paths: ['/'] }],
});
const scene = (over: Partial<SetupScene> = {}): SetupScene => ({
  settings: {
    units: [unit('publicity', '党委宣传部', '宣传部'), unit('logistics', '后勤处', '后勤')],
    channels: [site],
    chains: [],
    roster: [],
  },
  users: [admin],
  ...{ standIns: [], at: '2026-11-23T01:00:00.000Z', selves: [], doors: [] },
  ...over,
});
const people = (...rows: string[][]) =>
  table('人员', [['姓名', '账号', '单位', '角色', '工号', '企业微信号', '状态', '最后工作日'], ...rows]);
const problemsOf = (tables: SheetTable[], over: Partial<SetupScene> = {}) =>
  planSetup(tables, scene(over)).problems.map(
    ({ sheet, row, column, message }) => `${sheet} ${row ?? '-'} ${column ?? '-'} ${message}`,
  );

describe('people', () => {
  it('are read as offices write them', () => {
    const { problems, people: plan } = planSetup(
      [
        table('　人员 名单', [
          ['2026年秋季通知附件2：人员信息表'],
          [],
          ['序号', '姓　名*', '登录名', '所在部门', '角色（可多选）'],
          ['1', '张　伟', 'ＺｈａｎｇＷei ', '宣传部', '舆情审核员、通讯员；舆情分析员'],
          ['2', ' 李 华 ', 'lihua', '后勤处 ', '单位信息员,unit-head'],
          ['', '', '', '', ''],
          ['3', 'Anna  Lee', 'anna.lee', '无', '书记、校长'],
        ]),
      ],
      scene(),
    );
    expect(problems).toEqual([]);
    expect(plan?.add.map(({ fields }) => fields)).toMatchObject([
      { name: '张伟', login: 'zhangwei', unitId: 'publicity', roles: ['reviewer', 'editor', 'analyst'] },
      { name: '李华', login: 'lihua', unitId: 'logistics', roles: ['unit-reviewer', 'unit-head'] },
      { name: 'Anna Lee', login: 'anna.lee', unitId: null, roles: ['principal'] },
    ]);
    expect(plan?.section.missing).toEqual(['管理员（guanli）']);
  });

  it('get a first password where no door of the school leads in', () => {
    const sheet = people(
      ['甲', '', '', '审核员', '001234', '', '', ''],
      ['乙', 'yi', '', '审核员', '', 'YiYi', '', ''],
    );
    const planned = (doors: SetupScene['doors']) =>
      planSetup([sheet], scene({ doors })).people?.add.map(({ fields, needsPassword }) => [
        fields.login,
        fields.identities,
        needsPassword,
      ]);
    const wecom = { provider: 'wecom', subject: 'YiYi' };
    expect(planned([])).toEqual([
      ['001234', [{ provider: 'cas', subject: '001234' }], true],
      ['yi', [wecom], true],
    ]);
    expect(planned(['cas'])).toEqual([
      ['001234', [{ provider: 'cas', subject: '001234' }], false],
      ['yi', [wecom], true],
    ]);
    expect(planned(['oidc', 'wecom'])).toEqual([
      ['001234', [{ provider: 'oidc', subject: '001234' }], false],
      ['yi', [wecom], false],
    ]);
  });

  const known = user('zhangwei', {
    name: '张伟',
    unitId: 'logistics',
    identities: [{ provider: 'cas', subject: '001234' }],
  });
  it.each<[string, string[], Partial<User> | null]>([
    ['unchanged', ['张伟', 'zhangwei', '后勤', '舆情审核员', '001234', '', '在岗', ''], null],
    ['found by number', ['张伟', '', '', '审核员', '001234', '', '', ''], null],
    ['another unit', ['张伟', 'zhangwei', '宣传部', '审核员', '', '', '', ''], { unitId: 'publicity' }],
    ['no unit', ['张伟', 'zhangwei', '无', '审核员', '', '', '', ''], { unitId: null }],
    [
      'another name and roles',
      ['张炜', 'zhangwei', '', '分析员', '', '', '', ''],
      { name: '张炜', roles: ['analyst'] },
    ],
    ['no number any more', ['张伟', 'zhangwei', '', '审核员', '无', '', '', ''], { identities: [] }],
    [
      'a last day',
      ['张伟', 'zhangwei', '', '审核员', '', '', '', '2026年12月31日'],
      { leavesOn: '2026-12-31' },
    ],
    [
      'a last day as a serial',
      ['张伟', 'zhangwei', '', '审核员', '', '', '', '46387'],
      { leavesOn: '2026-12-31' },
    ],
    ['gone', ['张伟', 'zhangwei', '', '审核员', '', '', '离岗', ''], { disabled: true }],
  ])('that are known change as the sheet says: %s', (_, row, change) => {
    const { problems, people: plan } = planSetup([people(row)], scene({ users: [admin, known] }));
    expect(problems).toEqual([]);
    expect(plan?.update.map(({ after }) => after)).toEqual(change === null ? [] : [{ ...known, ...change }]);
    expect(plan?.section).toMatchObject({
      added: [],
      unchanged: change === null ? 1 : 0,
      removed: change?.disabled ? [{ label: '张伟（zhangwei）' }] : [],
    });
  });

  it('that are disabled stay so, whatever the sheet says', () => {
    const gone = user('zhangwei', { disabled: true });
    const sheet = people(['zhangwei', 'zhangwei', '', '审核员', '', '', '在岗', '']);
    const plan = planSetup([sheet], scene({ users: [admin, gone] })).people;
    expect(plan?.update).toEqual([]);
    expect(plan?.section.missing.join()).toContain('导入不会启用');
  });

  const row = (over: Record<number, string>) =>
    ['张伟', 'zhangwei', '', '审核员', '', '', '', ''].map((cell, index) => over[index] ?? cell);
  it.each<[string[][], string]>([
    [[row({ 0: '' })], '人员 2 姓名 这一格不能为空。'],
    [[row({ 1: '' })], '人员 2 账号 账号和工号都没有填。'],
    [[row({ 1: '张伟' })], '人员 2 账号 “张伟”不能作账号。'],
    [[row({ 2: '后勤集团' })], '人员 2 单位 没有单位“后勤集团”。'],
    [[row({ 3: '审核员、班主任' })], '人员 2 角色 没有角色“班主任”。'],
    [[row({ 3: '运维、审计员' })], '人员 2 角色 三员分立：“运维人员”和“独立监督人员”不能由一人兼任。'],
    [[row({ 3: '单位负责人' })], '人员 2 单位 单位信息员和单位负责人要有单位。'],
    [[row({ 3: '#REF!' })], '人员 2 角色 单元格是公式错误 #REF!。'],
    [[row({ 6: '请假' })], '人员 2 状态 没有状态“请假”。'],
    [[row({ 6: '离职' })], '人员 2 状态 没有这个账号，不用写离岗。'],
    [[row({ 7: '年底' })], '人员 2 最后工作日 “年底”不是日期。'],
    [[row({}), row({ 0: '张炜' })], '人员 3 账号 账号“zhangwei”在第 2 行已经有了。'],
    [[row({ 4: '01' }), row({ 1: 'lihua', 4: '01' })], '人员 3 工号 “01”与第 2 行重复。'],
    [[row({ 4: '007' })], '人员 2 工号 “007”已经是账号 lao（lao）的。'],
    [[row({ 1: 'guanli' })], '人员 2 角色 这是最后一位在用的安全管理员，不能停用、离岗或去掉这个角色。'],
  ])('are refused at their cell: %j', (rows, problem) => {
    const users = [admin, user('lao', { identities: [{ provider: 'cas', subject: '007' }] })];
    expect(problemsOf([people(...rows)], { users })).toEqual([problem]);
  });

  it('nobody changes their own roles, and stand-ins count', () => {
    const sheet = people(['管理员', 'guanli', '', '账号管理员、通讯员', '', '', '', '']);
    const users = [admin, user('ling', { roles: ['account-admin'] })];
    expect(problemsOf([sheet], { users, selves: [admin.id] })).toEqual([
      '人员 2 角色 不能更改自己的角色、单位或账号状态，请由另一位安全管理员办理。',
    ]);
    expect(problemsOf([sheet], { users })).toEqual([]);
  });
});

describe('units', () => {
  const units = (...rows: string[][]) =>
    table('单位', [['单位名称', '单位编号', '别名', '负责主题'], ...rows]);
  it('are added and changed, and never go', () => {
    const { problems, units: plan } = planSetup(
      [
        units(
          ['后勤', '', '后勤保障处', '食堂，宿舍'],
          ['图书馆', 'library', '', ''],
          ['教务处', '', '无', '教务'],
        ),
      ],
      scene(),
    );
    expect(problems).toEqual([]);
    expect(plan?.next).toMatchObject([
      { id: 'publicity' },
      { id: 'logistics', name: '后勤处', aliases: ['后勤保障处'], topics: ['canteen', 'dormitory'] },
      { id: 'library', name: '图书馆', aliases: [], topics: [] },
      { id: 'unit-1', name: '教务处', topics: ['teaching'] },
    ]);
    expect(plan?.section).toMatchObject({ missing: ['党委宣传部'], unchanged: 0 });
  });

  it.each([
    [['图书馆', 'Lib_1', '', ''], '单位 2 单位编号 编号“lib_1”不对。'],
    [['图书馆', '', '', '读书'], '单位 2 负责主题 没有“读书”这个主题。'],
    [['图书馆', '', '宣传部', ''], '单位 2 别名 “宣传部”同时指“党委宣传部”和“图书馆”。'],
  ])('are refused at their cell: %j', (row, problem) => {
    expect(problemsOf([units(row)])).toEqual([problem]);
  });

  it('may be named by people in the same file', () => {
    const plan = planSetup(
      [units(['图书馆', 'library', '', '']), people(['甲', 'jia', '图书馆', '单位信息员', '', '', '', ''])],
      scene(),
    );
    expect(plan.people?.add[0]?.fields.unitId).toBe('library');
  });
});

describe('the roster', () => {
  const header = ['值班类别', '日期', '开始', '结束', '值班人', '备岗人', '值班电话'];
  const roster = (...rows: string[][]) => table('值班', [header, ...rows]);
  const staff = [
    admin,
    user('jia', { name: '甲某' }),
    user('yi', { name: '乙某' }),
    user('yi2', { name: '乙某' }),
    user('zou', { disabled: true }),
  ];
  it('is read as offices write it', () => {
    const { problems, roster: plan } = planSetup(
      [
        roster(
          ['宣传值班', '周一至周五', '18:00', '次日8点', '甲某', 'yi', '0571－88001234'],
          ['安全', '星期六、日', '0.333333333333333', '20:30', 'yi2', '无', ''],
          ['技术', '2026.10.1至2026-10-03', '8点半', '24:00', '乙某（yi）', '', ''],
          ['技术', '46297', '00:00', '00:00', 'jia', '', ''],
          ['技术', '节假日', '9:00', '17:00', 'jia', '', ''],
        ),
      ],
      scene({ users: staff }),
    );
    expect(problems).toEqual([]);
    expect(plan?.next).toMatchObject([
      {
        duty: 'publicity',
        days: { on: 'weekdays', weekdays: [1, 2, 3, 4, 5] },
        from: '18:00',
        to: '08:00',
        person: 'jia',
        backup: 'yi',
        phone: '0571-88001234',
      },
      {
        duty: 'safety',
        days: { on: 'weekdays', weekdays: [6, 7] },
        from: '08:00',
        to: '20:30',
        person: 'yi2',
        backup: null,
      },
      {
        duty: 'operations',
        days: { on: 'date', date: '2026-10-01' },
        from: '08:30',
        to: '24:00',
        person: 'yi',
      },
      { days: { date: '2026-10-02' } },
      { days: { date: '2026-10-03' } },
      { days: { on: 'date', date: '2026-10-02' }, from: '00:00' },
      { days: { on: 'days-off' } },
    ]);
  });

  it.each([
    [{ 0: '门卫' }, '值班 2 值班类别 没有值班类别“门卫”。'],
    [{ 1: '三月初' }, '值班 2 日期 看不懂日期“三月初”。'],
    [{ 1: '2026-10-07至2026-10-01' }, '值班 2 日期 看不懂日期“2026-10-07至2026-10-01”。'],
    [{ 2: '25:00' }, '值班 2 开始 “25:00”不是时间。'],
    [{ 4: '乙某' }, '值班 2 值班人 有 2 位“乙某”。'],
    [{ 4: 'zou' }, '值班 2 值班人 “zou”的账号已停用或离岗。'],
    [{ 5: '丙某' }, '值班 2 备岗人 没有“丙某”这位同事。'],
    [{ 5: 'jia' }, '值班 2 备岗人 备岗人就是值班人。'],
    [{ 6: '打前台' }, '值班 2 值班电话 “打前台”不是电话号码。'],
    [{ 0: '' }, '值班 2 值班类别 这一格不能为空。'],
  ])('is refused at its cell: %j', (over: Record<number, string>, problem) => {
    const cells = ['宣传', '每天', '08:00', '18:00', 'jia', '', ''].map((cell, index) => over[index] ?? cell);
    expect(problemsOf([roster(cells)], { users: staff })).toEqual([problem]);
  });
});

describe('review chains', () => {
  const header = ['名称', '方式', '适用单位', '适用渠道', '初审', '复审', '终审', '一校', '二校', '三校'];
  const chains = (...rows: string[][]) => table('审校链', [header, ...rows]);
  const staff = [
    admin,
    user('xin', { name: '信某', unitId: 'logistics', roles: ['unit-reviewer'] }),
    user('tou', { name: '头某', unitId: 'logistics', roles: ['unit-head'] }),
    user('bu', { name: '部某', unitId: 'publicity', roles: ['director'] }),
    user('bian', { name: '编某', unitId: 'logistics', roles: ['editor'] }),
  ];
  const usual = ['一般稿件', '', '后勤处', '全部', '单位信息员', '单位负责人', '宣传部负责人', '', '', ''];
  it('are read by role and by name', () => {
    const named = ['要闻', '合并', '', '学校官网', '信某', '头某、tou', 'bu', '', '', ''];
    const { problems, chains: plan } = planSetup([chains(usual, named)], scene({ users: staff }));
    expect(problems).toEqual([]);
    expect(plan?.next).toMatchObject([
      {
        id: 'chain-1',
        mode: 'merged',
        units: ['logistics'],
        channels: [],
        steps: [{ step: 'first', role: 'unit-reviewer' }, {}, { role: 'director' }],
      },
      {
        id: 'chain-2',
        units: [],
        channels: ['main-site'],
        steps: [{ persons: ['xin'] }, { persons: ['tou'] }, { persons: ['bu'] }],
      },
    ]);
  });

  it.each<[string[][], string]>([
    [[[...usual.slice(0, 4), '通讯员', ...usual.slice(5)]], '审校链 2 初审 “通讯员”不能审批稿件。'],
    [[[...usual.slice(0, 4), '编某', ...usual.slice(5)]], '审校链 2 初审 “编某”没有能审批稿件的角色。'],
    [[[...usual.slice(0, 4), 'tou', 'tou', 'bu', '', '', '']], '审校链 2 - “头某”担任了两步。'],
    [[['稿', '', '宣传部', '', ...usual.slice(4)]], '审校链 2 初审 单位“党委宣传部”没有人能担任初审一校。'],
    [[['稿', '两步', ...usual.slice(2)]], '审校链 2 方式 没有方式“两步”。'],
    [[['稿', '六步', ...usual.slice(2)]], '审校链 2 一校 六步方式要填这一步。'],
    [[['稿', '合并', ...usual.slice(2, 7), '审核员', '', '']], '审校链 2 一校 合并方式没有这一步。'],
    [[['稿', '', '工会', ...usual.slice(3)]], '审校链 2 适用单位 没有单位“工会”。'],
    [[['稿', '', '', '抖音', ...usual.slice(4)]], '审校链 2 适用渠道 没有渠道“抖音”。'],
    [[usual, ['别名', ...usual.slice(1)]], '审校链 3 名称 与“一般稿件”同名，或适用的单位和渠道相同。'],
  ])('are refused at their cell: %j', (rows, problem) => {
    expect(problemsOf([chains(...rows)], { users: staff })[0]).toBe(problem);
  });
});

describe('a file', () => {
  const good = people(['甲', 'jia', '', '审核员', '', '', '', '']);
  it.each<[string, SheetTable, string]>([
    [
      'hidden row',
      { ...good, rows: good.rows.map((row) => ({ ...row, isHidden: row.number === 2 })) },
      '人员 2 - 这一行是隐藏的。',
    ],
    ['hidden column', { ...good, hiddenColumns: [3] }, '人员 - 角色 D 列是隐藏的。'],
    ['hidden sheet', { ...good, isHidden: true }, '人员 - - 这张工作表是隐藏的。'],
    ['too many rows', { ...good, isCutOff: true }, '人员 - - 行数太多，最多 5000 行。'],
    ['no headers', table('人员', [['甲', 'jia']]), '人员 - - 没有找到列名。'],
    [
      'a missing column',
      table('人员', [
        ['姓名', '账号'],
        ['甲', 'jia'],
      ]),
      '人员 - 角色 缺少这一列。',
    ],
    [
      'a column twice',
      table('人员', [
        ['姓名', '角色', '名字'],
        ['甲', '审核员', '乙'],
      ]),
      '人员 - 名字 这一列出现了两次。',
    ],
    ['nothing known', table('Sheet1', [['a', 'b']]), 'Sheet1 - - 没有找到可以导入的工作表。'],
    [
      'nothing filled in',
      table('人员', [
        ['姓名', '角色'],
        ['示例：张伟', '审核员'],
      ]),
      '人员 - - 表里没有可以导入的行。',
    ],
  ])('with a %s is refused', (_, sheet, problem) => {
    expect(problemsOf([sheet])[0]).toBe(problem);
  });

  it('of one sheet is known by its headers, as a CSV is', () => {
    const plan = planSetup([{ ...good, name: 'Sheet1' }], scene());
    expect(plan.problems).toEqual([]);
    expect(countSetup(plan)).toEqual({
      units: null,
      people: { added: 1, changed: 0, removed: 0, unchanged: 0 },
      roster: null,
      chains: null,
    });
    expect(changesNothing(plan)).toBe(false);
  });

  it('says what it passed over', () => {
    const sheets = [
      table('人员', [
        ['姓名', '角色', '账号', '职称'],
        ['甲', '审核员', 'jia', '讲师'],
      ]),
      table('经费', [['x']]),
      table('说明', [['x']]),
    ];
    expect(planSetup(sheets, scene()).notices).toEqual([
      '工作表“人员”的列“职称”不认识，没有读。',
      '工作表“经费”不认识，没有读。',
    ]);
  });

  it('tells who leaves and still stands in the roster or in a chain', () => {
    const leaver = user('li', { name: '李某', roles: ['director'] });
    const chain = {
      id: 'usual',
      name: '一般',
      mode: 'merged' as const,
      channels: [],
      units: ['logistics'],
      steps: [{ step: 'first' as const, role: null, persons: ['li'] }],
    };
    const shift = {
      duty: 'safety' as const,
      days: { on: 'working-days' as const },
      from: '08:00',
      to: '18:00',
      person: 'li',
      backup: null,
      phone: null,
    };
    const settings = { ...scene().settings, chains: [chain], roster: [shift] };
    const plan = planSetup(
      [people(['李某', 'li', '', '宣传部负责人', '', '', '离岗', ''])],
      scene({ settings, users: [admin, leaver] }),
    );
    expect(plan.notices).toEqual(['值班表里还有 li，这个账号不在岗。', '审校链“一般”有环节没有人担任。']);
  });
});
