import { describe, expect, it } from 'vitest';
import {
  adminAccount as admin,
  peopleTable as people,
  problemsOf,
  setupScene as scene,
  sheetTable as table,
  staffMember as user,
} from '../../../test/builders/setup-scene.ts';
import type { SheetTable } from '../sheet-table.ts';
import { changesNothing, countSetup, planSetup } from './setup-plan.ts';

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

  it('warns of a kind of duty that it no longer has, and counts the rows that are wrong', () => {
    const daily = (duty: string, from = '08:00') => [duty, '每天', from, '18:00', 'jia', '', ''];
    const first = planSetup([roster(daily('宣传'), daily('安全'))], scene({ users: staff }));
    expect(first.notices).toEqual([]);
    const settings = { ...scene().settings, roster: first.roster?.next ?? [] };
    const later = planSetup([roster(daily('宣传'))], scene({ users: staff, settings }));
    expect(later.notices).toEqual(['新的值班表里没有“安全”值班，导入后这一类将没有人值班。']);
    const wrong = planSetup(
      [roster(daily('宣传', '25点'), daily('门卫', '25点'))],
      scene({ users: staff, settings }),
    );
    expect(wrong.roster?.section.wrongRows).toBe(2);
    expect(wrong.notices).toEqual([]);
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
